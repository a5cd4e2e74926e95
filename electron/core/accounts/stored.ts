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

export interface StoredAccounts {
  readonly accounts: readonly AccountRecord[];
  readonly active: string | undefined;
  readonly leaving: readonly Leaving[];
  /** The path of the redirect address that the person registered at Zoom; begins with a slash. */
  readonly redirectPath: string | undefined;
}

/** Each entry by itself: one that cannot be read is left out and `ok` is false; the others stay. */
export function readAccounts(json: unknown): StoredAccounts & { readonly ok: boolean } {
  const whole = z
    .object({
      accounts: z.array(z.unknown()).catch([]),
      active: z.string().optional().catch(undefined),
      leaving: z.array(z.unknown()).catch([]),
      redirectPath: z
        .string()
        .regex(/^\/[\w-]{16,64}$/)
        .optional()
        .catch(undefined),
    })
    .safeParse(json ?? {});
  if (!whole.success)
    return { ok: false, accounts: [], active: undefined, leaving: [], redirectPath: undefined };
  const accounts = readEach(record, whole.data.accounts);
  const left = readEach(leaving, whole.data.leaving);
  const unique = accounts.filter(({ key }, index) => accounts.findIndex((one) => one.key === key) === index);
  const ok = unique.length === whole.data.accounts.length && left.length === whole.data.leaving.length;
  const active = unique.some(({ key }) => key === whole.data.active) ? whole.data.active : unique[0]?.key;
  return { ok, accounts: unique, active, leaving: left, redirectPath: whole.data.redirectPath };
}

function readEach<T>(schema: z.ZodType<T>, entries: readonly unknown[]): T[] {
  return entries.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
