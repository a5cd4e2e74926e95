import { describe, expect, it } from 'vitest';
import { createAccountList } from '../../../../electron/core/accounts/list.ts';
import { createSetups } from '../../../../electron/core/accounts/setups.ts';
import { readSetup, writeSetupLine } from '../../../../electron/core/sign-in/setup-text.ts';
import type { OfferView } from '../../../../shared/accounts.ts';
import type { Notice } from '../../../../shared/app.ts';
import { connectingStart } from '../../../../shared/connecting.ts';
import { type Result, tallyError } from '../../../../shared/errors.ts';
import { settle } from '../../../support/fake-clock.ts';
import { setup } from '../../../support/setups.ts';

interface World {
  /** Of the account's app. */
  readonly secret?: string;
  readonly isPublic?: boolean;
  readonly administrator?: Result<string>;
  readonly saved?: Result<boolean>;
}

/** Setups beside one account that is signed in by `setup`, and the practice account. */
function rig({ secret, isPublic = true, administrator, saved = { ok: true, value: true } }: World = {}) {
  const begun: unknown[][] = [];
  const copied: string[] = [];
  const files: string[][] = [];
  const notices: Notice[] = [];
  let changes = 0;
  const list = createAccountList({ accounts: () => undefined, saveAccounts() {} });
  list.add({ ...list.blank('mine', false), ...setup, isPublic });
  list.add(list.blank('practice', true));
  const setups = createSetups({
    list,
    grants: { clientSecret: async () => secret },
    signIns: { begin: async (...given) => void begun.push(given) },
    administratorSetup: async () => administrator,
    copy: (text) => copied.push(text),
    notice: (notice) => notices.push(notice),
    documents: {
      async save(...given) {
        files.push(given);
        return saved;
      },
      open: async () => ({ ok: true, value: null }),
    },
    changed() {
      changes += 1;
    },
  });
  return { setups, list, begun, copied, files, notices, changes: () => changes };
}

const line = (change: object = {}, clientSecret?: string) =>
  writeSetupLine({ ...setup, ...change }, clientSecret);
const text = (value: string): Result<string> => ({ ok: true, value });
const offered = (change: Partial<Extract<OfferView, { phase: 'offered' }>> = {}) => ({
  phase: 'offered',
  by: 'person',
  setup,
  hasSecret: false,
  isDoubtful: false,
  ...change,
});
const accept = { type: 'account.offer.accept' } as const;

describe('a setup that somebody brings', () => {
  it('is shown, and nothing else happens before it is accepted', () => {
    const { setups, begun, changes } = rig();
    expect(setups.view()).toBeUndefined();
    expect(setups.run({ type: 'account.offer', text: line() })).toEqual({ ok: true, value: null });
    expect(setups.view()).toEqual(offered());
    expect(changes()).toBe(1);
    expect(begun).toEqual([]);
    setups.run(accept);
    expect(begun).toEqual([[setup, undefined]]);
  });

  it('brings its secret, which is not shown and counts before one that is typed', () => {
    const { setups, begun } = rig();
    setups.offer(text(line({}, 'S3CRET')));
    expect(setups.view()).toEqual(offered({ hasSecret: true }));
    setups.run({ ...accept, clientSecret: 'typed' });
    setups.offer(text(line()));
    setups.run({ ...accept, clientSecret: 'typed' });
    expect(begun).toEqual([
      [setup, 'S3CRET'],
      [setup, 'typed'],
    ]);
  });

  it.each([
    ['looks like one', { clientId: 'abcdefghijklmnopqrstuvwxyz012345' }, undefined],
    ['is the secret', { clientId: 'same' }, 'same'],
  ])('is doubted where its client id %s', (_, change, secret) => {
    const { setups } = rig();
    setups.offer(text(line(change, secret)));
    expect(setups.view()).toMatchObject({ phase: 'offered', isDoubtful: true });
  });

  it('that is none is refused, and cannot be accepted', () => {
    const { setups, begun } = rig();
    const error = tallyError('file', 'The file couldn’t be read.');
    setups.offer({ ok: false, error });
    expect(setups.view()).toEqual({ phase: 'refused', by: 'person', error });
    expect(setups.run(accept)).toEqual({
      ok: false,
      error: { kind: 'invalid-input', what: 'There is no setup to sign in by.', action: 'none' },
    });
    setups.run({ type: 'account.offer', text: 'nothing' });
    expect(setups.view()).toMatchObject({ phase: 'refused', by: 'person' });
    expect(setups.run(accept)).toMatchObject({ ok: false });
    expect(begun).toEqual([]);
  });

  it('cannot be accepted where there is none', () => {
    expect(rig().setups.run(accept)).toMatchObject({ ok: false });
  });

  it('is gone once it is dismissed', () => {
    const { setups, changes } = rig();
    setups.offer(text(line()));
    setups.run({ type: 'account.offer.dismiss' });
    expect(setups.view()).toBeUndefined();
    expect(changes()).toBe(2);
  });
});

describe('a setup of the administrator', () => {
  const administrator = text(line({ clientId: 'company' }));

  it('is shown where nobody brings another', async () => {
    const { setups, changes } = rig({ administrator });
    await setups.lookForAdministrators();
    const shown = offered({ by: 'administrator', setup: { ...setup, clientId: 'company' } });
    expect(setups.view()).toEqual(shown);
    expect(changes()).toBe(1);
    setups.offer(text(line()));
    expect(setups.view()).toEqual(offered());
    setups.run({ type: 'account.offer.dismiss' });
    expect(setups.view()).toEqual(shown);
    setups.run({ type: 'account.offer.dismiss' });
    expect(setups.view()).toBeUndefined();
  });

  it('is none where there is nothing', async () => {
    const { setups, changes } = rig();
    await setups.lookForAdministrators();
    expect([setups.view(), changes()]).toEqual([undefined, 0]);
  });
});

