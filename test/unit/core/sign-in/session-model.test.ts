import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenResult } from '../../../../electron/core/ports.ts';
import type { Tokens } from '../../../../electron/core/sign-in/oauth.ts';
import { createSession } from '../../../../electron/core/sign-in/session.ts';
import { createVault } from '../../../../electron/core/sign-in/vault.ts';
import { createGrants } from '../../../../electron/practice/grants.ts';
import { type Result, type TallyError, tallyError } from '../../../../shared/errors.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeKeychain } from '../../../support/fake-keychain.ts';

const hour = 3_600_000;
/** How long a way through the network, or a write to the keychain, takes, in ms. */
const way = 20;
/** Longer than every wait of a session: the second for another copy, the longest pause after failures. */
const allWaits = 70_000;

/** One thing that happens. `copy` is which of two programs over the same keychain it happens to. */
type Step =
  | { readonly do: 'call' | 'kill' | 'sign-in'; readonly copy: 0 | 1 }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'expire' | 'lose-answer' | 'lose-request' | 'trouble' | 'revoke' | 'lock' | 'unlock' };

/** What may end a sign-in for a good reason: Zoom ended it, or the newest token got lost on its way. */
const causes: readonly Step['do'][] = ['lose-answer', 'kill', 'revoke', 'lock', 'sign-in'];

/** A process from its start to its end. */
interface Run {
  alive: boolean;
  inFlight: number;
  /** Tokens that Zoom has called dead, in an answer that this process got. */
  readonly told: Set<string>;
  readonly ended: TallyError[];
  readonly session: ReturnType<typeof createSession>;
}

interface Copy {
  run: Run | undefined;
  /** As in the list of accounts: Zoom has ended the sign-in, and the person was told. */
  over: boolean;
}

class World {
  readonly clock = createFakeClock();
  readonly keychain = createFakeKeychain();
  readonly vault = createVault(this.keychain.store);
  readonly copies: readonly [Copy, Copy] = [
    { run: undefined, over: false },
    { run: undefined, over: false },
  ];
  readonly issued = new Set<string>();
  readonly #grants = createGrants({ now: this.clock.now, advance() {}, set() {} }, 'account');
  #fault: 'lose-answer' | 'lose-request' | 'trouble' | undefined;

  /** The first copy signs in, the second finds what is in the keychain. */
  async begin(): Promise<void> {
    await this.signIn(0);
    await this.start(1);
  }

  async step(one: Step): Promise<void> {
    switch (one.do) {
      case 'call':
        return void this.call(one.copy);
      case 'kill':
        this.kill(one.copy);
        return this.start(one.copy);
      case 'sign-in':
        // A person signs in again where Tally asks for it.
        return this.copies[one.copy].over ? this.signIn(one.copy) : undefined;
      case 'wait':
        return this.clock.advance(one.ms);
      case 'expire':
        return this.clock.jump(hour);
      case 'revoke':
        return this.#grants.end(({ userId }) => userId === 'me');
      case 'lock':
        return this.keychain.lock();
      case 'unlock':
        return this.keychain.unlock();
      default:
        this.#fault = one.do;
    }
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#fault = undefined;
    this.keychain.unlock();
  }

  async signIn(index: 0 | 1): Promise<void> {
    this.kill(index);
    const { accessToken, accessExpiresAt, refreshToken } = this.#grants.issue('me', 'app', [
      'user:read:user',
    ]);
    this.issued.add(refreshToken);
    await this.vault.save('a', { refreshToken });
    this.copies[index].over = false;
    this.#run(index, { refreshToken }, { token: accessToken, expiresAt: accessExpiresAt });
  }

  kill(index: 0 | 1): void {
    const { run } = this.copies[index];
    if (run) run.alive = false;
    this.copies[index].run = undefined;
  }

  /** With the keychain locked there is nothing to start with; the next start may find it open. */
  async start(index: 0 | 1): Promise<void> {
    if (this.copies[index].over) return;
    const loaded = await this.vault.load('a');
    if (!loaded.ok) expect(loaded.error.action).toBe('unlock-keychain');
    else if (loaded.value) this.#run(index, loaded.value);
  }

  /** One call to Zoom as the client makes it: a refused token is refreshed once. */
  async call(index: 0 | 1): Promise<TokenResult | undefined> {
    const { run } = this.copies[index];
    if (!run) return undefined;
    const accepted = ({ token }: { token: string }) => typeof this.#grants.byAccessToken(token) === 'object';
    let result = await run.session.accessToken();
    if (result.ok && !accepted(result)) result = await run.session.refresh(result.token);
    const isOver = !result.ok && result.error.action === 'sign-in';
    expect(run.ended, 'whoever is signed out was told why, once').toHaveLength(isOver ? 1 : run.ended.length);
    expect(run.ended.length).toBeLessThanOrEqual(1);
    if (!result.ok && !isOver) expect(result.error.retryAt, 'a passing failure has a time').toBeDefined();
    return result;
  }

  #run(index: 0 | 1, grant: Parameters<typeof createSession>[0]['grant'], access?: Access): void {
    const copy = this.copies[index];
    /** What a process does in so many ms is not done when it was killed before. */
    const later = (ms: number) =>
      new Promise<void>((done) => this.clock.setTimeout(() => run.alive && done(), ms));
    const session = createSession({
      clock: this.clock,
      random: () => 0,
      grant,
      ...(access && { access }),
      prepare: async (present) => {
        await later(way);
        return this.vault.prepare('a', present);
      },
      refresh: async (token) => {
        expect(run.told.has(token), 'a token is sent after Zoom called it dead').toBe(false);
        expect(copy.over, 'a token is sent after the person was told that the sign-in is over').toBe(false);
        run.inFlight += 1;
        expect(run.inFlight, 'refreshes in flight').toBe(1);
        await later(way);
        const answer = this.#token(token);
        await later(way);
        run.inFlight -= 1;
        if (!answer.ok && answer.error.kind === 'not-signed-in') run.told.add(token);
        return answer;
      },
      save: async (next) => {
        await later(way);
        await this.vault.save('a', next);
      },
      reload: () => this.vault.load('a'),
      ended: (error) => {
        run.ended.push(error);
        copy.over = true;
      },
      refreshed: () => {},
    });
    const run: Run = { alive: true, inFlight: 0, told: new Set(), ended: [], session };
    copy.run = run;
  }

  /** Zoom's token endpoint, with what was armed to go wrong. */
  #token(refreshToken: string): Result<Tokens> {
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault === 'lose-request') return failed('network');
    if (fault === 'trouble') return failed('zoom-down');
    const grant = this.#grants.refresh(refreshToken, 'app');
    if (grant) this.issued.add(grant.refreshToken);
    if (fault === 'lose-answer') return failed('network');
    if (!grant) return failed('not-signed-in');
    const { accessToken, accessExpiresAt: expiresAt } = grant;
    return { ok: true, value: { accessToken, refreshToken: grant.refreshToken, expiresAt, scope: '' } };
  }
}

