import { describe, expect, it, vi } from 'vitest';
import { connectingStart } from '../../shared/connecting.ts';
import { fixedPort, loopbackRedirect, portRedirect } from '../../shared/redirects.ts';
import { createWeb } from '../support/fake-browser.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { makeApp } from '../support/oauth.ts';
import { withPractice } from '../support/practice-client.ts';
import { start } from '../support/presence-script.ts';
import { type TallyRig, tallyRig } from '../support/tally-rig.ts';
import { eventually } from '../support/waiting.ts';

const web = 'https://www.example.com/tally/';

/** A sign-in through an app that is registered with `redirect`, from a computer on which `taken` ports are another program's. */
function withWay(
  redirect: string,
  use: (made: TallyRig & { readonly browser: ReturnType<typeof createWeb>; back: URL }) => Promise<void>,
  taken: readonly number[] = [],
) {
  return withPractice({}, async (rig) => {
    const browser = createWeb(taken);
    const made = tallyRig(rig, createFakeClock(start), { account: null, browser: browser.browser });
    const { clientId = '' } = await makeApp(rig.practice, { redirect, public: 'on' });
    made.tally.run({ type: 'account.sign-in', clientId, cloud: 'commercial', redirectUri: redirect });
    await made.until(({ signIn }) => signIn?.phase === 'waiting');
    await eventually(() => expect(browser.opened).toHaveLength(1));
    const back = new URL(await rig.practice.consent(browser.opened[0] ?? ''));
    expect(`${back.origin}${back.pathname}`).toBe(redirect);
    await use({ ...made, browser, back });
    await made.until(({ account }) => account.phase === 'connected');
    expect(made.tally.snapshot().accounts[0]).toMatchObject({ app: { isPublic: true } });
  });
}

const paste = ({ tally }: TallyRig, address: string) => tally.run({ type: 'account.sign-in.paste', address });

describe('a way back', () => {
  it('with a port that is registered is that port', () =>
    withWay(portRedirect, async ({ browser, back }) => {
      expect(browser.goTo(back.href)).toBe('done');
    }));

  it('whose port is taken is told, and the address pasted', () =>
    withWay(
      portRedirect,
      async (made) => {
        expect(made.tally.snapshot().signIn).toMatchObject({ listening: false, redirectUri: portRedirect });
        paste(made, made.back.href);
      },
      [fixedPort],
    ));

  it('by a page that sends the browser on ends at the port', () =>
    withWay(web, async ({ browser, back }) => {
      expect(browser.goTo(`${portRedirect}${back.search}`)).toBe('done');
    }));

  it('by the web alone is pasted, as it is or as it was sent on', () =>
    withWay(web, async (made) => void paste(made, made.back.href)).then(() =>
      withWay(web, async (made) => void paste(made, `${portRedirect}${made.back.search}`)),
    ));
});

describe('the way to an app of one’s own', () => {
  it('is kept over a restart and over sign-ins through other apps, and begins anew once its own is done', () =>
    withPractice({}, async (rig) => {
      const browser = createWeb();
      const made = tallyRig(rig, createFakeClock(start), { account: null, browser: browser.browser });
      expect(made.tally.snapshot().connecting).toEqual(connectingStart);
      made.tally.run({ type: 'account.connecting', patch: { step: 'create', mayCreate: true } });
      made.tally.run({ type: 'account.connecting', patch: { done: ['build'], redirectUri: portRedirect } });
      const next = made.again();
      expect(next.tally.snapshot().connecting).toEqual({
        ...connectingStart,
        step: 'create',
        mayCreate: true,
        done: ['build'],
        redirectUri: portRedirect,
      });
      const signIn = async (clientId: string, email?: string) => {
        next.tally.run({ type: 'account.sign-in', clientId, cloud: 'commercial' });
        await eventually(() => expect(browser.opened).toHaveLength(1));
        browser.goTo(await rig.practice.consent(browser.opened.splice(0)[0] ?? '', email));
        await next.until(({ signIn, account }) => signIn === undefined && account.phase === 'connected');
      };
      const { clientId = '' } = await makeApp(rig.practice, { redirect: loopbackRedirect, public: 'on' });
      next.tally.run({ type: 'account.connecting', patch: { clientId } });
      next.tally.run({ type: 'account.practice' });
      await next.until(({ account }) => account.phase === 'connected');
      await signIn(rig.practice.clientId);
      expect(next.tally.snapshot().connecting).toMatchObject({ step: 'create', done: ['build'], clientId });
      await signIn(clientId, (await rig.state()).users.find((one) => one.presence.loggedIn)?.email);
      expect(next.tally.snapshot().connecting).toEqual(connectingStart);
    }));

  it('gives a manifest that the marketplace takes', async () => {
    const save = vi.fn(async () => ({ ok: true, value: true }) as const);
    await withPractice({}, async (rig) => {
      const documents = { save, open: async () => ({ ok: true, value: null }) as const };
      const made = tallyRig(rig, createFakeClock(start), { account: null, documents });
      made.tally.run({ type: 'account.connecting', patch: { groups: ['Presence', 'Settings'] } });
      made.tally.run({ type: 'account.manifest' });
      await eventually(() => expect(save).toHaveBeenCalled());
      const [[name, text] = []] = save.mock.calls as unknown as [string, string][];
      expect(name).toMatch(/\.json$/);
      const form = new FormData();
      form.set('manifest', new Blob([text ?? '']), name);
      const page = await fetch(new URL('/develop/manifest', rig.practice.oauthUrl), {
        method: 'POST',
        body: form,
      });
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('It has 5 scopes')]);
    });
  });
});