describe('a sign-in', () => {
  it.each<[string, object, boolean]>([
    ['through the app of the setup', {}, false],
    ['through another app', { clientId: 'other' }, true],
    ['in another cloud', { cloud: 'government' }, true],
  ])('%s', (_, change, stays) => {
    const { setups } = rig();
    setups.offer(text(line()));
    setups.signedIn({ ...setup, ...change });
    expect(setups.view() !== undefined).toBe(stays);
  });

  it('ends what was refused, and leaves the administrator’s', async () => {
    const { setups } = rig({ administrator: text(line({ clientId: 'company' })) });
    await setups.lookForAdministrators();
    setups.offer(text('nothing'));
    setups.signedIn({ ...setup, clientId: 'company' });
    expect(setups.view()).toMatchObject({ by: 'administrator', phase: 'offered' });
  });

  it.each<[string, object, boolean]>([
    ['ends the way to its own app', {}, false],
    ['leaves the way to another app', { clientId: 'other' }, true],
    ['leaves the way to an app of another cloud', { cloud: 'government' }, true],
  ])('%s', (_, change, stays) => {
    const { setups, list } = rig();
    const begun = { ...connectingStart, clientId: setup.clientId, done: ['x'] };
    list.setConnecting(begun);
    setups.signedIn({ ...setup, ...change });
    expect(list.connecting()).toEqual(stays ? begun : connectingStart);
  });
});

describe('the way to an app', () => {
  it('remembers each thing by itself', () => {
    const { setups, list, changes } = rig();
    setups.run({ type: 'account.connecting', patch: { step: 'create', done: ['x'] } });
    setups.run({ type: 'account.connecting', patch: { clientId: 'abc', step: undefined } as never });
    expect(list.connecting()).toEqual({ ...connectingStart, step: 'create', done: ['x'], clientId: 'abc' });
    expect(changes()).toBe(2);
  });

  it('gives a manifest of what was chosen', async () => {
    const { setups, list, files } = rig();
    list.setConnecting({ ...connectingStart, groups: ['Presence'], isPublic: false });
    setups.run({ type: 'account.manifest' });
    await settle();
    const [name, json, title] = files[0] ?? [];
    expect([name, title]).toEqual(['tally-app-manifest.json', 'Save the app manifest']);
    const manifest = JSON.parse(json ?? '');
    expect(json).toBe(`${JSON.stringify(manifest, undefined, 2)}\n`);
    const { oauth_information } = manifest;
    expect(oauth_information).toMatchObject({
      development_redirect_uri: connectingStart.redirectUri,
      enable_public_pkce_client: false,
    });
    expect(oauth_information.scopes).toContainEqual({
      scope: 'user:update:presence_status',
      optional: false,
    });
  });
});

describe('sharing', () => {
  const share = (change: object = {}) =>
    ({ type: 'account.share', key: 'mine', withSecret: false, to: 'clipboard', ...change }) as never;

  it.each([
    ['without a secret where there is none', {}, { withSecret: true }, {}],
    ['without the secret unless asked', { secret: 'S3CRET' }, {}, { isPublic: false }],
    [
      'with the secret where asked',
      { secret: 'S3CRET' },
      { withSecret: true },
      { isPublic: false, clientSecret: 'S3CRET' },
    ],
    ['as an app with a secret that is not there', { isPublic: false }, {}, { isPublic: false }],
  ])('copies the setup %s', async (_, world, how, shared) => {
    const { setups, copied, files } = rig(world);
    expect(setups.run(share(how))).toEqual({ ok: true, value: null });
    await settle();
    const { clientSecret, ...change } = shared as { clientSecret?: string };
    expect(readSetup(copied[0] ?? '')).toEqual({
      ok: true,
      value: { setup: { ...setup, ...change }, ...(clientSecret && { clientSecret }) },
    });
    expect(files).toEqual([]);
  });

  it('saves it as a file', async () => {
    const { setups, copied, files, notices } = rig({ secret: 'S3CRET' });
    setups.run(share({ to: 'file', withSecret: true }));
    await settle();
    const [name, json, title] = files[0] ?? [];
    expect([name, title]).toEqual(['zoom.tally-setup.json', 'Save the setup']);
    expect(readSetup(json ?? '')).toMatchObject({ ok: true, value: { clientSecret: 'S3CRET' } });
    expect([copied, notices]).toEqual([[], []]);
  });

  it.each([
    [undefined, 'Nothing was changed.'],
    ['The disk is full.', 'The disk is full.'],
  ])('says why a file could not be saved: %s', async (why, detail) => {
    const error = tallyError('storage', 'The file couldn’t be saved.', why === undefined ? {} : { why });
    const { setups, notices } = rig({ saved: { ok: false, error } });
    setups.run(share({ to: 'file' }));
    await settle();
    expect(notices).toEqual([{ id: 'not-done', title: 'The file couldn’t be saved.', detail }]);
  });

  it.each(['practice', 'nobody'])('is refused for %s', async (key) => {
    const { setups, copied } = rig();
    expect(setups.run(share({ key }))).toEqual({
      ok: false,
      error: { kind: 'invalid-input', what: 'This account has no Zoom app of its own.', action: 'none' },
    });
    await settle();
    expect(copied).toEqual([]);
  });
});
