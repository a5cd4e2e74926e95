import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Practice } from '../../electron/practice/server.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openAt } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

const settingsUpdate = { operationId: 'userSettingsUpdate' } as const;
const chat = 'settings:in_meeting.chat';
const chime = 'settings:in_meeting.entry_exit_chime';
const hostVideo = 'settings:schedule_meeting.host_video';

const openSettings = (tally: RunningTally) =>
  openAt(tally, 'Zoom settings', ({ settings }) => settings.setting(hostVideo));

/** Where the changes that Zoom took went, and what they held. */
async function patches(zoom: ZoomControl): Promise<unknown[]> {
  const taken = (await zoom.requests()).filter(
    ({ operationId, status }) => operationId === settingsUpdate.operationId && status === 204,
  );
  return taken.map(({ body }) => body);
}

/** Changes settings as another app would. */
async function changeAtZoom({ apiUrl, accessToken }: Practice, body: object): Promise<void> {
  const { status } = await fetch(`${apiUrl}/users/me/settings`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(status).toBe(204);
}

test('search finds by words, help and Zoom’s own names; the keyboard alone goes to a setting and changes it', async ({
  launch,
  zoom,
}) => {
  const window = await openSettings(await launch());
  const { settings, page } = window;
  const { keyboard } = page;
  await keyboard.press('Control+f');
  await keyboard.type('waiting room');
  await expect(settings.results().first()).toContainText(/waiting room/i);
  await expectAccessible(window);
  await settings.search().fill('entry_exit_chime');
  await expect(settings.results()).toHaveCount(1);
  await settings.search().fill('nothing is called like this');
  await expect(page.getByText('Nothing found for')).toBeVisible();
  await settings.search().fill('private chat');
  await keyboard.press('Enter');
  const privateChat = 'settings:in_meeting.private_chat';
  // Ready to be changed.
  await expect(settings.switch(privateChat)).toBeFocused();
  // Each setting is one stop of Tab; what its name in the API is, one button tells of all.
  await keyboard.press('Tab');
  await expect(settings.switch('settings:in_meeting.auto_saving_chat')).toBeFocused();
  await settings.details().press('Space');
  await expect(settings.setting(privateChat)).toContainText('in_meeting.private_chat');
  await expectAccessible(window);
  await settings.details().press('Space');
  await expect(settings.setting(privateChat)).not.toContainText('in_meeting.private_chat');
  await settings.switch(privateChat).focus();
  const before = await settings.switch(privateChat).isChecked();
  await keyboard.press('Space');
  await expect(settings.changes()).toContainText('1 change');
  await keyboard.press('Control+s');
  await expect(settings.saved()).toBeVisible();
  expect(await patches(zoom)).toEqual([{ in_meeting: { private_chat: !before } }]);
});

test('settings go by Zoom’s names and by what people say; what only Zoom’s website has is opened there', async ({
  launch,
}) => {
  const tally = await launch();
  const window = await openSettings(tally);
  const { settings } = window;
  const onlySignedIn = 'Only authenticated users can join meetings';
  await settings.search().fill(onlySignedIn);
  await expect(settings.results().first()).toContainText(onlySignedIn);
  await settings.search().fill('MFA');
  await expect(settings.results().filter({ hasText: onlySignedIn })).toHaveCount(1);
  // It is among the settings and in the security view.
  await settings.search().fill('lobby');
  await expect(settings.results().filter({ hasText: /^Waiting room(On|Off|Meeting)/ })).toHaveCount(1);
  await settings.search().fill('rename');
  await expect(settings.results()).toHaveCount(0);
  await expect(settings.onWebsite()).toContainText('Allow participants to rename themselves');
  await expectAccessible(window);
  await tally.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address) => {
      opened.push(address);
    };
  });
  await settings.onWebsite().getByRole('button').click();
  await expect
    .poll(() => tally.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(['https://zoom.us/profile/setting']);
});

