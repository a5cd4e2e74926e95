import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Message } from 'dbus-next';
import { type SettableStatus, statusWord } from '../../shared/zoom/presence.ts';
import { calendarOf, calendarText, startCalendarServer } from '../support/calendars-server.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { searchHeap } from '../support/desktop/canaries.ts';
import { startPipeWire } from '../support/desktop/pipewire.ts';
import { expect, test } from '../support/desktop/tally.ts';

const hour = 3_600_000;

/** From when to when somebody works who begins with this hour and stops with the next one, as it is typed. */
function hourOfWork(): { readonly typed: string; readonly left: number } {
  const now = new Date();
  const from = now.getHours();
  const to = new Date(now.getFullYear(), now.getMonth(), now.getDate(), from + 1).getTime();
  return { typed: `${from}:00-${from + 1}:00`, left: to - now.getTime() };
}

/** GNOME's screen locker, as far as anybody asks it. */
async function startLocker() {
  const bus = await connectBus();
  const name = 'org.gnome.ScreenSaver';
  let locked = false;
  bus.addMethodHandler((message: Message) => {
    if (message.member !== 'GetActive') return false;
    bus.send(Message.newMethodReturn(message, 'b', [locked]));
    return true;
  });
  await bus.requestName(name, 0);
  const lock = (now: boolean) => {
    locked = now;
    bus.send(Message.newSignal('/org/gnome/ScreenSaver', name, 'ActiveChanged', 'b', [now]));
  };
  return { bus, lock };
}

test('outside of working hours the status is another one, unless the person wants it otherwise', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  const { automation, status } = window;
  /** Zoom, whose token lasts an hour, takes it for a minute. */
  const pass = async (ms: number) => {
    await zoom.advance(61_000);
    await tally.jump(ms, { zoom: false });
  };
  await expect(status.currentWord()).toHaveText('Available');
  await window.page.keyboard.press('Control+8');
  await expect(window.heading('Automation')).toBeVisible();
  await automation.toggle('Working hours');
  await expect(automation.rule('Working hours')).toBeChecked();
  const { typed, left } = hourOfWork();
  await automation.day('Monday').fill('soon');
  await automation.day('Monday').press('Enter');
  await expect(automation.day('Monday')).toHaveAccessibleDescription(/^Type hours like 9-17/);
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) {
    await automation.day(day).fill(typed);
    await automation.day(day).press('Enter');
    await expect(automation.day(day)).toHaveValue(/:00.*–.*:00/);
  }
  await tally.resize(420, 700);
  await expectAccessible(window);
  await tally.resize(1100, 760);

  await pass(left + 1_000);
  await panel.waitForTooltip('Away · outside working hours until tomorrow');
  await expect(automation.rightNow()).toContainText('Outside working hours until tomorrow');
  await window.open('Status');
  await expect(status.story()).toContainText('outside working hours until tomorrow');
  await panel.activate();
  const popover = await tally.popover();
  await expect(popover.current()).toContainText('outside working hours until tomorrow');
  await panel.activate();
  await pass(61_000);
  await status.choose('Busy');
  await panel.waitForTooltip('Busy (you)');
  // The next day's hours begin and end, and nothing happens until the person says so.
  await pass(23 * hour);
  await pass(hour);
  await expect(status.automation()).toContainText('your own choice counts');
  await expectAccessible(window);
  await status.automation().getByRole('button', { name: 'Back to automatic' }).click();
  await panel.waitForTooltip('Away · outside working hours');
  await window.open('Automation');
  await expect(automation.log().first()).toContainText('Working hours: set Away');
  await pass(23 * hour);
  await panel.waitForTooltip('Busy (automation)');
  await window.palette.open();
  await window.page.keyboard.type('pause automation today');
  await window.page.keyboard.press('Enter');
  await expect(automation.rightNow()).toContainText('Automation is paused until');
  const said = ['Away', 'Busy', 'Away', 'Busy'].map((one) => ({ status: one }));
  expect(await zoom.updates()).toEqual(said);
});

