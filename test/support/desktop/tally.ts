import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, expect } from '@playwright/test';
import { type Practice, startPractice } from '../../../electron/practice/server.ts';
import { type DesktopBrowser, startChromium, startDesktopBrowser } from './browser.ts';
import { startBusLog } from './bus-log.ts';
import { findMarks, findSecrets, searchFiles, withoutSecrets } from './canaries.ts';
import { putByTests } from './clipboard.ts';
import { type ClipboardKeeper, startClipboardKeeper } from './clipboard-keeper.ts';
import { startDesktop } from './desktop.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import { type RunningTally, startTally, unexpectedLines } from './launch.ts';
import { type OtherUser, type Sight, startOtherUser } from './other-user.ts';
import { type Panel, startPanel } from './panel.ts';
import { requireNoSecrets } from './search-everything.ts';
import { searchSignOut } from './signed-out.ts';
import { type BareTally, type LaunchOptions, startBare } from './start.ts';
import { type UploadFolder, uploadFolder } from './upload-files.ts';
import { createZoomControl, type ZoomControl } from './zoom.ts';

export { expect };

/** Requests that are told of a test that failed. */
const lastAsked = 12;

interface Fixtures {
  readonly panel: Panel;
  readonly practice: Practice;
  readonly zoom: ZoomControl;
  /** The keyring of this desktop. It is unlocked and has nothing of Tally when a test starts, and again after it. */
  readonly keyring: Keyring;
  readonly launch: (options?: LaunchOptions) => Promise<RunningTally>;
  /** Without Playwright: no window can be looked into, but nothing holds the app up either. */
  readonly start: (options?: LaunchOptions) => BareTally;
  /** What the system does with addresses that an app of this test opens; goes into `LaunchOptions.path`. */
  readonly desktopBrowser: DesktopBrowser;
  /** Lines that this test provokes; each must really come. */
  readonly expectConsole: (...lines: RegExp[]) => void;
  /** Lines that may come: what an app writes while Playwright still attaches to it, a test does not see. */
  readonly allowConsole: (...lines: RegExp[]) => void;
  /** What went wrong so far, and what of it was expected or allowed. */
  readonly consoles: {
    readonly problems: string[];
    readonly expected: RegExp[];
    readonly allowed: RegExp[];
  };
  /** Files to upload, which are gone after the test. */
  readonly files: UploadFolder;
  /** The user data folders of this test. */
  readonly folders: Set<string>;
  /** What another user of this computer has seen since the test began; looks once more. */
  readonly sights: () => Promise<readonly Sight[]>;
}

interface WorkerFixtures {
  readonly chromium: Browser;
  /** Each worker has one of its own: a display, a session bus and a keyring, in the environment of whatever it starts. */
  readonly desktop: {
    /** The folder for temporary files: everybody may write to it and read it, as /tmp, and nothing of others is in it. */
    readonly temp: string;
  };
  readonly otherUser: OtherUser;
  readonly keeper: ClipboardKeeper;
}

