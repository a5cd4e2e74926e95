import * as z from 'zod';
import { type Cloud, clouds } from './places.ts';
import { loopbackRedirect, redirectProblem } from './redirects.ts';

/** An app at Zoom as Tally has to know it to sign in through it. It belongs to the app, not to this computer, and is no secret. */
export interface Setup {
  readonly cloud: Cloud;
  readonly clientId: string;
  /** Registered at Zoom, letter by letter but for the port of an address of this computer. */
  readonly redirectUri: string;
  /** What the app may do, as far as it is known. */
  readonly scopes: readonly string[];
  /** Signs in by its id alone (PKCE); otherwise it has a client secret, which is kept elsewhere. */
  readonly isPublic: boolean;
}

const scopeForm = /^[a-z0-9_]{1,50}(?::[a-z0-9_]{1,50}){0,4}$/;
const mostScopes = 300;

/** The scopes that a token answer names, as far as a setup can have them. */
export function scopesOf(granted: string): readonly string[] {
  return granted
    .split(/[\s,]+/)
    .filter((scope) => scopeForm.test(scope))
    .slice(0, mostScopes);
}

/** The fields of a setup, for what is kept and for what comes from outside. */
export const setupFields = {
  cloud: z.enum(clouds),
  clientId: z.string().regex(/^[\w.-]{1,200}$/),
  redirectUri: z.string().refine((address) => redirectProblem(address) === undefined),
  scopes: z.array(z.string().regex(scopeForm)).max(mostScopes).readonly(),
  isPublic: z.boolean(),
};

/** The parts of a setup out of something larger. */
export function setupOf({ cloud, clientId, redirectUri, scopes, isPublic }: Setup): Setup {
  return { cloud, clientId, redirectUri, scopes, isPublic };
}

/** What is not known of an app that was connected before setups were kept. */
export const unknownSetup: Omit<Setup, 'cloud' | 'clientId'> = {
  redirectUri: loopbackRedirect,
  scopes: [],
  isPublic: true,
};