test('while the screen is locked or the computer sleeps the status is Away', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const { automation, status, ...window } = await tally.window();
  await expect(status.currentWord()).toHaveText('Available');
  await window.page.keyboard.press('Control+8');
  await automation.toggle('Screen lock');
  await expect(automation.seen(/Your system doesn’t tell apps/)).toBeVisible();
  const { lock, bus } = await startLocker();
  lock(true);
  await panel.waitForTooltip('Away · locked since');
  await zoom.advance(61_000);
  lock(false);
  await expect(automation.seen(/unlocked/)).toBeVisible();
  await tally.jump(61_000);
  await panel.waitForTooltip('Available (automation)');
  await tally.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await expect(automation.rightNow()).toContainText('Locked since');
  await tally.jump(61_000);
  await panel.waitForTooltip('Available (automation)');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Available' }]);
  bus.disconnect();
});

test('during an event of a calendar the status is Busy, and the address of the calendar stays a secret', async ({
  panel,
  zoom,
  launch,
}) => {
  const begins = Date.now() + 2 * hour;
  const text = calendarText(begins, begins + hour);
  const server = await startCalendarServer((_, response) => response.end(text), false);
  const tally = await launch();
  const window = await tally.window();
  const { automation, status } = window;
  /** Zoom, whose token lasts an hour, takes it for a minute. */
  const pass = async (ms: number) => {
    await zoom.advance(61_000);
    await tally.jump(ms, { zoom: false });
  };
  await expect(status.currentWord()).toHaveText('Available');
  await window.page.keyboard.press('Control+8');
  await automation.toggle('Calendar');
  const calendars = automation.calendars();
  await automation.addCalendar('webcal://');
  await expect(window.page.getByText('This isn’t the address of a calendar.')).toBeVisible();
  await automation.addCalendar(server.at(`/private-CANARY-${randomUUID()}/basic.ics`));
  await expect(calendars).toContainText('This address is on your computer or local network.');
  await expect(calendars.getByRole('textbox')).toHaveValue('');
  expect(server.asked).toEqual([]);
  await calendars.getByRole('button', { name: /^Read it anyway/ }).click();
  await expect(calendars).toContainText(`Work · 127.0.0.1:${server.port}`);
  await expect(calendars).toContainText(/Next event .*: Design review/);
  await automation.addLogin(server.at('/'), 'anna', `p w-CANARY-${randomUUID()}`);
  await expect(calendars).toContainText(`anna · 127.0.0.1:${server.port}`);
  await tally.resize(420, 700);
  await expectAccessible(window);
  await tally.resize(1100, 760);
  expect(await searchHeap(window.page)).toEqual([]);

  await pass(begins - Date.now() + 1_000);
  await panel.waitForTooltip('Busy · in a calendar event until');
  await expect(automation.rightNow()).toContainText('· Design review');
  await pass(hour);
  await panel.waitForTooltip('Available (automation)');
  await expect(automation.log().first()).toContainText('Calendar: back to Available');
  await server.close();
  await calendars.getByRole('button', { name: /^Refresh Work/ }).click();
  await expect(calendars).toContainText('Couldn’t be read: The server couldn’t be reached.');
  await calendars.getByRole('button', { name: /^Remove Work/ }).click();
  await calendars.getByRole('button', { name: 'Remove', exact: true }).click();
  await calendars.getByRole('button', { name: /^Remove anna/ }).click();
  await calendars.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(calendars).toContainText('Add a calendar');
  expect(await zoom.updates()).toEqual([{ status: 'Busy' }, { status: 'Available' }]);
});

/** Minutes after midnight of a time such as “9:00 AM”. */
function minutesOf(time: string): number {
  const [, hours, minutes, half] = /^(\d+):(\d\d)\s([AP])M$/.exec(time) ?? [];
  return ((Number(hours) % 12) + (half === 'P' ? 12 : 0)) * 60 + Number(minutes);
}

