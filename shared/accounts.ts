import * as z from 'zod';
import { connectingFields } from './connecting-fields.ts';
import type { TallyError } from './errors.ts';
import type { Cloud } from './places.ts';
import { type Setup, setupFields } from './setup.ts';
import type { OperationId } from './zoom/operations.gen.ts';

/** An operation that the sign-in does not cover, and the scopes of which any one would be enough. */
export interface MissingOperation {
  readonly operation: OperationId;
  readonly scopes: readonly string[];
}

/** The active account. `key` names it among the others; it holds no secret. */
export type AccountView =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'connecting';
      readonly key: string;
      readonly practice: boolean;
      /** The keychain has not answered yet: it may be asking to be unlocked. */
      readonly waitsFor?: 'keychain';
    }
  | { readonly phase: 'failed'; readonly key: string; readonly practice: boolean; readonly error: TallyError }
  | {
      readonly phase: 'connected';
      readonly key: string;
      readonly practice: boolean;
      readonly id: string;
      readonly name: string;
      readonly email: string;
      /** What Tally was not given the permission for; everything else works. Empty where Zoom does not tell. */
      readonly missing: readonly MissingOperation[];
    };

/** One of the accounts that Tally knows, in the order in which they were added. */
export interface AccountSummary {
  readonly key: string;
  readonly practice: boolean;
  readonly name: string;
  readonly email: string;
  readonly cloud: Cloud;
  /** 0 to 5: which of the ring colours is its own. */
  readonly colour: number;
  readonly active: boolean;
  readonly phase: 'connecting' | 'failed' | 'connected';
  /** Why the keychain has not taken the sign-in, which is in memory only: it ends when Tally quits. */
  readonly unkept?: TallyError;
  /** There is a library of it on this computer. */
  readonly hasLibrary?: true;
  /** The app at Zoom that it is signed in through, which can be shared; the practice account has none. */
  readonly app?: Pick<Setup, 'clientId' | 'isPublic'>;
}

/** A setup that somebody else has made: a colleague, or the administrator of this computer. Nothing of it is kept yet. */
export type OfferView = { readonly by: 'person' | 'administrator' } & (
  | {
      readonly phase: 'offered';
      readonly setup: Setup;
      /** It brings the client secret. */
      readonly hasSecret: boolean;
      /** Its client id may be the secret by mistake. */
      readonly isDoubtful: boolean;
    }
  | { readonly phase: 'refused'; readonly error: TallyError }
);

/** The app at Zoom that a sign-in goes through, by what an administrator knows it by. */
export type SignInApp = Pick<Setup, 'cloud' | 'clientId'>;

/** A sign-in on its way. Absent when there is none. */
export type SignInView =
  | {
      /** The person is in the browser. */
      readonly phase: 'waiting';
      /** Given up at this instant, epoch ms. */
      readonly until: number;
      /** False: the browser could not be opened; the address can be copied. */
      readonly browser: boolean;
      /** False: no port could be opened on this computer; the address has to be pasted. */
      readonly listening: boolean;
      /** Where the browser comes back to, as registered at Zoom. */
      readonly redirectUri: string;
      readonly app: SignInApp;
      /** An answer came, or was pasted, that does not belong to this sign-in. */
      readonly stray?: TallyError;
    }
  /** The browser came back: the code is exchanged, the account read, the keychain written. */
  | { readonly phase: 'finishing'; readonly waitsFor?: 'keychain' }
  /** Over without an account. Shown until dismissed or begun anew. */
  | {
      readonly phase: 'failed';
      readonly error: TallyError;
      readonly redirectUri: string;
      readonly app: SignInApp;
    };

const clientSecret = z.string().trim().min(1).max(500);

export const accountActions = () =>
  [
    // Connects the active account again after a failure; signs in anew where Zoom has ended the former sign-in.
    z.strictObject({ type: z.literal('account.reconnect') }),
    z.strictObject({ type: z.literal('account.practice') }),
    // The secret goes to the keychain and is never sent back to the window.
    z.strictObject({
      type: z.literal('account.sign-in'),
      clientId: z.string().trim().pipe(setupFields.clientId),
      clientSecret: clientSecret.optional(),
      cloud: setupFields.cloud,
      redirectUri: setupFields.redirectUri.optional(),
      scopes: setupFields.scopes.optional(),
    }),
    // How far one is on the way to an app of one's own.
    z.strictObject({
      type: z.literal('account.connecting'),
      patch: z.strictObject(connectingFields).partial(),
    }),
    // Saves the manifest of that app as a file.
    z.strictObject({ type: z.literal('account.manifest') }),
    z.strictObject({ type: z.literal('account.sign-in.browser') }),
    z.strictObject({ type: z.literal('account.sign-in.copy-address') }),
    // The address, or what Zoom's page says in its place.
    z.strictObject({ type: z.literal('account.sign-in.paste'), address: z.string().trim().max(20_000) }),
    z.strictObject({ type: z.literal('account.sign-in.cancel') }),
    // A setup as somebody has pasted it; what is wrong with it shows in the snapshot.
    z.strictObject({ type: z.literal('account.offer'), text: z.string().max(mostPasted) }),
    // With the secret of the app where it has one that the setup does not bring.
    z.strictObject({ type: z.literal('account.offer.accept'), clientSecret: clientSecret.optional() }),
    z.strictObject({ type: z.literal('account.offer.dismiss') }),
    z.strictObject({
      type: z.literal('account.share'),
      key: z.string(),
      withSecret: z.boolean(),
      to: z.enum(['clipboard', 'file']),
    }),
    z.strictObject({ type: z.literal('account.switch'), key: z.string() }),
    // The library stays on this computer, unless the person says otherwise.
    z.strictObject({
      type: z.literal('account.sign-out'),
      key: z.string(),
      withLibrary: z.boolean().optional(),
    }),
  ] as const;

/** Longest text that is looked at for a setup, in characters; what is longer than a setup is told. */
const mostPasted = 5_000_000;

export type AccountAction = z.infer<ReturnType<typeof accountActions>[number]>;

/** What is done with setups, one's own on the way to it included. */
export type SetupAction = Extract<
  AccountAction,
  { type: 'account.share' | 'account.connecting' | 'account.manifest' | `account.offer${'' | `.${string}`}` }
>;
