import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { writeSetupFile, writeSetupLine } from '../../electron/core/sign-in/setup-text.ts';
import type { AccountAction } from '../../shared/accounts.ts';
import { tallyError } from '../../shared/errors.ts';
import { loopbackRedirect } from '../../shared/redirects.ts';
import { scopesOf } from '../../shared/setup.ts';
import { createWeb } from '../support/fake-browser.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { withPractice } from '../support/practice-client.ts';
import { start } from '../support/presence-script.ts';
import { setup } from '../support/setups.ts';
import { type TallyRig, tallyRig } from '../support/tally-rig.ts';
import { eventually } from '../support/waiting.ts';

interface Case extends TallyRig {
  readonly web: ReturnType<typeof createWeb>;
  /** Says yes at Zoom where the sign-in asks, and waits for its end. */
  consent(): Promise<void>;
}

type Options = Parameters<typeof tallyRig>[2];

function make(made: TallyRig, web: Case['web']): Case {
  return {
    ...made,
    web,
    async consent() {
      await made.until(({ signIn }) => signIn?.phase === 'waiting');
      await eventually(() => expect(web.opened).not.toEqual([]));
      web.goTo(await made.rig.practice.consent(web.opened.splice(0).at(-1) ?? ''));
      await made.until(({ signIn, account }) => signIn === undefined && account.phase === 'connected');
    },
  };
}

/** A computer that knows no account yet. */
const withComputer = (use: (made: Case) => Promise<void>, options: Options = {}) =>
  withPractice({}, async (rig) => {
    const web = createWeb();
    const clock = createFakeClock(start);
    await use(make(tallyRig(rig, clock, { account: null, browser: web.browser, ...options }), web));
  });

const offer = (made: TallyRig, text: string) => made.tally.run({ type: 'account.offer', text });
const key = (made: TallyRig) => made.tally.snapshot().accounts[0]?.key ?? '';
const own = ({ rig }: TallyRig) => ({
  ...setup,
  redirectUri: loopbackRedirect,
  clientId: rig.practice.clientId,
});

describe('a colleague’s setup', () => {
  it('that is pasted signs in through the same app, with nothing else to enter', () =>
    withComputer(async (first) => {
      first.tally.run({
        type: 'account.sign-in',
        clientId: first.rig.practice.clientId,
        cloud: 'commercial',
      });
      await first.consent();
      first.tally.run({ type: 'account.share', key: key(first), withSecret: false, to: 'clipboard' });
      await eventually(() => expect(first.copied[0]).toMatch(/^tally-setup:/));

      const web = createWeb();
      const rig = tallyRig(first.rig, first.clock, { account: null, browser: web.browser });
      const second = make(rig, web);
      offer(second, first.copied[0] ?? '');
      expect(second.tally.snapshot().offer).toMatchObject({
        phase: 'offered',
        by: 'person',
        hasSecret: false,
        setup: { clientId: first.rig.practice.clientId, redirectUri: loopbackRedirect, isPublic: true },
      });
      second.tally.run({ type: 'account.offer.accept' });
      await second.consent();
      expect(second.tally.snapshot().offer).toBeUndefined();
    }));

  it('of an app with a secret brings it where that was asked for, and asks for it otherwise', () =>
    withComputer(async (made) => {
      const { confidentialClientId: clientId, clientSecret } = made.rig.practice;
      made.tally.run({ type: 'account.sign-in', clientId, clientSecret, cloud: 'commercial' });
      await made.consent();
      for (const withSecret of [false, true])
        made.tally.run({ type: 'account.share', key: key(made), withSecret, to: 'clipboard' });
      await eventually(() => expect(made.copied).toHaveLength(2));
      for (const text of made.copied) {
        offer(made, text);
        const shown = made.tally.snapshot().offer;
        const hasSecret = shown?.phase === 'offered' && shown.hasSecret;
        expect(JSON.stringify(shown)).not.toContain(clientSecret);
        made.tally.run({ type: 'account.offer.accept', ...(!hasSecret && { clientSecret }) });
        await made.consent();
      }
      expect(made.tally.snapshot().accounts).toHaveLength(1);
    }));

  it('is saved as a file where that is wanted', async () => {
    const save = vi.fn(async () => ({ ok: true, value: true }) as const);
    const documents = { save, open: async () => ({ ok: true, value: null }) as const };
    await withComputer(
      async (made) => {
        made.tally.run({
          type: 'account.sign-in',
          clientId: made.rig.practice.clientId,
          cloud: 'commercial',
        });
        await made.consent();
        made.tally.run({ type: 'account.share', key: key(made), withSecret: true, to: 'file' });
        await eventually(() => expect(save).toHaveBeenCalled());
        const [[name, text] = []] = save.mock.calls as unknown as [string, string][];
        expect(name).toMatch(/\.tally-setup\.json$/);
        expect(JSON.parse(text ?? '')).toMatchObject({ tallySetup: 1, clientId: made.rig.practice.clientId });
        expect(text).not.toContain('ecret');
      },
      { documents },
    );
  });

  it('whose client id may be the secret is doubted, and a practice account has none', () =>
    withComputer(async (made) => {
      offer(made, writeSetupLine({ ...setup, clientId: 'abcdefghijklmnopqrstuvwxyz012345' }));
      expect(made.tally.snapshot().offer).toMatchObject({ isDoubtful: true });
      made.tally.run({ type: 'account.practice' });
      const shared = made.tally.run({
        type: 'account.share',
        key: 'practice',
        withSecret: false,
        to: 'file',
      });
      expect(shared).toMatchObject({ ok: false });
    }));
});