/** A status, and from which minute of the day on. */
interface Begun {
  readonly at: number;
  readonly word: string;
}

/**
 * What Zoom has to have got by what the screen says of the day and what was chosen by hand: what each part sets, and `Available`,
 * which is below all rules, where one ends and nothing else begins.
 */
function dueOf(lines: readonly string[], chosen: readonly Begun[], now: number): Begun[] {
  const parts = lines.map((line) => {
    const [, from = '', until = '', word = ''] = /^(.+? [AP]M)–(.+? [AP]M)(.+?) · /.exec(line) ?? [];
    return { at: minutesOf(from), end: minutesOf(until) || 24 * 60, word };
  });
  const begun = [...parts.map(({ at, word }) => ({ at, word })), ...chosen];
  const ends = parts.filter(({ end }) => end <= now && !begun.some(({ at }) => at === end));
  return [...begun, ...ends.map(({ end }) => ({ at: end, word: 'Available' }))].toSorted(
    (a, b) => a.at - b.at,
  );
}

test('a day goes as the screen says, with a choice by hand in the middle', async ({
  panel,
  zoom,
  launch,
}) => {
  const sound = startPipeWire();
  const today = new Date();
  const tomorrow = (hours: number, minutes: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, hours, minutes).getTime();
  const events = calendarOf([
    { from: tomorrow(9, 30), to: tomorrow(10, 0), title: 'Planning' },
    { from: tomorrow(14, 0), to: tomorrow(14, 30), title: 'Design review' },
  ]);
  const server = await startCalendarServer((_, response) => response.end(events), false);
  const tally = await launch({ path: sound.path, env: sound.env });
  const window = await tally.window();
  const { automation, status } = window;
  await expect(status.currentWord()).toHaveText('Available');
  /** What Zoom got, and at which minute of the day. */
  const got: Begun[] = [];
  let minute = 0;
  let ahead = 0;
  const takeNote = async () => {
    const updates = (await zoom.updates()).slice(got.length) as { readonly status: SettableStatus }[];
    for (const update of updates) got.push({ at: minute, word: statusWord(update.status) });
  };
  /** Goes on to a time of tomorrow; Zoom, whose token lasts an hour, takes it for a minute. */
  const goTo = async (hours: number, minutes: number) => {
    await takeNote();
    minute = hours * 60 + minutes;
    const ms = tomorrow(hours, minutes) + 1_000 - Date.now() - ahead;
    ahead += ms;
    await zoom.advance(61_000);
    await tally.jump(ms, { zoom: false });
  };
  await status.timed().selectOption('Busy');
  await status.timeField().fill('30');
  await status.saveAsPreset('Lunch');
  await goTo(8, 0);
  await window.open('Automation');
  for (const rule of ['Screen lock', 'Calls in other apps', 'Calendar']) await automation.toggle(rule);
  await expect(automation.seen(/no call/)).toBeVisible();
  await automation.addCalendar(server.at('/work.ics'));
  await automation
    .calendars()
    .getByRole('button', { name: /^Read it anyway/ })
    .click();
  await expect(automation.calendars()).toContainText(/Next event .*: Planning/);
  await automation.toggle('Working hours');
  for (const day of ['Saturday', 'Sunday']) {
    await automation.day(day).fill('9-17');
    await automation.day(day).press('Enter');
  }
  await panel.waitForTooltip('Away · outside working hours until 9:00');
  await expect(automation.today()).toHaveText([
    /^8:00 AM–9:00 AMAway · Working hours$/,
    /^9:30 AM–10:00 AMBusy · Calendar · Planning \(planned\)$/,
    /^2:00 PM–2:30 PMBusy · Calendar · Design review \(planned\)$/,
    /^5:00 PM–12:00 AMAway · Working hours \(planned\)$/,
  ]);
  await goTo(9, 0);
  await panel.waitForTooltip('Available (automation)');
  await goTo(9, 30);
  await panel.waitForTooltip('Busy · in a calendar event until 10:00');
  await goTo(10, 0);
  await panel.waitForTooltip('Available (automation)');
  const { lock, bus } = await startLocker();
  await goTo(10, 30);
  lock(true);
  await panel.waitForTooltip('Away · locked since 10:30');
  await goTo(10, 45);
  sound.use('Caller');
  await panel.waitForTooltip('Busy · on a call · microphone in use by Caller');
  await goTo(10, 55);
  sound.free();
  await expect(automation.seen(/no call/)).toBeVisible();
  // A call that has ended counts for half a minute.
  await goTo(10, 56);
  await panel.waitForTooltip('Away · locked since 10:30');
  await goTo(11, 15);
  lock(false);
  await panel.waitForTooltip('Available (automation)');
  await goTo(12, 0);
  await panel.click(['Lunch: Busy for 30 minutes']);
  await panel.waitForTooltip('Busy, 30 min left');
  await goTo(12, 31);
  await panel.waitForTooltip('Available (timer ended)');
  await goTo(14, 0);
  await panel.waitForTooltip('Busy · in a calendar event until 2:30 PM');
  await goTo(14, 15);
  await panel.click(['Out of office', 'Until I change it']);
  await panel.waitForTooltip('Out of office (you)');
  await goTo(17, 30);
  await expect(automation.rightNow()).toContainText('your own choice counts');
  await expect(automation.today()).toHaveCount(6);
  await goTo(18, 0);
  await panel.click(['Back to automatic']);
  await panel.waitForTooltip('Away · outside working hours until tomorrow');
  await expect(automation.today()).toHaveCount(7);
  await takeNote();
  await tally.resize(380, 700);
  await expectAccessible(window);

  const chosen = [
    { at: 12 * 60, word: 'Busy' },
    { at: 12 * 60 + 31, word: 'Available' },
    { at: 14 * 60 + 15, word: 'Out of office' },
  ];
  expect(got).toEqual(dueOf(await automation.today().allTextContents(), chosen, 18 * 60));
  await server.close();
  sound.close();
  bus.disconnect();
});

