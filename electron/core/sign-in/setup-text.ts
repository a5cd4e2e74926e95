import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { isObject, parseJson } from '../../../shared/json.ts';
import { clouds } from '../../../shared/places.ts';
import { redirectProblem } from '../../../shared/redirects.ts';
import { type Setup, setupFields, setupOf } from '../../../shared/setup.ts';

/** A setup that came from somebody else, and the secret of its app where it was put in. */
export interface GivenSetup {
  readonly setup: Setup;
  readonly clientSecret?: string;
}

/** Begins a setup that is one line of text. */
const prefix = 'tally-setup:';

/** The version of what a setup consists of. */
const version = 1;

/** Far more than a setup with every scope there is, in characters. */
const longest = 50_000;

const given = z.strictObject({
  ...setupFields,
  clientSecret: z.string().min(1).max(500).optional(),
  tallySetup: z.literal(version),
});

/** A setup as the content of a file. The secret goes in only where it is given. */
export function writeSetupFile(setup: Setup, clientSecret?: string): string {
  return `${JSON.stringify(jsonOf(setup, clientSecret), undefined, 2)}\n`;
}

/** A setup as one line of text, with a checksum, as a line that is passed on may be cut off. */
export function writeSetupLine(setup: Setup, clientSecret?: string): string {
  const json = JSON.stringify(jsonOf(setup, clientSecret));
  return `${prefix}${Buffer.from(json).toString('base64url')}.${checksum(json)}`;
}

function jsonOf(setup: Setup, clientSecret: string | undefined) {
  return { tallySetup: version, ...setupOf(setup), ...(clientSecret !== undefined && { clientSecret }) };
}

const checksum = (json: string) => createHash('sha256').update(json).digest('hex').slice(0, 8);

/** Reads the one setup in a text: a line with anything around it, wrapped or not, or the content of a file. Never throws. */
export function readSetup(text: string): Result<GivenSetup> {
  if (text.length > longest) return refuse('This is too long for a setup.');
  const count = text.split(prefix).length - 1;
  if (count > 1) return refuse('There are two setups in this text.', 'Paste one of them.');
  const json = count === 1 ? unpack(text) : text.trim();
  if (json === undefined)
    return refuse(
      'This setup is cut off, or was changed on the way.',
      'Copy all of it, or ask for the file.',
    );
  const found = parseJson(json);
  if (!isObject(found) || found.tallySetup === undefined)
    return refuse('There is no setup in this.', `A setup is one line that begins with ${prefix}, or a file.`);
  const read = given.safeParse(found);
  if (!read.success) return refuse(...problemOf(found, read.error));
  const { tallySetup: _, clientSecret, ...setup } = read.data;
  return { ok: true, value: { setup, ...(clientSecret !== undefined && { clientSecret }) } };
}

/** The JSON of a line; undefined where it is not whole. Mail programs wrap long lines. */
function unpack(text: string): string | undefined {
  const line = text.slice(text.indexOf(prefix) + prefix.length).replace(/\s/g, '');
  const [, packed = '', sum] = /^([\w-]+)\.([0-9a-f]{8})/.exec(line) ?? [];
  const json = Buffer.from(packed, 'base64url').toString('utf8');
  return sum === checksum(json) ? json : undefined;
}

function refuse(what: string, why?: string): Result<never> {
  return {
    ok: false,
    error: tallyError('invalid-input', what, { action: 'none', ...(why !== undefined && { why }) }),
  };
}

const nothingTaken = 'Nothing of it was taken.';

/** What is wrong with a setup, and why, the gravest first. Says again nothing that is in it but the names of its parts. */
function problemOf(found: Readonly<Record<string, unknown>>, error: z.ZodError): [what: string, why: string] {
  const wrong = new Set(error.issues.map(({ path: [first] }) => first));
  if (wrong.has('tallySetup'))
    return [
      'This setup is of another version of Tally.',
      'Update Tally, or ask for one made by this version.',
    ];
  const unknown = Object.keys(found).filter((name) => !Object.hasOwn(given.shape, name));
  if (unknown.length > 0) {
    const names = unknown.filter((name) => /^\w{1,40}$/.test(name)).slice(0, 5);
    const which = names.length > 0 ? `: ${names.join(', ')}` : '';
    return [`This setup has parts that Tally doesn’t know${which}.`, nothingTaken];
  }
  if (wrong.has('cloud'))
    return [
      'This setup is for a Zoom that Tally doesn’t know.',
      `Tally signs in at ${clouds.join(' or ')} only.`,
    ];
  if (wrong.has('clientId')) {
    const spaced = typeof found.clientId === 'string' && /\s/.test(found.clientId);
    return ['The client ID of this setup can’t be right.', spaced ? 'It has spaces.' : nothingTaken];
  }
  if (wrong.has('redirectUri')) {
    const why = typeof found.redirectUri === 'string' ? redirectProblem(found.redirectUri) : undefined;
    return ['Tally doesn’t take the redirect address of this setup.', why ?? nothingTaken];
  }
  if (wrong.has('scopes')) return ['The scopes of this setup can’t be read.', nothingTaken];
  return ['This setup isn’t whole, or was changed.', nothingTaken];
}
