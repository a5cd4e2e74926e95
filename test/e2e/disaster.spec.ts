import type { Fault } from '../../electron/practice/fault-schema.ts';
import { startGate } from '../support/desktop/gate.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { menuLine, menuText } from '../support/desktop/panel-menu.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

const minute = 60_000;

/** Waits until every fault that was armed has been met. */
async function faultsMet(zoom: ZoomControl): Promise<void> {
  await expect.poll(() => zoom.faults()).toEqual([]);
}

// Answers

test('a status that Zoom never had before shows as Unknown, and "Check again" asks anew', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const body = JSON.stringify({ status: 'Zoned_Out' });
  await zoom.fault({ kind: 'status', status: 200, body }, { operationId: 'userPresenceStatus' });
  await tally.jump(minute);
  await expect(window.status.currentWord()).toHaveText('Unknown');
  await expect(window.page.getByText('Zoom hasn’t reported your status yet.')).toBeVisible();
  await panel.waitFor(
    ({ tooltip, menu }) =>
      tooltip === 'Unknown (Zoom)' && menu.every(({ toggleState }) => toggleState === 'off'),
    'Unknown',
  );
  await window.status.checkAgain();
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.waitFor(({ tooltip }) => tooltip === 'Available (Zoom)', 'Available');
});

const garbled: Readonly<Record<string, Fault>> = {
  'is cut in half': { kind: 'truncate-json' },
  'is a page of a proxy': { kind: 'proxy-html', status: 200 },
  'is JSON of another shape': { kind: 'status', status: 200, body: '{"status":{"a":1},"end_time":7}' },
};

for (const [kind, fault] of Object.entries(garbled)) {
  test(`an answer to "what is the status" that ${kind} does no harm`, async ({ zoom, launch }) => {
    const tally = await launch();
    const window = await tally.window();
    await expect(window.status.currentWord()).toHaveText('Available');
    await zoom.patch({ presence: 'In_Calendar_Event' });
    await zoom.fault(fault, { operationId: 'userPresenceStatus' });
    await tally.jump(minute);
    await faultsMet(zoom);
    await expect(window.status.currentWord()).toHaveText(/^(Available|Unknown)$/);
    await tally.jump(minute);
    await expect(window.status.currentWord()).toHaveText('In a calendar event');
  });
}

test('an unreadable answer to a change is not taken for success; "Try again" sends it', async ({
  panel,
  zoom,
  launch,
}) => {
  const window = await (await launch()).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await zoom.fault({ kind: 'proxy-html', status: 200 });
  await window.status.choose('Away');
  await expect(window.status.failure()).toContainText('Couldn’t set Away');
  await expect(window.status.failure()).toContainText('Zoom answered in an unknown way.');
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.waitFor(({ tooltip }) => tooltip === 'Available (Zoom). Couldn’t set Away', 'the failure');
  await window.status.retry();
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.status.failure()).toBeHidden();
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('a change whose answer is cut off arrives in the end', async ({ panel, zoom, launch }) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await zoom.fault({ kind: 'cut', bytes: 12 });
  await panel.click(['Away']);
  // Zoom has it and takes no second one for a minute; Tally cannot know and sends it once more then.
  await panel.waitFor(({ menu }) => menuLine(menu, 'Cancel Away') !== undefined, 'Away waiting');
  await tally.jump(minute);
  await panel.waitForTooltip('Away (');
  expect((await zoom.presence()).status).toBe('Away');
});

const garbledUser: Readonly<Record<string, Fault>> = {
  'is cut in half': { kind: 'truncate-json' },
  'is a page of a proxy': { kind: 'proxy-html', status: 200 },
  'has a name that is no text': {
    kind: 'status',
    status: 200,
    body: '{"id":"x","email":["a"],"display_name":{"b":1}}',
  },
};

for (const [kind, fault] of Object.entries(garbledUser)) {
  test(`an answer to "who am I" that ${kind}: not connected, "Try again" connects`, async ({
    panel,
    zoom,
    launch,
  }) => {
    await zoom.fault(fault, { operationId: 'user' });
    const window = await (await launch()).window();
    await expect(window.notConnected()).toBeVisible();
    await panel.waitForTooltip('Tally: Zoom');
    await tryAgain(window);
    await expect(window.status.currentWord()).toHaveText('Available');
    await expect(window.accountName()).toHaveText('Robin Ashdown');
  });
}

async function tryAgain({ page }: AppWindow): Promise<void> {
  await page.getByRole('button', { name: /^(Try again|Sign in again)$/ }).click();
}

// Connection

test('Zoom cannot be reached at the start: said in tray and window, and "Try again" works', async ({
  panel,
  practice,
  launch,
}) => {
  const gate = await startGate(practice);
  await gate.shut();
  const window = await (await launch({ env: { TALLY_ZOOM_API: gate.apiUrl } })).window();
  await expect(window.notConnected()).toBeVisible();
  await expect(window.page.getByText('Zoom couldn’t be reached.')).toBeVisible();
  const view = await panel.waitFor(
    ({ tooltip }) => tooltip === 'Tally: Zoom couldn’t be reached.',
    'no connection',
  );
  expect(view.menu.find(({ label }) => label === 'Away')?.enabled).toBe(false);
  await gate.open();
  await panel.click(['Not connected. Try again']);
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.waitForTooltip('Available');
  await gate.shut();
});

test('"Try again" in the window, too, connects once Zoom can be reached', async ({ practice, launch }) => {
  const gate = await startGate(practice);
  await gate.shut();
  const window = await (await launch({ env: { TALLY_ZOOM_API: gate.apiUrl } })).window();
  await expect(window.notConnected()).toBeVisible();
  await tryAgain(window);
  await expect(window.notConnected()).toBeVisible();
  await gate.open();
  await tryAgain(window);
  await expect(window.status.currentWord()).toHaveText('Available');
  await gate.shut();
});

