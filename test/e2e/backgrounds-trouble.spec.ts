import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropFiles } from '../support/desktop/drop.ts';
import { startGate } from '../support/desktop/gate.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { startNotifications } from '../support/desktop/notifications.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { test as base, expect } from '../support/desktop/signed-in.ts';
import { sha256 } from '../support/desktop/upload-files.ts';
import { startUploadLine } from '../support/desktop/upload-line.ts';

type Line = Awaited<ReturnType<typeof startUploadLine>>;

const test = base.extend<{ readonly line: Line }>({
  line: async ({ practice }, use) => {
    const line = await startUploadLine(practice);
    await use(line);
    await line.close();
  },
});

const upload = { operationId: 'uploadVBuser' } as const;
/** How many the practice user has from the beginning. */
const seeded = 3;

test('a cancelled upload stops at once, and nothing of it is at Zoom', async ({
  launch,
  line,
  zoom,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch({ env: { TALLY_ZOOM_API: line.apiUrl } }));
  const held = line.holdAt(0.5);
  await dropFiles(page, [files.large('beach.png', 14)]);
  const { givenUp } = await held;
  await expect(backgrounds.progress('beach.png')).toBeVisible();
  await backgrounds.cancelButton('beach.png').click();
  await givenUp();
  await expect(backgrounds.upload('beach.png')).toContainText('Skipped');
  expect(await zoom.backgrounds()).toHaveLength(seeded);
});

for (const share of [0, 0.5, 0.99]) {
  test(`a connection lost at ${share * 100} %: in the end Zoom has the file, once`, async ({
    launch,
    line,
    zoom,
    files,
  }) => {
    const tally = await launch({ env: { TALLY_ZOOM_API: line.apiUrl } });
    const { backgrounds, page } = await openBackgrounds(tally);
    const path = files.large('beach.png', 3);
    const listed = async () => (await zoom.requests('userSettings')).length;
    const before = await listed();
    line.cutAt(share);
    await dropFiles(page, [path]);
    const row = backgrounds.upload('beach.png');
    await expect(row).toContainText(/Not sent|Waiting for a connection/);
    expect(await zoom.backgrounds()).toHaveLength(seeded);
    if (await backgrounds.retryButton('beach.png').isVisible()) {
      // Zoom may have had it: its list was read, and only a person sends it again.
      expect(await listed()).toBeGreaterThan(before);
      await expect(row).toContainText('Zoom doesn’t list it, so it can be sent again.');
      await backgrounds.retryButton('beach.png').click();
    } else {
      expect(share, 'goes on by itself only where nothing was sent').toBe(0);
      await tally.jump(61_000);
    }
    await expect(row).toContainText('Uploaded');
    const stored = (await zoom.backgrounds()).slice(seeded);
    expect(stored.map((one) => one.sha256)).toEqual([sha256(path)]);
  });
}

