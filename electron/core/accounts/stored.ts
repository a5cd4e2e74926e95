import * as z from 'zod';
import { clouds } from '../../../shared/places.ts';

/** How many ring colours there are; accounts beyond that begin again at the first. */
export const ringColours = 6;

const record = z.object({
  key: z.string().min(1).max(300),
  practice: z.boolean(),
  cloud: z.enum(clouds),
  clientId: z.string().max(200),
  userId: z.string().max(200),
  name: z.string().max(1_000),
  email: z.string().max(1_000),
  colour: z
    .int()
    .min(0)
    .max(ringColours - 1)
    .catch(0),
  /** The keychain took the sign-in: where it has none later, it is locked or has lost it. */
  kept: z.boolean(),
  /** Zoom has ended the sign-in; it is not asked again with it. */
  ended: z.boolean().catch(false),
});

/** What is kept of an account on disk: who it is and how it is signed in, and no secret. */
export type AccountRecord = z.infer<typeof record>;

/** A signed-out account whose sign-in Zoom could not be told to end yet; its grant is still in the keychain. */
export type Leaving = Pick<AccountRecord, 'key' | 'cloud' | 'clientId'>;

const leaving = record.pick({ key: true, cloud: true, clientId: true });

const file = z.object({
  accounts: z.array(z.unknown()).catch([]),
  active: z.string().optional().catch(undefined),
  leaving: z.array(z.unknown()).catch([]),
  /** The path of the redirect address that the person registered at Zoom; begins with a slash. */
  redirectPath: z
    .string()
    .regex(/^\/[\w-]{16,64}$/)
    .optional()
    .catch(undefined),
});

/** Each entry by itself: one that cannot be read is left out and `ok` is false; the others stay. */
export function readAccounts(json: unknown) {
  const found = file.safeParse(json ?? {});
  const { redirectPath, ...given } = found.data ?? file.parse({});
  const accounts = readEach(record, given.accounts);
  const left = readEach(leaving, given.leaving);
  const unique = accounts.filter(({ key }, index) => accounts.findIndex((one) => one.key === key) === index);
  const isWhole = unique.length === given.accounts.length && left.length === given.leaving.length;
  const active = unique.some(({ key }) => key === given.active) ? given.active : unique[0]?.key;
  return { ok: found.success && isWhole, accounts: unique, active, leaving: left, redirectPath };
}

function readEach<T>(schema: z.ZodType<T>, entries: readonly unknown[]): readonly T[] {
  return entries.map((entry) => schema.safeParse(entry).data).filter((one) => one !== undefined);
}