test('Zoom goes away in the middle: the change waits, and is sent when it is back', async ({
  panel,
  practice,
  zoom,
  launch,
}) => {
  const gate = await startGate(practice);
  const tally = await launch({ env: { TALLY_ZOOM_API: gate.apiUrl } });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await gate.shut();
  await window.status.choose('Away');
  await expect(window.status.waiting()).toContainText('Switching to Away when you’re online');
  const view = await panel.waitFor(
    ({ tooltip }) => tooltip === 'Available (Zoom). Switching to Away when you’re online',
    'Away waiting',
  );
  expect(menuText(view.menu)).toContain('    Switching to Away when you’re online');
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(await zoom.updates()).toEqual([]);

  await gate.open();
  await tally.jump(minute);
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.status.waiting()).toBeHidden();
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await gate.shut();
});

// Refusals

test('not signed in to a Zoom app: the way out is shown, "Try again" works, and once back it is sent by itself', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await zoom.patch({ loggedIn: false });
  await window.status.choose('Away');
  await expect(window.status.failure()).toContainText('Couldn’t set Away');
  await window.status.failure().getByText('What to do').click();
  await expect(window.status.failure().getByRole('listitem')).toHaveCount(3);
  const view = await panel.waitFor(
    ({ tooltip }) => tooltip === 'Available (Zoom). Couldn’t set Away',
    'the failure',
  );
  expect(menuText(view.menu)).toContain(
    'Couldn’t set Away: You aren’t signed in to a Zoom app on any device.',
  );
  await window.status.retry();
  await expect(window.status.failure()).toContainText('Couldn’t set Away');
  await zoom.patch({ loggedIn: true });
  await panel.click(['Try again']);
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.status.failure()).toBeHidden();
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);

  await zoom.patch({ loggedIn: false });
  await tally.jump(61_000);
  await expect(window.status.currentWord()).toHaveText('Offline');
  await expect(window.page.getByText('Zoom won’t accept a status until')).toBeVisible();
  await window.status.choose('Busy');
  await expect(window.status.failure()).toContainText('Couldn’t set Busy');
  await zoom.patch({ loggedIn: true });
  await tally.jump(61_000);
  await expect(window.status.currentWord()).toHaveText('Busy');
  await expect(window.status.failure()).toBeHidden();
});

test('a token that Zoom no longer takes: said, and "Sign in again" signs in', async ({
  panel,
  zoom,
  launch,
}) => {
  const window = await (await launch()).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await zoom.fault({ kind: 'unauthorized' });
  await window.status.choose('Away');
  const words = 'The access token that Tally was given is no longer accepted.';
  await expect(window.notConnected()).toBeVisible();
  await expect(window.page.getByText(words)).toBeVisible();
  const view = await panel.waitFor(({ tooltip }) => tooltip === `Tally: ${words}`, 'the reason');
  expect(view.menu.map(({ label }) => label)).toContain('Sign in again…');
  expect(await zoom.updates()).toEqual([]);

  await zoom.fault({ kind: 'unauthorized' }, { operationId: 'user' });
  await window.fix();
  await expect(window.notConnected()).toBeVisible();
  // The choice was not lost: it is sent as soon as there is a sign-in that Zoom takes.
  await window.fix();
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

for (const address of [
  'https://api.zoom.us/v2',
  'http://localhost:8080/v2',
  'http://127.0.0.1@example.org/v2',
]) {
  test(`TALLY_ZOOM_API does not take ${address}`, async ({ panel, zoom, launch }) => {
    const window = await (await launch({ env: { TALLY_ZOOM_API: address } })).window();
    await expect(window.notConnected()).toBeVisible();
    const words = 'TALLY_ZOOM_API and TALLY_ZOOM_OAUTH take only addresses such as http://127.0.0.1:8080.';
    await expect(window.page.getByText(words)).toBeVisible();
    await panel.waitFor(({ tooltip }) => tooltip === `Tally: ${words}`, 'the reason');
    expect(await zoom.updates()).toEqual([]);
  });
}

// Desktop

test('without a session bus the window opens, says so and works; closing it quits', async ({
  zoom,
  launch,
}) => {
  const tally = await launch({
    hidden: true,
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
  });
  await expect.poll(async () => (await zoom.requests()).length).toBeGreaterThan(0);
  await tally.jump(31_000);
  const window = await tally.window();
  await expect(window.notice('Your desktop shows no tray icons')).toBeVisible();
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.presence()).status).toBe('Away');
  const closed = tally.app.waitForEvent('close');
  await tally.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closed;
});

test('of thirty quick clicks in tray and window the first is sent, and the newest waits', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await panel.waitForTooltip('Available');
  const words = ['Away', 'Presenting', 'On a call'];
  const clicks = async (click: (word: string) => Promise<void>, count: number) => {
    for (let turn = 0; turn < count; turn += 1) await click(words[turn % words.length] as string);
  };
  await Promise.all([
    clicks((word) => panel.click([word]), 15),
    clicks((word) => window.status.choose(word), 14),
  ]);
  await panel.click(['Busy']);
  await expect(window.status.waiting()).toContainText('Busy');
  expect(await zoom.updates()).toHaveLength(1);

  await tally.jump(minute);
  await panel.waitFor(({ tooltip }) => tooltip === 'Busy (you)', 'Busy');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Busy' }]);
  expect(await zoom.updates(429)).toEqual([]);
});