test('a setting that Zoom has twice, and not the same, says so and is changed where the account has it', async ({
  launch,
  zoom,
}) => {
  await zoom.patch({ settings: { in_meeting: { waiting_room: false } } });
  const { settings } = await openSettings(await launch());
  await settings.find('Waiting room');
  const waitingRoom = 'meeting_security:meeting_security.waiting_room';
  await expect(settings.switch(waitingRoom)).toBeChecked();
  await expect(settings.setting(waitingRoom)).toContainText('in_meeting.waiting_room is Off');
  await settings.toggle(waitingRoom);
  await settings.save();
  await expect(settings.saved()).toBeVisible();
  await expect(settings.setting(waitingRoom)).not.toContainText('in_meeting.waiting_room');
  expect(await patches(zoom)).toEqual([{ meeting_security: { waiting_room: false } }]);
});

test('what breaks something is warned of on its row and before it is saved', async ({ launch }) => {
  const { settings } = await openSettings(await launch());
  const personal = 'settings:schedule_meeting.personal_meeting';
  if (!(await settings.switch(personal).isChecked())) await settings.toggle(personal);
  await settings.toggle(personal);
  await expect(settings.setting(personal)).toContainText('Personal Meeting ID stop working');
  await expect(await settings.review()).toContainText('Personal Meeting ID stop working');
});

test('each kind of editor: switch, choice, number, text, list; one call holds exactly what changed, and Undo the former', async ({
  launch,
  zoom,
}) => {
  const window = await openSettings(await launch());
  const { settings } = window;
  await settings.find('in_meeting.chat');
  const hadChat = await settings.switch(chat).isChecked();
  await settings.toggle(chat);
  await settings.find('entry_exit_chime');
  await settings.choose(chime, 'Host and co-hosts');
  await settings.find('recording_password_requirement.length');
  const length = settings.line('settings:recording.recording_password_requirement.length');
  const hadLength = Number(await length.inputValue());
  await length.fill(hadLength === 9 ? '8' : '9');
  await settings.find('custom_service_instructions');
  await settings.find('in_meeting.custom_service_instructions');
  await settings.line('settings:in_meeting.custom_service_instructions').first().fill('Use רחוב 7, 東京');
  await settings.find('custom_languages');
  const languages = 'settings:in_meeting.language_interpretation.custom_languages';
  await settings.line(languages).fill('Norwegian');
  await settings.line(languages).press('Enter');
  await settings.find('global_dial_in_countries.selected_countries');
  const countries = 'settings:audio_conferencing.global_dial_in_countries.selected_countries';
  await settings.setting(countries).getByLabel('Germany').check();
  await expectAccessible(window);
  await expect(settings.changes()).toContainText('6 changes');
  const dialog = await settings.review();
  await expect(dialog.getByRole('listitem')).toHaveCount(6);
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(settings.saved()).toBeVisible();
  const sent = {
    audio_conferencing: {
      global_dial_in_countries: {
        selected_countries: [
          { code: 'US', name: 'United States' },
          { code: 'DE', name: 'Germany' },
        ],
      },
    },
    in_meeting: {
      chat: !hadChat,
      entry_exit_chime: 'host',
      custom_service_instructions: 'Use רחוב 7, 東京',
      language_interpretation: { custom_languages: ['Norwegian'] },
    },
    recording: { recording_password_requirement: { length: hadLength === 9 ? 8 : 9 } },
  };
  expect(await patches(zoom)).toEqual([sent]);
  await settings.saved().getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await patches(zoom)).length).toBe(2);
  expect((await patches(zoom))[1]).toMatchObject({
    in_meeting: { chat: hadChat, language_interpretation: { custom_languages: [] } },
    recording: { recording_password_requirement: { length: hadLength } },
  });
});