test('a program of the person’s is told of each status once they have allowed it, and how it fails is shown', async ({
  panel,
  launch,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-lamp-'));
  const [program, told] = [join(folder, 'lamp.sh'), join(folder, 'told')];
  writeFileSync(
    program,
    '#!/bin/sh\necho "$1 $TALLY_STATUS" >> "$2"\n[ "$TALLY_STATUS" = Available ] || { echo "no lamp, token=hunter2" >&2; exit 1; }\n',
    {
      mode: 0o755,
    },
  );
  const tally = await launch();
  const window = await tally.window();
  const { automation } = window;
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Automation');
  await automation.saveCommand(program, ['the lamp', told]);
  // The system's dialog is nobody's to click here; what it asks, and that it is asked, is seen all the same.
  await tally.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async (...asked: unknown[]) => {
      Object.assign(globalThis, { asked });
      return { response: 0, checkboxChecked: false };
    };
  });
  await automation.command().getByText('Run a command', { exact: true }).click();
  await expect(automation.command().getByRole('switch', { name: 'Run a command' })).toBeChecked();
  const asked = await tally.app.evaluate(() => JSON.stringify((globalThis as { asked?: unknown }).asked));
  expect(asked).toContain(JSON.stringify(`${program}\n\nArguments:\nthe lamp\n${told}`));
  await window.page.keyboard.press('Control+1');
  await window.status.choose('Away');
  await panel.waitForTooltip('Away');
  await window.open('Automation');
  await expect(automation.command().getByRole('status')).toContainText('The program ended with 1.');
  await expect(automation.command().getByRole('figure')).toHaveText('It saidno lamp, token=…');
  await expectAccessible(window);
  expect(readFileSync(told, 'utf8')).toBe('the lamp Available\nthe lamp Away\n');
  rmSync(folder, { recursive: true });
});
