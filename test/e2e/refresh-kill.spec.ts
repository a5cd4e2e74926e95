import { comesUp, type SignedIn, test } from '../support/desktop/signed-in.ts';
import type { BareTally } from '../support/desktop/start.ts';
import { expect } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

/**
 * SIGKILL in the middle of a refresh, many times over at each point where something could be lost. A start needs new tokens,
 * as the access token is in memory only, so each start is a refresh.
 */

/** `npm run test:trust` kills more often; a few times each are enough to see that nothing has come undone. */
const times = Number(process.env.TALLY_KILLS ?? 3);
const refresh = { path: '/oauth/token', grantType: 'refresh_token' } as const;
const whoAmI = { operationId: 'user' } as const;

test.setTimeout(300_000);

test('killed before Zoom has acted: works, without a question', async ({ signed }) => {
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'before' }, refresh);
    const tally = signed.run();
    await signed.zoom.held({ path: refresh.path }, await newest(signed.zoom));
    await killed(tally, signed);
    expect(await outcome(signed)).toBe('works');
  }
  expect(signed.browser.count()).toBe(1);
});

test('killed after Zoom has acted, before its answer came: asks once, and works again', async ({
  signed,
}) => {
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'after' }, refresh);
    const tally = signed.run();
    await signed.zoom.held({ path: refresh.path }, await newest(signed.zoom));
    await killed(tally, signed);
    // Nobody but the killed process could have known the new token.
    expect(await outcome(signed)).toBe('asks');
  }
  expect(signed.browser.count()).toBe(1 + times);
});

test('killed between Zoom’s answer and the keychain: asks once or works', async ({ signed }) => {
  const ends: string[] = [];
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'after' }, refresh);
    const tally = signed.run();
    await signed.zoom.held({ path: refresh.path }, await newest(signed.zoom));
    const { called } = await signed.keyring.watchCalls();
    signed.keyring.freeze();
    await signed.zoom.release();
    await called;
    await killed(tally, signed);
    signed.keyring.thaw();
    ends.push(await outcome(signed));
  }
  expect(signed.browser.count()).toBe(1 + ends.filter((end) => end === 'asks').length);
});

test('killed right after the keychain has taken the new token: works, without a question', async ({
  signed,
}) => {
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'before' }, whoAmI);
    const tally = signed.run();
    await signed.zoom.held(whoAmI, await newest(signed.zoom));
    await killed(tally, signed);
    expect(await outcome(signed)).toBe('works');
  }
  expect(signed.browser.count()).toBe(1);
});

async function newest(zoom: ZoomControl): Promise<number> {
  return (await zoom.requests()).at(-1)?.id ?? 0;
}

/** Kills it, and lets Zoom find out that nobody waits for the answer any more. */
async function killed(tally: BareTally, { zoom, panel }: SignedIn): Promise<void> {
  await tally.kill();
  await zoom.release();
  await zoom.clearFaults();
  await panel.waitForNoItem();
}

/** How the next start ends. */
async function outcome(signed: SignedIn): Promise<'works' | 'asks'> {
  const tally = signed.run();
  const end = await comesUp(signed);
  await tally.kill();
  await signed.panel.waitForNoItem();
  return end;
}
