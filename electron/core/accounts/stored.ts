import * as z from 'zod';
import { type Connecting, connectingStart } from '../../../shared/connecting.ts';
import { connectingFields } from '../../../shared/connecting-fields.ts';
import { isObject } from '../../../shared/json.ts';
import { loopbackRedirect } from '../../../shared/redirects.ts';
import { setupFields, unknownSetup } from '../../../shared/setup.ts';
import { endNames } from '../sign-in/ends.ts';

/** How many ring colours there are; accounts beyond that begin again at the first. */
export const ringColours = 6;

/** Longest id of a person, in characters: by it an account is known, so it is never cut. */
export const longestId = 200;
/** Longest name and address that are kept, in characters. */
const longest = 1_000;

/** What Zoom tells of a person, no longer than it is kept. */
export function cut(text: string): string {
  // Half of a character is none.
  return text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** Zoom tells it again at the next connection. */
const told = z.string().catch('').transform(cut);

const record = z.object({
  key: z.string().min(1).max(300),
  practice: z.boolean(),
  ...setupFields,
  // Empty for the practice account.
  clientId: z.string().max(200),
  redirectUri: setupFields.redirectUri.catch(loopbackRedirect),
  scopes: setupFields.scopes.catch([]),
  isPublic: setupFields.isPublic.catch(unknownSetup.isPublic),
  userId: z.string().max(longestId),
  name: told,
  email: told,
  colour: z
    .int()
    .min(0)
    .max(ringColours - 1)
    .catch(0),
  /** The keychain took the sign-in: where it has none later, it is locked or has lost it. */
  kept: z.boolean(),
  /** The keychain took something of it at some time: signed out, it is looked for there until it is surely gone. */
  stored: z.boolean().catch(true),
  /** Zoom has ended the sign-in; it is not asked again with it. */
  ended: z.boolean().catch(false),
  /** Why it did. */
  whyEnded: z.enum(endNames).optional().catch(undefined),
});

/** What is kept of an account on disk: who it is, the setup it is signed in by, and no secret. */
export type AccountRecord = z.infer<typeof record>;

const leaving = record.pick({ key: true, cloud: true, clientId: true, stored: true }).extend({
  /** Zoom was told. */
  told: z.boolean().catch(false),
  /** Its library goes, too. */
  withLibrary: z.boolean().catch(false),
});

/** A signed-out account that Zoom could not be told of yet, or whose grant is still in the keychain. */
export type Leaving = z.infer<typeof leaving>;

const file = z.object({
  accounts: z.array(z.unknown()).catch([]),
  active: z.string().optional().catch(undefined),
  leaving: z.array(z.unknown()).catch([]),
  connecting: z.unknown().optional(),
  /** Of an installation that had a redirect address of its own: its path. The accounts of that time came back to it. */
  redirectPath: z
    .string()
    .regex(/^\/[\w-]{16,64}$/)
    .optional()
    .catch(undefined),
});

/** Each field by itself, as with preferences. */
const connecting = z.object({
  step: connectingFields.step.catch(connectingStart.step),
  mayCreate: connectingFields.mayCreate.catch(connectingStart.mayCreate),
  cloud: connectingFields.cloud.catch(connectingStart.cloud),
  groups: connectingFields.groups.catch(connectingStart.groups),
  redirectUri: connectingFields.redirectUri.catch(connectingStart.redirectUri),
  isPublic: connectingFields.isPublic.catch(connectingStart.isPublic),
  clientId: connectingFields.clientId.catch(connectingStart.clientId),
  done: connectingFields.done.catch(connectingStart.done),
});

/**
 * Each entry by itself: one that cannot be read, as a later version may have written it, is kept as it is in `unread`, and `ok`
 * is false; the others stay.
 */
export function readAccounts(json: unknown) {
  const found = file.safeParse(json ?? {});
  const { redirectPath, ...given } = found.data ?? file.parse({});
  const redirectUri = redirectPath === undefined ? loopbackRedirect : `http://127.0.0.1${redirectPath}`;
  const begun: Connecting = connecting.safeParse(given.connecting).data ?? connectingStart;
  const entries = given.accounts.map(ofToday(redirectUri));
  const accounts = readEach(withMore(record), entries);
  const left = readEach(withMore(leaving), given.leaving);
  const unread = {
    accounts: given.accounts.filter((_, index) => !record.safeParse(entries[index]).success),
    leaving: given.leaving.filter((entry) => !leaving.safeParse(entry).success),
  };
  const unique = accounts.filter(({ key }, index) => accounts.findIndex((one) => one.key === key) === index);
  const isWhole = unique.length === given.accounts.length && left.length === given.leaving.length;
  const active = unique.some(({ key }) => key === given.active) ? given.active : unique[0]?.key;
  const isRead = found.success && isWhole;
  return { ok: isRead, accounts: unique, active, leaving: left, connecting: begun, unread };
}

/** What a later version has said in an entry besides stays with it. */
const withMore = <T extends z.ZodRawShape>(schema: z.ZodObject<T>) =>
  schema.loose() as unknown as z.ZodType<z.infer<z.ZodObject<T>>>;

/** Adds what accounts were kept without in former versions. */
const ofToday = (redirectUri: string) => (entry: unknown) =>
  isObject(entry) ? { redirectUri, stored: entry.kept, ...entry } : entry;

function readEach<T>(schema: z.ZodType<T>, entries: readonly unknown[]): readonly T[] {
  return entries.map((entry) => schema.safeParse(entry).data).filter((one) => one !== undefined);
}