test('an upload whose answer is lost is found in Zoom’s list, and not sent twice', async ({
  launch,
  zoom,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  await zoom.fault({ kind: 'drop', after: true }, upload);
  const path = files.picture('beach.png', 90);
  await dropFiles(page, [path]);
  await expect(backgrounds.upload('beach.png')).toContainText('Uploaded');
  expect((await zoom.backgrounds()).slice(seeded).map((one) => one.sha256)).toEqual([sha256(path)]);
  const calls = (await zoom.requests()).filter(({ operationId }) => operationId === upload.operationId);
  expect(calls).toHaveLength(1);
});

test('without a connection an upload waits, and goes on by itself', async ({
  launch,
  practice,
  zoom,
  files,
}) => {
  const gate = await startGate(practice);
  const tally = await launch({ env: { TALLY_ZOOM_API: gate.apiUrl } });
  const { backgrounds, page } = await openBackgrounds(tally);
  await gate.shut();
  const path = files.picture('beach.png', 90);
  await dropFiles(page, [path]);
  await expect(backgrounds.upload('beach.png')).toContainText('Waiting for a connection');
  await gate.open();
  await tally.jump(61_000);
  await expect(backgrounds.upload('beach.png')).toContainText('Uploaded');
  expect((await zoom.backgrounds()).slice(seeded).map((one) => one.sha256)).toEqual([sha256(path)]);
  await tally.quit();
  await gate.shut();
});

test('too many calls in a second are waited out; a day’s limit is said, and nothing more is sent', async ({
  launch,
  zoom,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  await zoom.fault({ kind: 'rate-limit', variant: 'qps' }, upload);
  await dropFiles(page, [files.picture('beach.png', 90)]);
  await expect(backgrounds.upload('beach.png')).toContainText('Uploaded');
  expect(await zoom.backgrounds()).toHaveLength(seeded + 1);

  await zoom.fault({ kind: 'rate-limit', variant: 'daily' }, upload);
  await dropFiles(page, [files.picture('hills.png', 91)]);
  await expect(backgrounds.upload('hills.png')).toContainText(/limit/i);
  expect(await zoom.backgrounds()).toHaveLength(seeded + 1);
  const calls = (await zoom.requests()).filter(({ operationId }) => operationId === upload.operationId);
  expect(calls.map(({ status }) => status)).toEqual([429, 201, 429]);
});

test('a file that changes while it is sent is not passed off as the one that was looked at', async ({
  launch,
  line,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch({ env: { TALLY_ZOOM_API: line.apiUrl } }));
  const path = files.large('beach.png', 14);
  const held = line.holdAt(0.1);
  await dropFiles(page, [path]);
  const { goOn } = await held;
  writeFileSync(path, 'something else');
  goOn();
  await expect(backgrounds.upload('beach.png')).toContainText('Not sent');
  await expect(backgrounds.upload('beach.png')).toContainText(/changed/i);
});

for (const [ending, end] of [
  ['Quit', (tally: RunningTally) => tally.quit()],
  ['kill -9', (tally: RunningTally) => tally.kill()],
] as const) {
  test(`${ending} in the middle of an upload: Zoom has nothing of it, and Tally starts afresh`, async ({
    launch,
    line,
    zoom,
    files,
  }) => {
    const env = { TALLY_ZOOM_API: line.apiUrl };
    const first = await launch({ env });
    const { page } = await openBackgrounds(first);
    const held = line.holdAt(0.5);
    await dropFiles(page, [files.large('beach.png', 6)]);
    const { givenUp } = await held;
    await end(first);
    await givenUp();
    expect(await zoom.backgrounds()).toHaveLength(seeded);
    const { backgrounds } = await openBackgrounds(await launch({ env, userData: first.userData }));
    await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '3 of 10');
    await expect(backgrounds.uploads()).toBeHidden();
  });
}

test('two are sent at a time; a file that is gone when its turn comes is told, and the others arrive', async ({
  launch,
  zoom,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  await zoom.fault({ kind: 'hold', when: 'before' }, upload, 2);
  const paths = [files.picture('a.png', 1), files.picture('b.png', 2), files.picture('c.png', 3)];
  const before = (await zoom.requests()).at(-1)?.id ?? 0;
  await dropFiles(page, paths);
  const first = await zoom.held(upload, before);
  await zoom.held(upload, first.id);
  await expect(backgrounds.upload('c.png')).toContainText('Waiting for its turn');
  rmSync(paths[2] ?? '');
  await zoom.release();
  for (const name of ['a.png', 'b.png']) await expect(backgrounds.upload(name)).toContainText('Uploaded');
  await expect(backgrounds.upload('c.png')).toContainText(/Not sent|Unsupported file/);
  await expect(backgrounds.upload('c.png')).toContainText(/not there|gone|no longer/i);
  expect(await zoom.backgrounds()).toHaveLength(seeded + 2);
});

test('the taskbar shows how far it is, and one notification tells the end to whoever looks elsewhere', async ({
  launch,
  zoom,
  files,
  panel,
}) => {
  const notifications = await startNotifications();
  const tally = await launch();
  await panel.waitForTooltip('Available');
  const { page } = await openBackgrounds(tally);
  // No taskbar of this desktop shows it, so what it would be told is looked at.
  await tally.app.evaluate(({ BrowserWindow }) => {
    const told: number[] = [];
    Object.assign(globalThis, { told });
    const [window] = BrowserWindow.getAllWindows();
    const original = window?.setProgressBar.bind(window);
    if (window) {
      window.setProgressBar = (value) => {
        told.push(value);
        original?.(value);
      };
    }
  });
  await zoom.fault({ kind: 'hold', when: 'before' }, upload, 2);
  const before = (await zoom.requests()).at(-1)?.id ?? 0;
  await dropFiles(page, [files.picture('a.png', 1), files.picture('b.png', 2)]);
  const first = await zoom.held(upload, before);
  await zoom.held(upload, first.id);
  // The media process has a window, too, which nobody sees.
  await tally.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.close(),
  );
  await zoom.release();
  await expect
    .poll(() => notifications.shown)
    .toEqual([
      {
        title: 'Backgrounds uploaded',
        body: '\u2068a.png\u2069, \u2068b.png\u2069',
        buttons: [],
        icon: true,
        entry: 'io.github.tallyauthors.Tally',
      },
    ]);
  const told = await tally.app.evaluate(() => (globalThis as unknown as { told: number[] }).told);
  expect(told.some((value) => value > 0 && value <= 1)).toBe(true);
  expect(told.at(-1)).toBe(-1);
  await panel.click(['Open Tally']);
  await tally.quit();
  notifications.close();
});

test('signing out in the middle of an upload stops it, and takes the library of the account away when told so', async ({
  signInOne,
  zoom,
  files,
}) => {
  const { tally, window, name } = await signInOne();
  await openBackgrounds(tally);
  const { backgrounds, page } = window;
  await dropFiles(page, [files.picture('kept.png', 5)]);
  await expect(backgrounds.upload('kept.png')).toContainText('Uploaded');
  await expect.poll(() => originals(tally.userData)).toHaveLength(1);

  // Zoom has all of it and has not acted yet.
  await zoom.fault({ kind: 'hold', when: 'before' }, upload);
  const last = (await zoom.requests()).at(-1)?.id ?? 0;
  await dropFiles(page, [files.large('beach.png', 3)]);
  await zoom.held(upload, last);
  await window.open('Accounts');
  await window.accounts.signOut(name, { withLibrary: true });
  await window.open('Welcome');
  await expect(window.welcome()).toBeVisible();
  await zoom.release();
  expect(await zoom.backgrounds()).toHaveLength(seeded + 1);
  await expect.poll(() => originals(tally.userData)).toEqual([]);
});

test('switching accounts leaves an upload running, and keeps it out of the other one’s screen', async ({
  signInTwo,
  zoom,
  files,
}) => {
  const { tally, window, name, otherName, otherEmail } = await signInTwo();
  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await openBackgrounds(tally);
  const { backgrounds, page } = window;

  const others = await zoom.backgrounds(otherEmail);
  await zoom.fault({ kind: 'hold', when: 'before' }, upload);
  const path = files.large('beach.png', 3);
  await dropFiles(page, [path]);
  await zoom.held(upload);
  await window.accounts.switchTo(otherName);
  await expect(window.accountName()).not.toHaveText(name);
  await expect(backgrounds.uploads()).toBeHidden();
  await zoom.release();
  await expect.poll(async () => (await zoom.backgrounds()).at(-1)?.sha256).toBe(sha256(path));
  expect(await zoom.backgrounds(otherEmail)).toEqual(others);
  await window.accounts.switchTo(name);
  await window.open('Backgrounds');
  await expect(backgrounds.upload('beach.png')).toContainText('Uploaded');
});

/** Contents that are kept on this computer. */
function originals(userData: string): string[] {
  return ['copies', 'library'].flatMap((kind) => {
    const folder = join(userData, kind);
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    return names.filter((name) => /[0-9a-f]{64}$/.test(name));
  });
}
