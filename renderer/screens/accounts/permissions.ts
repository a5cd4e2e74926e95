import type { MissingOperation } from '../../../shared/accounts.ts';
import type { Cloud, WebPage } from '../../../shared/places.ts';
import { type OperationGroup, operations } from '../../../shared/zoom/operations.gen.ts';

/** What a group of the catalogue is to a person, and whether most people want it. */
interface Feature {
  readonly word: string;
  readonly detail: string;
  readonly usual: boolean;
}

export const features: Readonly<Record<OperationGroup, Feature>> = {
  Presence: { word: 'Status', detail: 'See your status and set it', usual: true },
  Picture: { word: 'Picture', detail: 'Change or remove your profile picture', usual: true },
  Backgrounds: { word: 'Backgrounds', detail: 'Add and remove virtual backgrounds', usual: true },
  Profile: { word: 'Profile', detail: 'Change your name, job title, time zone and the like', usual: true },
  Settings: { word: 'Settings', detail: 'See your Zoom settings and change them', usual: true },
  Access: { word: 'Start links', detail: 'Start your own meetings without signing in to Zoom', usual: true },
  Delegates: { word: 'Assistants', detail: 'Choose who may schedule meetings for you', usual: true },
  Account: {
    word: 'Account',
    detail: 'Change your email address or password, switch the account off or delete it',
    usual: false,
  },
  People: {
    word: 'Other people',
    detail: 'Look up whether an email address has a Zoom account',
    usual: false,
  },
};

/** Where one makes an app for an account of this cloud. */
export const marketplaceOf = (cloud: Cloud): WebPage =>
  cloud === 'government' ? 'government-marketplace' : 'marketplace';

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
    parts: [...parts.values()].map(({ titles, scopes }) => ({ title: titles.join(', '), scopes })),
  }));
}

/** One scope for each thing that is missing, each once: what is added at Zoom to have it all. */
export function scopesToAdd(missing: readonly MissingOperation[]): string[] {
  return [...new Set(missing.flatMap(({ scopes }) => scopes.slice(0, 1)))];
}
