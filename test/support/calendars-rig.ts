import { afterEach } from 'vitest';
import './without-electron.ts';
import { readCalendar } from '../../electron/core/calendar/calendar.ts';
import { createCalendars } from '../../electron/core/calendars/calendars.ts';
import { farOnly } from '../../electron/core/calendars/nearby.ts';
import { createWeb } from '../../electron/core/calendars/web.ts';
import { direct } from '../../electron/core/http/network.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { openFiles } from '../../electron/desktop/user-data.ts';
import type { CalendarEntry, CalendarsAction, CalendarsView } from '../../shared/calendars.ts';
import { elsewhere } from './calendars-server.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeKeychain, type FakeKeychain } from './fake-keychain.ts';
import { tempFolders } from './temp-folder.ts';
import { createWatch } from './waiting.ts';

const folderOf = tempFolders();
const running = new Set<{ stop(): Promise<void> }>();
afterEach(async () => {
  await Promise.all([...running].map((one) => one.stop()));
  running.clear();
});

interface Options {
  readonly clock?: FakeClock;
  readonly keychain?: FakeKeychain;
  readonly folder?: string;
  /** What the person chooses in the dialog. */
  readonly chosen?: string;
}

/** The calendars of an account over real files and servers; names that end in zoom.test lead to this computer. */
export function calendarsRig({ chosen, ...options }: Options = {}) {
  const { clock = createFakeClock(), folder = folderOf() } = options;
  const keychain = options.keychain ?? createFakeKeychain(clock);
  const watch = createWatch();
  const files = openFiles(folder);
  const network = { ...direct, trustSystem: trustSystemCertificates };
  const calendars = createCalendars({
    key: 'anna',
    own: { id: 'anna', email: 'anna@example.com' },
    clock,
    network,
    files,
    disk,
    secrets: keychain.store,
    shell: {
      chooseFiles: async () => (chosen === undefined ? [] : [chosen]),
      openWindow() {},
      crop() {},
    },
    changed: watch.changed,
    parse: async (bytes, given) => readCalendar(bytes, given),
    web: createWeb(clock, network, farOnly(elsewhere)),
  });
  running.add(calendars);
  return {
    clock,
    keychain,
    folder,
    files,
    calendars,
    run: (action: CalendarsAction) => calendars.run(action),
    /** Resolves with the view, now or later, for which `test` holds. */
    until: (test: (view: CalendarsView) => boolean) => watch.until(calendars.view, test),
    /** Resolves with the only calendar as soon as `test` holds for it. */
    async only(test: (entry: CalendarEntry) => boolean): Promise<CalendarEntry> {
      const passes = ({ calendars: [one] }: CalendarsView) => one !== undefined && test(one);
      const { calendars: all } = await watch.until(calendars.view, passes);
      return all[0] as CalendarEntry;
    },
    /** Another start over the same files, clock and keychain. */
    async again() {
      await calendars.stop();
      keychain.restart();
      return calendarsRig({ ...options, clock, keychain, folder, ...(chosen !== undefined && { chosen }) });
    },
  };
}

/** It was read, well or not, and is not being read. */
export const isDone = ({ isReading, readAt, problem }: CalendarEntry) =>
  !isReading && (readAt !== undefined || problem !== undefined);
