import { afterEach } from 'vitest';
import { disk } from '../../electron/desktop/files/disk.ts';
import './without-electron.ts';
import { direct } from '../../electron/core/http/network.ts';
import type {
  AccountSource,
  Browser,
  Connection,
  Documents,
  Files,
  LoginItem,
  Media,
  Network,
  Notifier,
  RunProgram,
} from '../../electron/core/ports.ts';
import { zoomClouds } from '../../electron/core/sign-in/clouds.ts';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { createVault } from '../../electron/core/sign-in/vault.ts';
import { createTally, type Tally } from '../../electron/core/tally.ts';
import { openCalls } from '../../electron/desktop/advanced/call-files.ts';
import { openFiles } from '../../electron/desktop/user-data.ts';
import type { Result, TallyError } from '../../shared/errors.ts';
import type { Screen } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import { blindMedia } from './blind-media.ts';
import { readCalendarHere } from './calendars/aside.ts';
import { createFakeAttendance, type FakeAttendance } from './fake-attendance.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeKeychain, type FakeKeychain } from './fake-keychain.ts';
import { type Rig, withPractice } from './practice-client.ts';
import { start } from './presence-script.ts';
import { tempFolders } from './temp-folder.ts';

const folderOf = tempFolders();
const running: Tally[] = [];
afterEach(() => {
  for (const tally of running.splice(0)) tally.stop();
});

/** The whole app without its desktop, over real files and a real practice Zoom. */
export interface TallyRig {
  readonly tally: Tally;
  readonly rig: Rig;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly opened: (string | undefined)[];
  readonly quits: number[];
  readonly copied: string[];
  readonly keychain: FakeKeychain;
  readonly attendance: FakeAttendance;
  /** Resolves with the first snapshot, the present one included, for which `test` holds. */
  until(test: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** Another start of the app over the same files, clock and Zoom. One that was killed writes nothing any more. */
  again(end?: 'quit' | 'killed'): TallyRig;
}

interface Options {
  /** Failures of the first sign-ins. */
  readonly failures?: TallyError[];
  readonly folder?: string;
  readonly account?: AccountSource | null;
  readonly keychain?: FakeKeychain;
  readonly browser?: Browser;
  readonly media?: Media;
  readonly network?: Network;
  /** What the administrator of the computer has placed. */
  readonly administratorSetup?: Result<string>;
  readonly documents?: Documents;
  readonly notifier?: Notifier;
  /** With it, the person allows each program. */
  readonly runProgram?: RunProgram;
  readonly loginItem?: LoginItem;
  /** The screen before the person; none where it is left out. */
  seen?(): Screen | undefined;
}

/** A way to a server, with a token that cannot be refreshed. */
export function connectionTo(apiUrl: string, token = 't'): Connection {
  return { apiUrl: () => apiUrl, session: fixedSession(token), scope: () => '', retryNow() {} };
}

/** A browser that cannot be opened, on a computer without a free port. */
const closedBrowser: Browser = {
  open: async () => false,
  listen: () => Promise.reject(new Error('no port')),
};

export function tallyRig(rig: Rig, clock: FakeClock, options: Options = {}): TallyRig {
  const { failures = [], folder = folderOf() } = options;
  const { apiUrl, accessToken } = rig.practice;
  const source: AccountSource = {
    practice: true,
    async connect() {
      const error = failures.shift();
      return error ? { ok: false, error } : { ok: true, value: connectionTo(apiUrl, accessToken) };
    },
  };
  const keychain = options.keychain ?? createFakeKeychain(clock);
  const secrets = keychain.store;
  const opened: (string | undefined)[] = [];
  const quits: number[] = [];
  const copied: string[] = [];
  const attendance = createFakeAttendance();
  const account = options.account === undefined ? source : options.account;
  const { oauthUrl } = rig.practice;
  let alive = true;
  const tally = createTally({
    clock,
    attendance,
    quiet: attendance.desktopQuiet,
    readCalendar: readCalendarHere,
    network: options.network ?? direct,
    files: whileAlive(openFiles(folder), () => alive),
    loginItem: options.loginItem,
    ...(account && { given: account }),
    practice: source,
    closePractice() {},
    vault: createVault(secrets),
    secrets,
    browser: options.browser ?? closedBrowser,
    clouds: { ...zoomClouds, commercial: { oauthUrl, apiUrl } },
    runProgram: options.runProgram ?? (async () => ({ kind: 'done' })),
    notifier: options.notifier ?? { show() {}, close() {} },
    shell: {
      seenScreens: () => [options.seen?.()].filter((screen) => screen !== undefined),
      openWindow: (screen) => opened.push(screen),
      closeWindow() {},
      openPage: (page) => opened.push(page),
      openLicenses() {},
      copy: (text) => copied.push(text),
      chooseFiles: async () => [],
      allowProgram: async () => options.runProgram !== undefined,
      crop() {},
      quit: () => quits.push(1),
    },
    disk,
    media: options.media ?? blindMedia(folder),
    clipboard: { copy: async (text) => copied.push(text) > 0, clear: async () => 'left' },
    documents: options.documents ?? {
      save: async () => ({ ok: true, value: false }),
      open: async () => ({ ok: true, value: null }),
    },
    pages: { startMeeting: async () => false },
    calls: openCalls(folder),
    administratorSetup: async () => options.administratorSetup,
    random: () => 0,
  });
  running.push(tally);
  return {
    tally,
    rig,
    clock,
    folder,
    opened,
    quits,
    copied,
    keychain,
    attendance,
    until: (test) =>
      new Promise((done) => {
        let unsubscribe = () => {};
        const look = (snapshot: Snapshot) => {
          if (!test(snapshot)) return;
          unsubscribe();
          done(snapshot);
        };
        unsubscribe = tally.subscribe(look);
        look(tally.snapshot());
      }),
    again(end = 'quit') {
      tally.stop();
      alive = end === 'quit';
      keychain.restart();
      return tallyRig(rig, clock, { ...options, folder, keychain });
    },
  };
}

/** Files that take nothing more from a process that is gone, of which something may still be under way here. */
function whileAlive(files: Files, isAlive: () => boolean): Files {
  return new Proxy(files, {
    get(target, name: keyof Files) {
      return isAlive() || !/^(save|keep|forget)/.test(name) ? target[name] : () => {};
    },
  });
}

/** Runs `use` with an app whose time is also Zoom's. */
export function withTally(use: (made: TallyRig) => Promise<void>, options: Options = {}): Promise<void> {
  const clock = createFakeClock(start);
  return withPractice({ now: clock.now }, (rig) => use(tallyRig(rig, clock, options)));
}

export const status = (snapshot: Snapshot) => snapshot.presence.current.status;
/** Connected, and Zoom has said what the status is. */
export const ready = ({ presence }: Snapshot) => presence.checkedAt !== undefined;
export const sent = async ({ rig }: TallyRig) =>
  (await rig.state()).requests.filter(({ operationId }) => operationId === 'updatePresenceStatus');
