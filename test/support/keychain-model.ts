import fc from 'fast-check';
import { expect } from 'vitest';
import { ends } from '../../electron/core/sign-in/ends.ts';
import { type Case, caseOf } from './accounts-rig.ts';
import { createWeb } from './fake-browser.ts';
import { createFakeClock, settle } from './fake-clock.ts';
import type { FakeKeychain } from './fake-keychain.ts';
import { withPractice } from './practice-client.ts';
import { minute, start } from './presence-script.ts';
import { tallyRig } from './tally-rig.ts';

/** Longer than a caller waits for the keychain, in ms. */
const allWaits = 65_000;
const step = 5_000;
/** Longer than Tally takes to see that the keychain is open again, in ms. */
const seen = 6_000;

/** What a keychain does when it is in the way: refuse, ask the person, or ask about each new process. */
const manners = ['refuses', 'asks', 'asks each process'] as const;

const events = {
  lock: (keychain) => keychain.lock(),
  unlock: (keychain) => keychain.unlock(),
  dismiss: (keychain) => keychain.dismiss(),
  hold: (keychain) => keychain.hold(),
  release: (keychain) => keychain.release(),
  die: (keychain) => keychain.die(),
  revive: (keychain) => keychain.revive(),
} satisfies Readonly<Record<string, (keychain: FakeKeychain) => void>>;

/** What is known of the sign-in of a world's one person. */
interface Model {
  /** The app that the person is signed in through; they have not signed out of it since. */
  app: 'public' | 'confidential' | undefined;
}

/** The app, its keychain, Zoom and one person; kills and starts leave what outlasts a process. */
class World {
  made: Case;
  /** How often Zoom had given new tokens when the keychain was last seen to have the newest. */
  #safeAt: number | undefined;
  /** A process ended without the keychain having had the newest, and the keychain was in the way. */
  #isExcused = false;
  /** Since when nothing was in the way, by the running time. */
  #openSince: number | undefined;
  /** Tally has said that a sign-in through another app stands at Zoom, which it cannot end. */
  #isTold = false;
  readonly #apps = new Set<Model['app']>();
  /** Questions that somebody has brought about. */
  #wants = 1;

  constructor(made: Case) {
    this.made = made;
  }

  get keychain(): FakeKeychain {
    return this.made.keychain;
  }

  get account() {
    return this.made.tally.snapshot().accounts[0];
  }

  get error() {
    const { account } = this.made.tally.snapshot();
    return account.phase === 'failed' ? account.error : undefined;
  }

