import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dropFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/signed-in.ts';

const run = promisify(execFile);

interface Told {
  readonly summary: { readonly data: string };
  /** As dunst draws it: Pango markup. */
  readonly message: { readonly data: string };
}

/** The dunst of Debian. Its menu of buttons is answered by a program that chooses the one whose words contain `button`. */
async function startDunst(folder: string, button: string) {
  const chooser = join(folder, 'choose');
  writeFileSync(chooser, `#!/bin/sh\ngrep -F -m1 '${button}'\n`);
  chmodSync(chooser, 0o755);
  const config = join(folder, 'dunstrc');
  writeFileSync(
    config,
    `[global]\nmarkup = full\ndmenu = ${chooser}\nformat = "<b>%s</b>\\n%b"\nidle_threshold = 0\n`,
  );
  const dunst = spawn('dunst', ['-conf', config], { stdio: 'ignore' });
  const ended = once(dunst, 'exit');
  const control = async (...args: string[]) => (await run('dunstctl', args)).stdout.trim();
  await expect.poll(() => control('count', 'displayed').catch(() => 'none yet')).toBe('0');
  return {
    control,
    displayed: () => control('count', 'displayed'),
    /** All that are no longer shown, newest first. */
    async history(): Promise<readonly Told[]> {
      const { data } = JSON.parse(await control('history')) as { data: Told[][] };
      return data.flat();
    },
    async stop() {
      dunst.kill();
      await ended;
    },
  };
}

test('dunst shows what Tally tells: its words as they are, one a place, and a button that works', async ({
  launch,
  panel,
  zoom,
  files,
}) => {
  const dunst = await startDunst(files.path, 'Try again');
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await zoom.patch({ loggedIn: false });
  await panel.click(['Busy']);
  await expect.poll(dunst.displayed).toBe('1');
  await zoom.patch({ loggedIn: true });
  await dunst.control('context');
  await panel.waitForTooltip('Busy (you)');
  await expect.poll(dunst.displayed).toBe('0');
  expect((await dunst.history()).map(({ summary }) => summary.data)).toEqual(['Couldn’t set Busy']);

  await panel.click(['Open Tally']);
  const { page } = await openBackgrounds(tally);
  const upload = { operationId: 'uploadVBuser' } as const;
  await zoom.fault({ kind: 'hold', when: 'before' }, upload, 1);
  const before = (await zoom.requests()).at(-1)?.id ?? 0;
  await dropFiles(page, [files.picture('Tom & Jerry <b>bold<b>.png', 1)]);
  await zoom.held(upload, before);
  await tally.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.hide();
  });
  await zoom.release();
  await expect.poll(dunst.displayed).toBe('1');
  await dunst.control('close-all');
  const [uploaded] = await dunst.history();
  expect(uploaded?.summary.data).toBe('Background uploaded');
  expect(uploaded?.message.data).toContain('Tom &amp; Jerry &lt;b&gt;bold&lt;b&gt;.png');
  await tally.quit();
  await dunst.stop();
});

test('dunst shows each kind of news that comes of a status, a timer, a ZAK and a sign-in', async ({
  signInOne,
  panel,
  zoom,
  files,
}) => {
  const dunst = await startDunst(files.path, 'none of them');
  const { tally, window } = await signInOne();
  await window.open('Preferences');
  await window.preferences.toggleNotification('Timer about to end');
  await tally.app.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows()) if (one.isVisible()) one.hide();
  });
  const minute = 60_000;
  /** Puts away what is shown, and finds it among what was; gives its words. */
  const told = async (title: string): Promise<string> => {
    let found: Told | undefined;
    const look = async () => {
      await dunst.control('close-all');
      found = (await dunst.history()).find(({ summary }) => summary.data === title);
      return found !== undefined;
    };
    await expect.poll(look, { message: title, timeout: 20_000 }).toBe(true);
    return found?.message.data ?? '';
  };
  await panel.click(['Copy ZAK']);
  expect(await told('ZAK copied')).toContain('Valid until ');
  await zoom.fault({ kind: 'status', status: 500 }, { operationId: 'userZak' }, 20);
  await tally.jump(minute);
  await panel.click(['Copy ZAK']);
  expect(await told('Couldn’t copy a ZAK')).toContain('Zoom is having problems');
  await zoom.clearFaults();
  await panel.click(['Away', '15 minutes']);
  await panel.waitForTooltip('Away, ');
  await tally.jump(14 * minute);
  expect(await told('Away ends in a minute')).toContain('Switching to Available at ');
  await tally.jump(minute);
  expect(await told('Away ended')).toContain('Back to Available.');
  await tally.jump(minute);
  await zoom.patch({ loggedIn: false });
  await panel.click(['Busy', 'Until I change it']);
  await told('Couldn’t set Busy');
  await zoom.patch({ loggedIn: true, endSignIns: true });
  await tally.jump(minute);
  await panel.click(['Do not disturb', '15 minutes']);
  await told('Sign in to Zoom again');
  await tally.quit();
  await dunst.stop();
});

test('without a notification service Tally goes on, and the tray tells it', async ({
  launch,
  panel,
  zoom,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await zoom.patch({ loggedIn: false });
  await panel.click(['Busy']);
  await panel.waitForTooltip('Available (Zoom). Couldn’t set Busy');
  await zoom.patch({ loggedIn: true });
  await panel.click(['Try again']);
  await panel.waitForTooltip('Busy');
  await tally.quit();
});