test('a value out of range is told at once and not sent; what needs another setting says so', async ({
  launch,
  zoom,
}) => {
  const { settings } = await openSettings(await launch());
  const key = 'settings:recording.recording_password_requirement.length';
  await settings.find('recording_password_requirement.length');
  await settings.line(key).fill('11');
  await expect(settings.setting(key)).toContainText(/10/);
  await expect(settings.changes().getByRole('button', { name: 'Save' })).toBeDisabled();
  await settings
    .setting(key)
    .getByRole('button', { name: /^Revert/ })
    .click();
  await expect(settings.changes()).toBeHidden();
  expect(await patches(zoom)).toEqual([]);
});

test('unsaved changes outlast a closed window and a kill; a save can be undone after a restart', async ({
  launch,
  zoom,
}) => {
  const first = await launch();
  const { settings } = await openSettings(first);
  const had = await settings.switch(hostVideo).isChecked();
  await settings.toggle(hostVideo);
  await expect(settings.changes()).toContainText('1 change');
  await first.kill();

  const second = await launch({ userData: first.userData });
  const again = await openSettings(second);
  await expect(again.settings.changes()).toContainText('1 change');
  await expect(again.settings.switch(hostVideo)).toBeChecked({ checked: !had });
  await again.settings.save();
  await expect(again.settings.saved()).toBeVisible();
  await second.quit();

  const third = await openSettings(await launch({ userData: first.userData }));
  await third.settings.undoFromHistory();
  await expect(third.settings.switch(hostVideo)).toBeChecked({ checked: had });
  expect(await patches(zoom)).toEqual([
    { schedule_meeting: { host_video: !had } },
    { schedule_meeting: { host_video: had } },
  ]);
});

