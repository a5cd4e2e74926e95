import * as z from 'zod';
import { type ProfileField, type ProfileValue, profileFields } from '../../../shared/profile.ts';

/** A change that is not saved yet, and what Zoom had when it was made. */
export interface Edit {
  readonly value: ProfileValue;
  readonly base?: ProfileValue;
}

/** The last save, or the one that was on its way: what each field was before and after. */
export interface Saved {
  readonly at: number;
  readonly changes: {
    readonly [F in ProfileField]?: { readonly before: ProfileValue; readonly after: ProfileValue };
  };
}

/** What outlasts a crash. */
export interface Kept {
  readonly edits: { readonly [F in ProfileField]?: Edit };
  readonly undo?: Saved;
}

const text = z.string().max(2_000);
const phone = z.object({ country: text, code: text, number: text, label: text });
const value = z.union([text, z.number(), z.boolean(), z.array(phone).max(50)]);
const edit = z.object({ value, base: value.exactOptional() });
const saved = z.object({
  at: z.number().int().min(0).max(8.64e15),
  changes: z.partialRecord(z.enum(profileFields), z.object({ before: value, after: value })),
});

/** What survives a restart, as JSON; undefined when there is nothing. */
export function storeProfile({ edits, undo }: Kept): object | undefined {
  if (Object.keys(edits).length === 0 && !undo) return undefined;
  return { edits, ...(undo && { undo }) };
}

/** Reads what `storeProfile` wrote. Each part that is not that is left out, and the others are kept. Never throws. */
export function readStoredProfile(json: unknown): Kept {
  const stored =
    typeof json === 'object' && json !== null ? (json as { edits?: unknown; undo?: unknown }) : {};
  const given = typeof stored.edits === 'object' && stored.edits !== null ? stored.edits : {};
  const edits: { [F in ProfileField]?: Edit } = {};
  for (const field of profileFields) {
    if (!Object.hasOwn(given, field)) continue;
    const parsed = edit.safeParse((given as Record<string, unknown>)[field]);
    if (parsed.success) edits[field] = parsed.data;
  }
  const undo = saved.safeParse(stored.undo);
  return { edits, ...(undo.success && { undo: undo.data as Saved }) };
}
