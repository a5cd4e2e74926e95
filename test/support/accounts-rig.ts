import { expect } from 'vitest';
import type { Snapshot } from '../../shared/state.ts';
import { createWeb } from './fake-browser.ts';
import { createFakeClock } from './fake-clock.ts';
import { withPractice } from './practice-client.ts';
import { start } from './presence-script.ts';
import { type TallyRig, tallyRig } from './tally-rig.ts';

/** The app, and a person at the browser. */
export interface Case extends TallyRig {
  readonly web: ReturnType<typeof createWeb>;
  /** Begins a sign-in and waits until the browser is asked to open its page. */
  begin(): Promise<string>;
  /** Signs a person in from the connect page to the connected account. */
  signIn(email?: string): Promise<Snapshot>;
  restart: (end?: 'quit' | 'killed') => Case;
}

export function caseOf(made: TallyRig, web: ReturnType<typeof createWeb>): Case {
  const { rig, tally, until } = made;
  const begin = async () => {
    const before = web.opened.length;
    tally.run({ type: 'account.sign-in', clientId: rig.practice.clientId, cloud: 'commercial' });
    await until(() => web.opened.length > before);
    return web.opened.at(-1) as string;
  };
  return {
    ...made,
    web,
    begin,
    async signIn(email) {
      const back = await rig.practice.consent(await begin(), email);
      expect(web.goTo(back)).toBe('done');
      return until(({ signIn }) => signIn === undefined);
    },
    restart: (end) => caseOf(made.again(end), web),
  };
}

/** Runs `use` with an app that has no account yet and whose time is also Zoom’s. */
export function withAccounts(use: (made: Case) => Promise<void>): Promise<void> {
  const clock = createFakeClock(start);
  return withPractice({ now: clock.now }, async (rig) => {
    const web = createWeb();
    await use(caseOf(tallyRig(rig, clock, { account: null, browser: web.browser }), web));
  });
}

/** Whose sign-ins through Tally's app stand at Zoom. */
export async function grantsOf({ rig }: Case): Promise<string[]> {
  const { grants } = await rig.state();
  const through = grants.filter(({ clientId }) => clientId === rig.practice.clientId);
  return through.map(({ userId }) => `commercial:${userId}`);
}
