import type { TallyError } from '../../../shared/errors.ts';
import type { ProfileField } from '../../../shared/profile.ts';
import { complaints } from '../edits/send.ts';
import type { ByKey } from '../edits/state.ts';

/**
 * What some accounts keep for administrators, by what Zoom's refusal with code 200 says (facts: userUpdate). A refusal that names
 * nothing known is about whatever was sent alone.
 */
const kept: readonly (readonly [words: RegExp, fields: readonly ProfileField[]])[] = [
  [/personal (link|vanity)|vanity/i, ['vanity_name']],
  [/personal meeting id|\bPMI\b/i, ['pmi', 'use_pmi']],
  [/\bname\b/i, ['first_name', 'last_name', 'display_name']],
];

/** The fields among those sent that Zoom keeps for administrators; empty where the error is another one. */
export function lockedFields({ zoom }: TallyError, sent: readonly ProfileField[]): ProfileField[] {
  if (zoom?.code !== 200 || !/administrator/i.test(zoom.message)) return [];
  const found = kept.find(([words]) => words.test(zoom.message));
  const named = found ? sent.filter((field) => found[1].includes(field)) : [];
  return named.length === 0 && sent.length === 1 ? [...sent] : named;
}

/** What Zoom found wrong with single fields, in words. */
export function refusedFields(error: TallyError, sent: readonly ProfileField[]): ByKey<string> {
  if (error.zoom?.code === 4100 && sent.includes('vanity_name'))
    return { vanity_name: 'Somebody has this name already.' };
  return complaints(error, sent, (field, name) => name === field || name.startsWith(`${field}.`));
}
