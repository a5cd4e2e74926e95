import type { MissingOperation } from '../../../shared/accounts.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { spoken } from '../../../shared/words/language.ts';
import { type OperationGroup, operations } from '../../../shared/zoom/operations.gen.ts';

/** What a group of the catalogue is to a person, and whether most people want it. */
interface Feature {
  readonly word: string;
  readonly detail: string;
  readonly usual: boolean;
}

export const features: Readonly<Record<OperationGroup, Feature>> = {
  Presence: { word: t.statusFeature, detail: t.statusDetail, usual: true },
  Picture: { word: t.pictureFeature, detail: t.pictureDetail, usual: true },
  Backgrounds: { word: t.backgroundsFeature, detail: t.backgroundsDetail, usual: true },
  Profile: { word: t.profileFeature, detail: t.profileDetail, usual: true },
  Settings: { word: t.settingsFeature, detail: t.settingsDetail, usual: true },
  Access: { word: t.startLinksFeature, detail: t.startLinksDetail, usual: true },
  Delegates: { word: t.assistantsFeature, detail: t.assistantsDetail, usual: true },
  Account: {
    word: t.accountFeature,
    detail: t.accountDetail,
    usual: false,
  },
  People: {
    word: t.peopleFeature,
    detail: t.peopleDetail,
    usual: false,
  },
};

/** The groups that most people want. */
export const usualGroups = (Object.keys(features) as OperationGroup[]).filter(
  (group) => features[group].usual,
);

interface MissingFeature {
  readonly word: string;
  /** What each of its operations does, and the scopes of which any one would be enough. */
  readonly parts: readonly { readonly title: string; readonly scopes: readonly string[] }[];
}

/** What an account may not do, by feature in the order of first mention. Operations that one scope allows stand together. */
export function missingFeatures(missing: readonly MissingOperation[]): MissingFeature[] {
  const found = new Map<string, Map<string, { titles: string[]; scopes: readonly string[] }>>();
  for (const { operation, scopes } of missing) {
    const { group, title } = operations[operation];
    const parts = found.get(features[group].word) ?? new Map();
    const part = parts.get(scopes.join()) ?? { titles: [], scopes };
    part.titles.push(title);
    found.set(features[group].word, parts.set(scopes.join(), part));
  }
  return [...found].map(([word, parts]) => ({
    word,
    parts: [...parts.values()].map(({ titles, scopes }) => ({
      title: titles.map(spoken).join(', '),
      scopes,
    })),
  }));
}

/** One scope for each thing that is missing, each once: what is added at Zoom to have it all. */
export function scopesToAdd(missing: readonly MissingOperation[]): string[] {
  return [...new Set(missing.flatMap(({ scopes }) => scopes.slice(0, 1)))];
}
