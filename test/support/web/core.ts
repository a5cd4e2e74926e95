import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../without-electron.ts';
import { direct } from '../../../electron/core/http/network.ts';
import { zoomClouds } from '../../../electron/core/sign-in/clouds.ts';
import { fixedSession } from '../../../electron/core/sign-in/session.ts';
import { createVault } from '../../../electron/core/sign-in/vault.ts';
import { createTally, type Tally } from '../../../electron/core/tally.ts';
import { clock } from '../../../electron/desktop/clock.ts';
import { disk } from '../../../electron/desktop/files/disk.ts';
import { openFiles } from '../../../electron/desktop/user-data.ts';
import { startPractice } from '../../../electron/practice/server.ts';
import { blindMedia } from '../blind-media.ts';
import { readCalendarHere } from '../calendars/aside.ts';
import { createFakeAttendance } from '../fake-attendance.ts';
import { createFakeClipboard } from '../fake-clipboard.ts';
import { createFakeKeychain } from '../fake-keychain.ts';

// Playwright's process has it now, and starts apps that need the real one.
if (process.env.ELECTRON_OVERRIDE_DIST_PATH === '/nowhere') delete process.env.ELECTRON_OVERRIDE_DIST_PATH;

export interface Core {
  readonly tally: Tally;
  close(): Promise<void>;
}

export interface CoreOptions {
  /** Whether it is connected to a practice Zoom of its own. */
  readonly hasAccount: boolean;
}

/** The whole app without its desktop, in a folder that is gone when it is closed. */
export async function startCore({ hasAccount }: CoreOptions): Promise<Core> {
  const practice = await startPractice({ hasMarketplace: false });
  const folder = mkdtempSync(join(tmpdir(), 'tally-web-'));
  const { apiUrl, accessToken } = practice;
  const account = {
    practice: true,
    connect: async () => {
      const session = fixedSession(accessToken);
      return { ok: true, value: { apiUrl: () => apiUrl, session, scope: () => '', retryNow() {} } } as const;
    },
  };
  const secrets = createFakeKeychain(clock).store;
  const attendance = createFakeAttendance();
  const tally = createTally({
    clock,
    attendance,
    quiet: attendance.desktopQuiet,
    readCalendar: readCalendarHere,
    network: direct,
    files: openFiles(folder),
    ...(hasAccount && { given: account }),
    practice: account,
    closePractice() {},
    vault: createVault(secrets),
    secrets,
    browser: { open: async () => false, listen: () => Promise.reject(new Error('There is no desktop.')) },
    clouds: zoomClouds,
    runProgram: async () => ({ kind: 'done' }),
    notifier: { show() {}, close() {} },
    shell: {
      seenScreens: () => [],
      openWindow() {},
      openPage() {},
      openLicenses() {},
      copy() {},
      chooseFiles: async () => [],
      allowProgram: async () => false,
      crop() {},
      closeWindow() {},
      quit() {},
    },
    disk,
    media: blindMedia(folder),
    clipboard: createFakeClipboard().clipboard,
    documents: {
      save: async () => ({ ok: true, value: false }),
      open: async () => ({ ok: true, value: null }),
    },
    pages: { startMeeting: async () => false },
    calls: {
      list: async () => [],
      read: async () => undefined,
      era: () => 0,
      write: async () => undefined,
      remove: async () => {},
      readIndex: async () => undefined,
      writeIndex: async () => {},
      forget: async () => {},
    },
    administratorSetup: async () => undefined,
    random: Math.random,
  });
  void tally.connect();
  tally.watch(true);
  return {
    tally,
    async close() {
      await tally.stop();
      await practice.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
