import * as z from 'zod';
import { type ProfileValue, profileFields } from '../../../shared/profile.ts';
import { hasToken } from '../../../shared/zoom/secrets.ts';
import type { Kept } from '../edits/state.ts';
import { formatOf } from '../edits/stored.ts';
import { defined } from '../lib/defined.ts';
import { readField } from './values.ts';

const text = z.string().max(2_000);
const phone = z.object({ country: text, code: text, number: text, label: text });
const value = z.union([text, z.number(), z.boolean(), z.array(phone).max(50)]);
const format = formatOf<ProfileValue>(
  (key) => profileFields.some((field) => field === key),
  value,
  1,
  (_, given) => given !== undefined && hasToken(JSON.stringify(given)),
);

/** The last save as it was kept until the settings and the profile were kept alike. */
const former = z.looseObject({
  undo: z.object({
    at: z.number(),
    changes: z.record(z.string(), z.object({ before: value, after: value })),
  }),
});

/** What survives a restart, as JSON; undefined when there is nothing. */
export const storeProfile = format.store;

/** Reads what `storeProfile` wrote, now or before. What is not that is left out. Never throws. */
export function readStoredProfile(json: unknown): Kept<ProfileValue> {
  const { success, data } = former.safeParse(json);
  if (!success) return format.read(json);
  const { undo, ...rest } = data;
  // Of a field that is no text, too, an empty text was kept for what Zoom had left out.
  const changes = profileFields.flatMap((key) => {
    const change = undo.changes[key];
    return change ? [defined({ key, before: readField(key, change.before), after: change.after })] : [];
  });
  return format.read({ ...rest, history: [{ id: 'former', at: undo.at, changes }] });
}