/**
 * The real app on the real Electron, a real panel on the bus, a real keyring, a real browser and a real practice Zoom. A test
 * fails on an unexpected console error, an error of a page, anything Tally's main process wrote that is not Chromium's usual
 * chatter, and a secret of the practice Zoom in what Tally wrote to a console or a file, in what another user of the computer sees,
 * on the clipboard after Quit, or in a file or the keyring after a sign-out.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  desktop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use, { project }) => {
      const temp = mkdtempSync(join(tmpdir(), 'tally-tmp-'));
      chmodSync(temp, 0o1777);
      // A whole Debian would be put there.
      const isOwn = project.name !== 'installed';
      const desktop = await startDesktop(isOwn ? { TMPDIR: temp } : {});
      for (const name of Object.keys(process.env)) if (!(name in desktop.env)) delete process.env[name];
      Object.assign(process.env, desktop.env);
      // Others run for hours, or with keychains that are talked to in the clear.
      const bus = project.name === 'e2e' ? await startBusLog() : undefined;
      await use({ temp });
      expect((await bus?.search()) ?? [], 'no secret went over the session bus').toEqual([]);
      // The keyring holds them, encrypted.
      requireNoSecrets(desktop.folder, [desktop.keyrings]);
      requireNoSecrets(temp);
      desktop.stop();
      rmSync(temp, { recursive: true, force: true });
    },
    { scope: 'worker', auto: true },
  ],
  otherUser: [
    async ({ desktop }, use) => {
      const otherUser = await startOtherUser(desktop.temp);
      await use(otherUser);
      await otherUser.stop();
    },
    { scope: 'worker' },
  ],
  keeper: [
    async ({ desktop: _ }, use) => {
      const keeper = await startClipboardKeeper();
      await use(keeper);
      keeper.close();
    },
    { scope: 'worker' },
  ],
  sights: [
    async ({ otherUser }, use) => {
      const sights: Sight[] = [];
      const look = async () => {
        sights.push(...(await otherUser.seen()));
        return sights;
      };
      await use(look);
      const leaks = (await look()).flatMap(({ place, text }) =>
        findMarks(text).map((form) => ({ place: withoutSecrets(place), form })),
      );
      expect(leaks, 'another user of this computer sees no secret').toEqual([]);
    },
    { auto: true },
  ],
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const browser = await startChromium();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  panel: async ({}, use) => {
    const panel = await startPanel();
    await use(panel);
    await panel.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  practice: async ({}, use, info) => {
    const practice = await startPractice();
    await use(practice);
    if (info.status !== info.expectedStatus) {
      const asked = (await createZoomControl(practice).requests()).slice(-lastAsked);
      const lines = asked.map(({ method, path, status, body }) =>
        JSON.stringify([method, path, status, body]),
      );
      await info.attach('what Zoom was asked last', { body: withoutSecrets(lines.join('\n')) });
    }
    await practice.close();
  },
  zoom: async ({ practice }, use) => use(createZoomControl(practice)),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  keyring: async ({}, use) => {
    const keyring = await openKeyring();
    await keyring.reset();
    await use(keyring);
    await keyring.reset();
    keyring.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  consoles: async ({}, use) => {
    const problems: string[] = [];
    const expected: RegExp[] = [];
    const allowed: RegExp[] = [];
    await use({ problems, expected, allowed });
    const unexpected = problems.filter(
      (line) => ![...expected, ...allowed].some((pattern) => pattern.test(line)),
    );
    expect(unexpected.map(withoutSecrets), 'nothing unexpected was written to a console').toEqual([]);
    const missing = expected.filter((pattern) => !problems.some((line) => pattern.test(line)));
    expect(missing, 'what was expected on a console came').toEqual([]);
  },
  expectConsole: async ({ consoles }, use) => use((...lines) => void consoles.expected.push(...lines)),
  allowConsole: async ({ consoles }, use) => use((...lines) => void consoles.allowed.push(...lines)),
  desktopBrowser: async ({ chromium, consoles }, use) => {
    const { close, ...browser } = await startDesktopBrowser(chromium, consoles.problems);
    await use(browser);
    await close();
    const leaks = browser.handed().flatMap(findMarks);
    expect(leaks, 'no secret was handed to the browser by its arguments').toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  folders: async ({}, use) => {
    const folders = new Set<string>();
    await use(folders);
    const leaks = [...folders].flatMap((folder) => searchFiles(folder));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    expect(leaks, 'no secret is in a file of Tally').toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  files: async ({}, use) => {
    const files = uploadFolder();
    await use(files);
    files.remove();
  },
  launch: async ({ practice, keyring, keeper, sights, consoles, folders }, use, info) => {
    const running: RunningTally[] = [];
    keeper.forget();
    await use(async (options = {}) => {
      const userData = newUserData(options, folders);
      const tally = await startTally({ ...options, userData }, practice, consoles.problems);
      running.push(tally);
      return {
        ...tally,
        async window() {
          const window = await tally.window();
          const rig = { userData, window, keyring };
          window.accounts.aroundSignOut = (signOut) => searchSignOut(signOut, rig);
          return window;
        },
        async kill() {
          await tally.kill();
          // It had no chance to take it back.
          keeper.forget();
        },
      };
    });
    if (info.status !== info.expectedStatus)
      for (const page of running.flatMap(({ app }) => app.windows())) {
        // An app that was killed has none that could tell.
        const text = await page.locator('main').ariaSnapshot({ timeout: 1_000 }).catch(String);
        await info.attach('what a window showed', { body: withoutSecrets(text) });
      }
    await sights();
    // A test that failed meanwhile may have left it standing still, and Tally waits for it when it quits.
    keyring.thaw();
    const outputs: string[] = [];
    for (const tally of running) outputs.push(await tally.quit());
    expect(outputs.flatMap(findMarks), 'no secret was written to a console').toEqual([]);
    const copied = (await keeper.kept()).filter((text) => !putByTests.has(text));
    expect(copied.flatMap(findSecrets), 'no secret is left on the clipboard after Quit').toEqual([]);
  },
  start: async ({ practice, keyring, sights, consoles, folders }, use) => {
    const running: BareTally[] = [];
    await use((options = {}) => {
      const userData = newUserData(options, folders);
      const tally = startBare({ ...options, userData }, practice);
      running.push(tally);
      return tally;
    });
    await sights();
    keyring.thaw();
    for (const tally of running) {
      await tally.kill();
      consoles.problems.push(...unexpectedLines(tally.output()));
    }
    const leaks = running.flatMap((tally) => findMarks(tally.output()));
    expect(leaks, 'no secret was written to a console').toEqual([]);
  },
});

function newUserData({ userData }: LaunchOptions, folders: Set<string>): string {
  const folder = userData ?? mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  folders.add(folder);
  return folder;
}