  /** What stands at Zoom, or of one app. */
  async #grants(app?: Model['app']) {
    const { grants } = await this.made.rig.state();
    const { clientId, confidentialClientId } = this.made.rig.practice;
    const ids = { public: [clientId], confidential: [confidentialClientId] };
    const wanted = app ? ids[app] : Object.values(ids).flat();
    return grants.filter((one) => wanted.includes(one.clientId));
  }

  async start(): Promise<void> {
    void this.made.tally.connect();
    await this.idle();
  }

  /** Ends the process at once, and starts the next one. */
  async kill({ app }: Model): Promise<void> {
    const [grant] = await this.#grants(app);
    const isSafe = grant !== undefined && grant.refreshes === this.#safeAt;
    if (grant && !isSafe && !this.#isExcused) {
      const open = this.made.clock.elapsed() - (this.#openSince ?? Number.POSITIVE_INFINITY);
      expect(open, 'the keychain could have taken what a killed process lost').toBeLessThan(seen);
      this.#isExcused = true;
    }
    this.#wants += 1;
    this.made = this.made.restart('killed');
    await this.start();
  }

  /** Nothing is in the way of what is asked of the keychain. */
  isOpen(): boolean {
    return this.keychain.isOpen() && !this.keychain.store.busy();
  }

  async signIn(app: 'public' | 'confidential'): Promise<void> {
    const { tally, rig, web } = this.made;
    const { clientId, confidentialClientId, clientSecret } = rig.practice;
    this.#apps.add(app);
    const before = web.opened.length;
    const setup = app === 'public' ? { clientId } : { clientId: confidentialClientId, clientSecret };
    tally.run({ type: 'account.sign-in', cloud: 'commercial', ...setup });
    await this.made.until(() => web.opened.length > before);
    web.goTo(await rig.practice.consent(String(web.opened.at(-1))));
    this.#wants += 2;
    this.#safeAt = undefined;
    this.#isExcused = false;
    await this.idle();
    // A former sign-out may have to wait for the keychain first, and one through another app twice.
    for (let waits = 0; tally.snapshot().signIn && waits < 6; waits += 1) {
      await this.pass();
      const { signIn } = tally.snapshot();
      if (signIn) expect(signIn, 'what it waits for is said').toMatchObject({ waitsFor: 'keychain' });
    }
    expect(tally.snapshot(), 'a sign-in comes to an end').not.toHaveProperty('signIn');
  }

  async signOut(): Promise<void> {
    this.#wants += 1;
    const { key } = this.account as { readonly key: string };
    this.made.tally.run({ type: 'account.sign-out', key });
    await this.idle();
  }

  async retry(): Promise<void> {
    this.#wants += 1;
    this.made.tally.run({ type: 'account.reconnect' });
    await this.idle();
  }

  /**
   * What is under way has come to its end, or waits for time or the keychain: nothing was seen of it for several requests to the
   * same Zoom, which runs on the same loop.
   */
  async idle(): Promise<void> {
    let calm = 0;
    for (let former = ''; calm < 8; ) {
      await settle();
      const { requests } = await this.made.rig.state();
      const now = `${requests.length} ${this.made.tally.snapshot().version} ${this.keychain.asked().length}`;
      calm = now === former ? calm + 1 : 0;
      former = now;
    }
  }

  /** Lets all that waits come to its end, in steps in which Zoom can answer: a call is given up after half a minute. */
  async pass(): Promise<void> {
    for (let passed = 0; passed < allWaits; passed += step) {
      await this.made.clock.advance(step);
      await this.idle();
    }
  }

  /** @param hasAnswered the person has just said yes to a question, and the keychain may have taken what it was about */
  async check({ app }: Model, hasAnswered = false): Promise<void> {
    const { tally } = this.made;
    const items = [...this.keychain.items.keys()];
    const [grant] = await this.#grants(app);
    if (app && this.#safeAt !== undefined && !this.isOpen() && grant?.refreshes !== this.#safeAt) {
      expect(hasAnswered, 'nothing is used up before the keychain can keep the next').toBe(true);
      // It has, and has let the next one hang.
      this.#safeAt = undefined;
    }
    if (this.account?.unkept) this.#safeAt = undefined;
    this.#openSince = this.isOpen() ? (this.#openSince ?? this.made.clock.elapsed()) : undefined;
    if (this.account?.phase === 'connected' && !this.account.unkept && this.isOpen()) {
      expect(items, 'a live sign-in is in the keychain').toHaveLength(1);
      this.#safeAt = grant?.refreshes;
    }
    if (app && this.#safeAt !== undefined) {
      expect(items, 'a live sign-in is never deleted').toHaveLength(1);
    }
    const said: readonly string[] = tally.snapshot().notices.map(({ id }) => id);
    this.#isTold ||= this.#apps.size > 1 && said.includes('revoke-refused');
    if (!app && items.length > 0 && !this.keychain.store.busy()) {
      expect(
        ['forget-later', 'revoke-later'].some((id) => said.includes(id)),
        'a sign-out that is not done is said',
      ).toBe(true);
    }
    expect(said.includes('no-keychain'), 'a sign-in that is not kept is said').toBe(
      this.account?.unkept !== undefined,
    );
    expect(this.error?.what, 'nothing is called revoked').not.toBe(ends.unknown.what);
    expect(this.keychain.questions(), 'questions that nobody has brought about').toBeLessThanOrEqual(
      this.#wants,
    );
  }

  /** From now on nothing is in the way, and the person starts Tally once more. */
  async end({ app }: Model): Promise<void> {
    const { keychain } = this;
    keychain.release();
    keychain.revive();
    keychain.prompt(false);
    keychain.confirm(false);
    keychain.unlock();
    await this.idle();
    await this.pass();
    await this.check({ app });
    await this.kill({ app });
    await this.pass();
    const items = [...keychain.items.keys()];
    if (!app) {
      expect(items, 'nothing of a signed-out account is left here').toEqual([]);
      if (!this.#isExcused && !this.#isTold) expect(await this.#grants(), 'nor at Zoom').toEqual([]);
      const said = this.made.tally.snapshot().notices.map(({ id }) => id);
      expect(said.filter((id) => id.endsWith('-later'))).toEqual([]);
    } else if (this.account?.phase !== 'connected') {
      expect(this.#isExcused, `a live sign-in was lost: ${this.error?.what}`).toBe(true);
      expect([ends.memory.what, ends.onItsWay.what]).toContain(this.error?.what);
    }
  }
}

type Command = fc.AsyncCommand<Model, World>;

/** Something that happens, after which all that must always hold is looked at. */
function command(
  name: string,
  run: (world: World, model: Model) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  return {
    check,
    async run(model, world) {
      await run(world, model);
      await world.check(model, name === 'unlock');
    },
    toString: () => name,
  };
}

const fromKeychain = (Object.keys(events) as (keyof typeof events)[]).map((name) =>
  command(name, async (world) => {
    events[name](world.keychain);
    await world.idle();
  }),
);

const signIns = (['public', 'confidential'] as const).map((app) =>
  command(`sign in (${app})`, async (world, model) => {
    // Whoever has to sign in again does so through the same app.
    if (world.account && world.error?.action !== 'sign-in') return;
    const through = model.app ?? app;
    await world.signIn(through);
    model.app = world.account && through;
  }),
);

const common = [
  command(
    'sign out',
    async (world, model) => {
      await world.signOut();
      model.app = undefined;
    },
    ({ app }) => app !== undefined,
  ),
  command('kill', (world, model) => world.kill(model)),
  command('retry', async (world) => {
    if (world.account?.phase === 'failed' && world.error?.action !== 'sign-in') await world.retry();
  }),
  command('refresh due', async (world) => {
    const { made, keychain } = world;
    const wasCalm = !keychain.store.busy();
    const before = keychain.questions();
    made.clock.jump(60 * minute);
    made.tally.run({ type: 'presence.check' });
    await world.idle();
    if (wasCalm) expect(keychain.questions(), 'nobody is asked for what goes on by itself').toBe(before);
  }),
  command('a minute', async (world) => {
    await world.pass();
  }),
];

const commands = fc.commands(
  [...fromKeychain, ...fromKeychain.slice(0, 2), ...signIns, ...signIns, ...common, ...common].map((one) =>
    fc.constant(one),
  ),
  { maxCommands: 16, size: 'max' },
);

/** Runs `use` with an app, a keychain that behaves like this, and a Zoom with no sign-in. */
function withWorld(manner: (typeof manners)[number], use: (world: World) => Promise<void>): Promise<void> {
  const clock = createFakeClock(start);
  clock.skipWaits(1_000);
  return withPractice({ now: clock.now }, async (rig) => {
    const { oauthUrl, refreshToken, clientId } = rig.practice;
    // Its own, with which it begins.
    const own = new URLSearchParams({ token: refreshToken, client_id: clientId });
    await fetch(`${oauthUrl}/oauth/revoke`, { method: 'POST', body: own });
    const web = createWeb();
    const world = new World(caseOf(tallyRig(rig, clock, { account: null, browser: web.browser }), web));
    world.keychain.prompt(manner === 'asks');
    world.keychain.confirm(manner === 'asks each process');
    await world.start();
    await use(world);
  });
}

/** Loads what the app loads at first use: how long that takes, no turn of the loop tells. */
const warmUp = () =>
  withWorld('refuses', async ({ made }) => {
    await made.signIn();
    await made.until(({ account }) => account.phase === 'connected');
    made.clock.jump(60 * minute);
    made.tally.run({ type: 'presence.check' });
    while ((await made.rig.state()).refreshes === 0);
    const [account] = made.tally.snapshot().accounts;
    made.tally.run({ type: 'account.sign-out', key: String(account?.key) });
    while ((await made.rig.state()).revocations < 2);
  });

/** Plays `numRuns` sequences of what can happen to a sign-in, a sign-out and a keychain, each with its own app and Zoom. */
export async function playKeychains(numRuns: number): Promise<void> {
  await warmUp();
  const property = fc.asyncProperty(fc.constantFrom(...manners), commands, (manner, happens) =>
    withWorld(manner, async (world) => {
      const model: Model = { app: undefined };
      await fc.asyncModelRun(() => ({ model, real: world }), happens);
      await world.end(model);
    }),
  );
  await fc.assert(property, { numRuns });
}
