import { expect } from '@playwright/test';
import { pasted } from '../../test/support/desktop/clipboard.ts';
import type { RunningTally } from '../../test/support/desktop/launch.ts';
import type { AppWindow } from '../../test/support/desktop/pages/app-window.ts';
import type { ZoomControl } from '../../test/support/desktop/zoom.ts';
import type { Step } from './step.ts';

interface Led {
  readonly window: AppWindow;
  readonly tally: RunningTally;
  readonly zoom: ZoomControl;
}

/** Settings, profile and ZAK: what a person changes about themselves. */
export async function personalTour(step: Step, { window, tally, zoom }: Led): Promise<void> {
  const { settings, profileFields, zak, advanced } = window;
  const sent = async (operation: string) =>
    (await zoom.requests())
      .filter(({ operationId, status }) => operationId === operation && status === 204)
      .map(({ body }) => body);

  await step('Settings: all of them, by subject', 'settings', async () => {
    await window.open('Zoom settings');
    await expect(settings.setting('settings:schedule_meeting.host_video')).toBeVisible();
  });
  await step('Searched by words, from every section', 'search', async () => {
    await settings.search().fill('private chat');
    await expect(settings.results().first()).toContainText('Private chat');
  });
  const privateChat = 'settings:in_meeting.private_chat';
  await step('A change waits, with before and after', 'review', async () => {
    await settings.search().press('Enter');
    await settings.toggle(privateChat);
    await expect((await settings.review()).getByRole('listitem')).toHaveCount(1);
  });
  await step('Saved: Zoom was sent this one setting and nothing else', 'saved', async () => {
    const on = await settings.switch(privateChat).isChecked();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(settings.saved()).toBeVisible();
    expect(await sent('userSettingsUpdate')).toEqual([{ in_meeting: { private_chat: on } }]);
  });
  await step('Undone', 'undone', async () => {
    await settings.saved().getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await sent('userSettingsUpdate')).length).toBe(2);
  });
  await step('Profile: a new job title, and only that is sent', 'profile', async () => {
    await window.open('Profile');
    await profileFields.field('Job title').fill('Lighthouse keeper');
    await profileFields.save();
    await expect(profileFields.changes()).toBeHidden();
    expect(await sent('userUpdate')).toEqual([{ job_title: 'Lighthouse keeper' }]);
  });
  await step('ZAK: copied without being shown, and counted down', 'zak', async () => {
    await window.open('ZAK');
    await zak.copy();
    await expect(zak.timeLeft()).toBeVisible();
    expect(await pasted()).toMatch(/^ey/);
  });
  await step('A minute later it is out of the clipboard', 'zak-cleared', async () => {
    await tally.jump(61_000);
    await expect.poll(pasted).toBe('');
  });
  await step('Advanced: any of Zoom’s operations, sent by hand', 'advanced', async () => {
    await window.open('Advanced');
    await advanced.search().fill('get a user');
    await advanced.search().press('Enter');
    await advanced.send();
    await expect(advanced.status()).toHaveText('200 OK');
    await expect(advanced.body()).toContainText('robin.ashdown@practice.example');
  });
}