describe('the scopes of a setup', () => {
  it('are those that were granted, as far as one can name them', () => {
    expect(scopesOf('user:read:user user:read,user_info:read <b> a:B ../x')).toEqual([
      'user:read:user',
      'user:read',
      'user_info:read',
    ]);
    expect(scopesOf('')).toEqual([]);
    expect(scopesOf('a:b '.repeat(400))).toHaveLength(300);
  });
});

describe('an administrator’s setup', () => {
  it('is there at the start, and gives way to one that the person brings', () =>
    withPractice({}, async (rig) => {
      const web = createWeb();
      const administratorSetup = {
        ok: true,
        value: writeSetupFile({ ...setup, redirectUri: loopbackRedirect, clientId: rig.practice.clientId }),
      } as const;
      const options = { account: null, browser: web.browser, administratorSetup };
      const made = make(tallyRig(rig, createFakeClock(start), options), web);
      await made.tally.connect();
      await made.until((snapshot) => snapshot.offer?.by === 'administrator');
      offer(made, writeSetupLine({ ...own(made), clientId: 'of-a-colleague' }));
      expect(made.tally.snapshot().offer).toMatchObject({
        by: 'person',
        setup: { clientId: 'of-a-colleague' },
      });
      made.tally.run({ type: 'account.offer.dismiss' });
      expect(made.tally.snapshot().offer).toMatchObject({ by: 'administrator' });
      made.tally.run({ type: 'account.offer.accept' });
      await made.consent();
    }));

  it('that cannot be read says so', () =>
    withComputer(
      async (made) => {
        await made.tally.connect();
        await made.until(({ offer: shown }) => shown?.phase === 'refused');
        expect(made.tally.snapshot().offer).toMatchObject({ error: { what: 'The file couldn’t be read.' } });
        expect(made.tally.run({ type: 'account.offer.accept' })).toMatchObject({ ok: false });
      },
      { administratorSetup: { ok: false, error: tallyError('file', 'The file couldn’t be read.') } },
    ));
});

describe('a hostile setup', () => {
  it('changes nothing, whatever it is: nothing is kept, nothing opened, no sign-in begun', () =>
    withComputer(async (made) => {
      made.tally.run({ type: 'account.practice' });
      await made.until(({ account }) => account.phase === 'connected');
      const kept = () => readFileSync(join(made.folder, 'accounts.json'), 'utf8');
      const before = kept();
      const line = writeSetupLine(setup);
      const hostile = fc.oneof(
        fc.string(),
        fc.json(),
        fc.nat(line.length).map((at) => line.slice(0, at)),
        fc
          .tuple(fc.nat(line.length), fc.string({ maxLength: 3 }))
          .map(([at, odd]) => line.slice(0, at) + odd),
        fc
          .dictionary(fc.string(), fc.jsonValue())
          .map((more) => JSON.stringify({ tallySetup: 1, ...setup, ...more })),
      );
      fc.assert(
        fc.property(hostile, (text) => {
          offer(made, text);
          const { signIn, accounts } = made.tally.snapshot();
          expect([signIn, accounts.length]).toEqual([undefined, 1]);
        }),
      );
      expect(kept()).toBe(before);
      expect(made.web.opened).toEqual([]);
    }));

  it.each<[string, string, string]>([
    ['a million letters', 'x'.repeat(1_000_000), 'too long'],
    ['the address of another sign-in', `${loopbackRedirect}?code=abc&state=def`, 'no setup'],
  ])('%s is told', (_, text, words) =>
    withComputer(async (made) => {
      const action: AccountAction = { type: 'account.offer', text };
      expect(made.tally.run(action)).toMatchObject({ ok: true });
      expect(JSON.stringify(made.tally.snapshot().offer)).toContain(words);
    }),
  );
});