test('what was changed at Zoom meanwhile is a conflict: nothing is sent before the person has chosen', async ({
  launch,
  practice,
  zoom,
}) => {
  const { settings } = await openSettings(await launch());
  await settings.find('entry_exit_chime');
  await settings.choose(chime, 'Host and co-hosts');
  await expect(settings.changes()).toContainText('1 change');
  await changeAtZoom(practice, { in_meeting: { entry_exit_chime: 'all' } });
  await settings.save();
  await expect(settings.changes()).toContainText('Changed in Zoom, too');
  expect(await patches(zoom)).toEqual([{ in_meeting: { entry_exit_chime: 'all' } }]);
  const dialog = await settings.review();
  await dialog.getByRole('button', { name: /^Keep mine/ }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(settings.saved()).toBeVisible();
  expect((await patches(zoom))[1]).toEqual({ in_meeting: { entry_exit_chime: 'host' } });
});

test('what AI Companion makes of recordings can be changed; what only the web page changes says so', async ({
  launch,
  zoom,
}) => {
  const tally = await launch();
  const window = await openSettings(tally);
  const { settings } = window;
  await tally.resize(900, 640);
  await expect(settings.section('Features and licenses')).toBeInViewport({ ratio: 1 });
  // From the end of a section to the beginning of another one.
  await settings.page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  await settings.openSection('AI Companion');
  await expect(settings.page.locator('[data-setting]').first()).toBeInViewport();
  const summary = settings.setting('settings:in_meeting.meeting_summary_with_ai_companion.enable');
  await expect(summary).toContainText('Read-only. Zoom’s API has no way to change this.');
  await expect(summary.getByRole('switch')).toBeDisabled();
  await expectAccessible(window);
  const steps = 'settings:recording.smart_recording.create_next_steps';
  const had = await settings.switch(steps).isChecked();
  await settings.toggle(steps);
  await settings.save();
  await expect(settings.saved()).toBeVisible();
  expect(await patches(zoom)).toEqual([{ recording: { smart_recording: { create_next_steps: !had } } }]);
});

test('a setting that Tally does not know is changed after a warning', async ({ launch, zoom }) => {
  const smart_thing = { enable: true, level: 3, list: [{ id: 'a' }] };
  await zoom.patch({ settings: { in_meeting: { smart_thing } }, unknownSettings: 'taken' });
  const window = await openSettings(await launch());
  const { settings, page } = window;
  await settings.openSection('Other');
  const enable = 'settings:in_meeting.smart_thing.enable';
  const level = 'settings:in_meeting.smart_thing.level';
  await expect(settings.switch(enable)).toBeDisabled();
  await expect(settings.setting(enable)).toContainText('Tally doesn’t know this setting.');
  await expect(settings.changeAnyway('settings:in_meeting.smart_thing.list')).toHaveCount(0);
  await expectAccessible(window);
  await settings.changeAnyway(enable).press('Enter');
  await expect(settings.switch(enable)).toBeFocused();
  await page.keyboard.press('Space');
  await settings.changeAnyway(level).click();
  await settings.line(level).fill('4');
  await expect(settings.changes()).toContainText('2 changes');
  await settings.save();
  await expect(settings.saved()).toBeVisible();
  // It was warned once.
  await expect(settings.changeAnyway(enable)).toHaveCount(0);
  await settings.saved().getByRole('button', { name: 'Undo' }).click();
  await expect(settings.switch(enable)).toBeChecked();
  expect(await patches(zoom)).toEqual([
    { in_meeting: { smart_thing: { enable: false, level: 4 } } },
    { in_meeting: { smart_thing: { enable: true, level: 3 } } },
  ]);
});

test('locked by the administrator: shown with Zoom’s words, and the others are saved', async ({
  launch,
  zoom,
}) => {
  const { settings } = await openSettings(await launch());
  await zoom.patch({ locked: ['schedule_meeting.host_video'] });
  await settings.toggle(hostVideo);
  const guests = 'settings:schedule_meeting.participants_video';
  const had = await settings.switch(guests).isChecked();
  await settings.toggle(guests);
  await settings.save();
  await expect(settings.setting(hostVideo)).toContainText('locked by the account administrator');
  expect(await patches(zoom)).toEqual([{ schedule_meeting: { participants_video: !had } }]);
});

test('at a limit of Zoom and without a connection nothing is lost', async ({ launch, zoom }) => {
  const { settings } = await openSettings(await launch());
  await settings.toggle(hostVideo);
  await zoom.fault({ kind: 'rate-limit', variant: 'daily' }, settingsUpdate);
  await settings.save();
  await expect(settings.problem()).toContainText(/limit/i);
  await expect(settings.changes()).toContainText('1 change');
  await zoom.fault({ kind: 'drop', after: true }, settingsUpdate, 5);
  await settings.save();
  // The answer was lost, and what Zoom has counts.
  await expect(settings.changes()).toBeHidden();
});

test('a snapshot goes to a file and comes back: compared, and taken over in part', async ({
  launch,
  practice,
  zoom,
}) => {
  const tally = await launch();
  const window = await openSettings(tally);
  const { settings, page } = window;
  const file = join(tally.userData, 'my settings.json');
  // Nobody can press the buttons of the system's dialogs here; their answers are given in their place.
  await tally.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  const had = await settings.switch(hostVideo).isChecked();
  await settings.menu('Export to a file');
  await expect
    .poll(() => {
      try {
        return JSON.parse(readFileSync(file, 'utf8')).tally;
      } catch {
        return undefined;
      }
    })
    .toBe('settings');
  expect(readFileSync(file, 'utf8')).not.toContain('settings:schedule_meeting.pmi_password');
  await changeAtZoom(practice, {
    schedule_meeting: { host_video: !had },
    in_meeting: { entry_exit_chime: 'host' },
  });
  // Looked at anew, as whenever one comes back to the screen.
  await window.open('Status');
  await window.open('Zoom settings');
  await expect(settings.switch(hostVideo)).toBeChecked({ checked: !had });
  await settings.menu('Compare with a file');
  await page.getByText('Host video').click();
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(settings.changes()).toContainText('1 change');
  await settings.save();
  await expect(settings.saved()).toBeVisible();
  expect((await patches(zoom))[1]).toEqual({ schedule_meeting: { host_video: had } });
});
