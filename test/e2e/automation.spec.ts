import { randomUUID } from 'node:crypto';
import { Message } from 'dbus-next';
import { calendarText, startCalendarServer } from '../support/calendars-server.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { searchHeap } from '../support/desktop/canaries.ts';
import { expect, test } from '../support/desktop/tally.ts';

const hour = 3_600_000;

/** From when to when somebody works who begins with this hour and stops with the next one, as it is typed. */
function hourOfWork(): { readonly typed: string; readonly left: number } {
  const now = new Date();
  const from = now.getHours();
  const to = new Date(now.getFullYear(), now.getMonth(), now.getDate(), from + 1).getTime();
  return { typed: `${from}:00-${from + 1}:00`, left: to - now.getTime() };
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
  await window.page.keyboard.press('Control+9');
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
  await window.page.keyboard.press('Control+9');
  await automation.toggle('Screen lock');
  await expect(automation.seen(/Your system doesn’t tell apps/)).toBeVisible();
  const bus = await connectBus();
  const path = '/org/gnome/ScreenSaver';
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
    bus.send(Message.newSignal(path, name, 'ActiveChanged', 'b', [now]));
  };
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
  await window.page.keyboard.press('Control+9');
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
  await expect(calendars).toContainText('Add a calendar');
  expect(await zoom.updates()).toEqual([{ status: 'Busy' }, { status: 'Available' }]);
});
