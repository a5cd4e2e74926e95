import * as z from 'zod';

/** Which content each background at Zoom has, as far as it was uploaded from here: id to sha256 (hex). */
export type KnownContents = ReadonlyMap<string, string>;

const most = 200;

const stored = z.object({
  contents: z
    .record(z.string().min(1).max(200), z.string().regex(/^[0-9a-f]{64}$/))
    .refine((contents) => Object.keys(contents).length <= most),
});

/** What survives a restart, as JSON. */
export function storeBackgrounds(contents: KnownContents): z.input<typeof stored> {
  return { contents: Object.fromEntries(contents) };
}

/**
 * Reads what `storeBackgrounds` wrote. Anything that is not exactly that gives nothing known and `ok: false`;
 * nothing at all (undefined) is a first start. Never throws.
 */
export function readBackgrounds(json: unknown): { readonly ok: boolean; readonly contents: KnownContents } {
  if (json === undefined) return { ok: true, contents: new Map() };
  const parsed = stored.safeParse(json);
  return parsed.success
    ? { ok: true, contents: new Map(Object.entries(parsed.data.contents)) }
    : { ok: false, contents: new Map() };
}