interface Access {
  readonly token: string;
  readonly expiresAt: number;
}

function failed(kind: TallyError['kind']): { ok: false; error: TallyError } {
  return { ok: false, error: tallyError(kind, 'It failed.') };
}

const copy = fc.constantFrom(0 as const, 1 as const);
const perCopy = (...kinds: readonly ('call' | 'kill' | 'sign-in')[]) =>
  fc.tuple(fc.constantFrom(...kinds), copy).map(([kind, index]): Step => ({ do: kind, copy: index }));
const plain = (...kinds: readonly Exclude<Step['do'], 'call' | 'kill' | 'sign-in' | 'wait'>[]) =>
  fc.constantFrom(...kinds).map((kind): Step => ({ do: kind }));
const wait = fc
  .oneof(fc.integer({ min: 0, max: 3 * way }), fc.integer({ min: 0, max: 3_000 }))
  .map((ms): Step => ({ do: 'wait', ms }));

const anything = fc.array(
  fc.oneof(
    { arbitrary: perCopy('call'), weight: 5 },
    { arbitrary: wait, weight: 5 },
    { arbitrary: plain('expire'), weight: 2 },
    { arbitrary: perCopy('kill', 'sign-in'), weight: 1 },
    {
      arbitrary: plain('lose-answer', 'lose-request', 'trouble', 'revoke', 'lock', 'unlock', 'unlock'),
      weight: 2,
    },
  ),
  { maxLength: 40 },
);
/** Two copies take the token from each other, the network is bad, but Zoom and the keychain do what they are asked. */
const harmless = fc.array(
  fc.oneof(
    { arbitrary: perCopy('call'), weight: 4 },
    { arbitrary: wait, weight: 4 },
    { arbitrary: plain('expire', 'lose-request', 'trouble'), weight: 2 },
  ),
  { maxLength: 40 },
);

/** What the second copy has in the keychain is dead when the first one takes it, and its successor is on its way there. */
const rotatedTwice: Step[] = [
  { do: 'call', copy: 1 },
  { do: 'wait', ms: 60 },
  { do: 'call', copy: 0 },
  { do: 'expire' },
  { do: 'wait', ms: 920 },
  { do: 'call', copy: 1 },
  { do: 'wait', ms: 20 },
  { do: 'expire' },
];

async function play(steps: readonly Step[]): Promise<World> {
  const world = new World();
  await world.begin();
  const calls: Promise<unknown>[] = [];
  for (const one of steps) {
    // A call is not waited for: the next thing happens while it is on its way. A failed check still fails the run.
    if (one.do === 'call') calls.push(world.call(one.copy));
    else await world.step(one);
    await settle();
  }
  world.heal();
  await world.clock.advance(allWaits);
  // Those of killed processes never end.
  await Promise.race([Promise.all(calls), settle()]);
  return world;
}

/** Calls once more, now that nothing goes wrong, and gives what came of it. */
async function lastCall(world: World, index: 0 | 1): Promise<TokenResult | undefined> {
  const { run } = world.copies[index];
  if (!run) await world.start(index);
  world.copies[index].run?.session.retryNow();
  const call = world.call(index);
  await world.clock.advance(allWaits);
  return call;
}

describe('whatever happens to a sign-in', () => {
  it('one refresh is in flight, no dead token is sent again, and it works in the end or the person knows', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (steps) => {
        const world = await play(steps);
        for (const index of [0, 1] as const) {
          const last = await lastCall(world, index);
          const { over } = world.copies[index];
          expect(last?.ok === true, 'a copy works unless the person was told that it is over').toBe(!over);
          if (over) {
            const happened = steps.some((one) => causes.includes(one.do));
            expect(happened, 'nobody is signed out without a cause').toBe(true);
          }
        }
        const stored = await world.vault.load('a');
        expect(stored.ok && world.issued.has(stored.value?.refreshToken ?? '')).toBe(true);
      }),
      { numRuns: 400, examples: [[rotatedTwice]] },
    );
  }, 60_000);

  it('two copies that take the token from each other never sign anybody out', async () => {
    await fc.assert(
      fc.asyncProperty(harmless, async (steps) => {
        const world = await play(steps);
        for (const index of [0, 1] as const) {
          expect(await lastCall(world, index)).toMatchObject({ ok: true });
          expect(world.copies[index].over).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
