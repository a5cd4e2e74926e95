import * as z from 'zod';

/** Which content each background at Zoom has, as far as it was uploaded from here: id to sha256 (hex). */
export type KnownContents = ReadonlyMap<string, string>;

const most = 200;

/** What of an account's backgrounds survives a restart. */
export interface Kept {
  readonly contents: KnownContents;
  /** Pictures are sent with all that is in their files. */
  readonly sendsAll: boolean;
}

const stored = z.object({
  contents: z
    .record(z.string().min(1).max(200), z.string().regex(/^[0-9a-f]{64}$/))
    .refine((contents) => Object.keys(contents).length <= most),
  sendsAll: z.literal(true).optional(),
});

/** What survives a restart, as JSON. */
export function storeBackgrounds({ contents, sendsAll }: Kept): z.input<typeof stored> {
  return { contents: Object.fromEntries(contents), ...(sendsAll && { sendsAll }) };
}

/**
 * Reads what `storeBackgrounds` wrote. Anything that is not exactly that gives nothing known and `ok: false`;
 * nothing at all (undefined) is a first start. Never throws.
 */
export function readBackgrounds(json: unknown): Kept & { readonly ok: boolean } {
  const nothing = { contents: new Map(), sendsAll: false };
  if (json === undefined) return { ok: true, ...nothing };
  const { success, data } = stored.safeParse(json);
  if (!success) return { ok: false, ...nothing };
  return { ok: true, contents: new Map(Object.entries(data.contents)), sendsAll: data.sendsAll ?? false };
}
