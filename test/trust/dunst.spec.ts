import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dropFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';

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
