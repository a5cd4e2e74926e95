/** Whatever the practice Zoom gives out that is secret carries a mark, by which the search of the tests finds it in any form. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { findMarks, findSecrets, searchFiles } from '../support/desktop/canaries.ts';
import { authorizeUrl, makeApp, pkce, signIn } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');

/** A file's content in each of the forms, by what the search calls them. */
const forms: readonly (readonly [form: string, write: (secret: string) => string | Buffer])[] = [
  ['plain', (secret) => secret],
  ['plain', (secret) => JSON.stringify({ kept: [`x${secret}x`] })],
  ['plain', (secret) => gzipSync(secret)],
  ['URL-encoded', (secret) => hex(secret).replace(/../g, '%$&')],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64', (secret) => Buffer.from(`a:${secret}`).toString('base64url')],
  ['hex', hex],
  ['hex', (secret) => hex(secret).toUpperCase()],
  ['UTF-16', (secret) => Buffer.from(secret, 'utf16le')],
];

/** One of each kind. */
async function secretsOf(rig: Rig): Promise<Readonly<Record<string, string>>> {
  const { practice } = rig;
  const tokens = await signIn(practice);
  const challenged = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  const consent = await practice.consent(authorizeUrl(practice, challenged));
  const text = async (...[id, input, token = tokens.access_token]: Parameters<Rig['call']>) =>
    (await rig.call(id, input, token)).json as Record<string, unknown>;
  const { token: zak } = await text('userZak');
  const { token: timed } = await text('userToken', { query: { type: 'zak', ttl: 60 } });
  const { token: legacy } = await text('userToken', {});
  const { personal_meeting_url: joinLink } = await text('user');
  const { schedule_meeting } = await text('userSettings');
  const listed = { query: { include_fields: 'host_key' } } as const;
  const { users } = await text('users', listed, practice.adminAccessToken);
  const { clientSecret, production } = await makeApp(practice);
  const link = new URL(String(joinLink));
  return {
    'an access token': tokens.access_token,
    'a refresh token': tokens.refresh_token,
    'the access token of its own user': practice.accessToken,
    'the refresh token of its own user': practice.refreshToken,
    'an administrator’s access token': practice.adminAccessToken,
    'a code': new URL(consent).searchParams.get('code') ?? '',
    'the way back with a code': consent,
    'a ZAK': String(zak),
    'a ZAK for a time of one’s own': String(timed),
    'a token of the former kind': String(legacy),
    'a start link': `${practice.oauthUrl}/s/1?zak=${zak}`,
    'a join link': link.href,
    'a passcode in a link': link.searchParams.get('pwd') ?? '',
    'a passcode in settings': (schedule_meeting as Record<string, string>).pmi_password ?? '',
    'a host key': (users as readonly { readonly host_key: string }[])[0]?.host_key ?? '',
    'the secret of an app': practice.clientSecret,
    'the secret of an app that was made': clientSecret ?? '',
    'the secret for production': production.clientSecret ?? '',
  };
}

async function clientIdsOf({ practice }: Rig): Promise<Readonly<Record<string, string>>> {
  const { clientId, production } = await makeApp(practice);
  const open = await makeApp(practice, { public: 'on' });
  return {
    'a client id': practice.clientId,
    'one with a secret': practice.confidentialClientId,
    'one that was made': clientId ?? '',
    'one for production': production.clientId ?? '',
    'a public one': open.clientId ?? '',
    'an address of the consent page': authorizeUrl(practice),
  };
}

it.each([
  ['secret', secretsOf, findSecrets],
  ['client id', clientIdsOf, findMarks],
] as const)('each kind of %s is found in a file, however it is written', async (_, all, find) => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-kinds-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const kinds = await withPractice({}, all);
  const file = join(folder, 'file');
  const search = (content: string | Buffer) => {
    writeFileSync(file, content);
    return searchFiles(folder, [], find).map(({ form }) => form);
  };
  expect(search('nothing')).toEqual([]);
  for (const [kind, secret] of Object.entries(kinds)) {
    for (const [form, write] of forms) expect(search(write(secret)), `${kind}, ${form}`).toContain(form);
  }
  if (find === findMarks)
    for (const [kind, id] of Object.entries(kinds)) expect(findSecrets(id), kind).toEqual([]);
});
