import { join } from 'node:path';
import { app, nativeTheme, powerMonitor } from 'electron';
import type { Action } from '../../shared/actions.ts';
import type { Preferences } from '../../shared/app.ts';
import { statusOfSlug } from '../../shared/said.ts';
import type { Snapshot } from '../../shared/state.ts';
import { tellLocale } from '../../shared/words/clock.ts';
import { notices } from '../../shared/words/en/notices.ts';
import { shortcuts as words } from '../../shared/words/en/shortcuts.ts';
import { unsavedCount, unsavedIn } from '../../shared/words/unsaved.ts';
import type { SettableStatus } from '../../shared/zoom/presence.ts';
import { createTally } from '../core/tally.ts';
import { openCalls } from './advanced/call-files.ts';
import { advancedHandlers } from './advanced/handlers.ts';
import { allowProgram } from './allow-program.ts';
import { attendance } from './attendance.ts';
import { openPage, startMeeting } from './browser.ts';
import { createCalendarReader } from './calendar/aside.ts';
import { startCalendarHost } from './calendar/host.ts';
import { serveCommands } from './cli/server.ts';
import { clipboard, copyText } from './clipboard.ts';
import { clock } from './clock.ts';
import { documents } from './documents.ts';
import { startReader } from './files/reader-host.ts';
import { createReaders } from './files/readers.ts';
import { onFurtherLaunch, ownLaunch } from './instance.ts';
import { handleIpc, handlePopover } from './ipc.ts';
import { createLaunches, takeLinks } from './launches.ts';
import { rememberCopies } from './left-behind.ts';
import { libraryHandlers } from './library/handlers.ts';
import { openLicenses } from './licenses.ts';
import { usualLocale } from './locale.ts';
import { systemLoginItem } from './login-item.ts';
import { chooseFiles, createPictures } from './media/pictures.ts';
import { network } from './network.ts';
import { createNotifier } from './notifications/notifier.ts';
import { canBePlaced, createPopover } from './popover.ts';
import { popoverHandlers } from './popover-handlers.ts';
import { createPortalShortcuts } from './portal-shortcuts.ts';
import { createPrograms } from './programs.ts';
import { servePages } from './protocol.ts';
import { desktopQuiet } from './quiet.ts';
import { quit } from './quit.ts';
import { releaseSource } from './release-source.ts';
import { administratorSetup, setupHandlers } from './setup-files.ts';
import { createShortcuts, type ToldShortcuts } from './shortcut.ts';
import { type AccountParts, accountParts } from './startup.ts';
import type { TrayIcon } from './tray/tray.ts';
import { watchPanel } from './tray/watcher.ts';
import { openFiles } from './user-data.ts';
import { createAppWindow } from './window.ts';

/** Everything after the tray icon is up: state, account, window, and the wires between them. */
export function startApp(tray: TrayIcon): void {
  tellLocale(usualLocale());
  const files = openFiles(app.getPath('userData'));
  const accounts = accountParts();
  const looked = { window: false, popover: false };
  const look = (at: keyof typeof looked) => (visible: boolean) => {
    looked[at] = visible;
    tally.watch(looked.window || looked.popover);
  };
  const window = createAppWindow({
    first() {
      servePages();
      handleIpc(
        {
          state: { get: () => ({ ok: true, value: tally.snapshot() }) },
          actions: { run: (action) => tally.run(action) },
          setup: setupHandlers(tally, pictures.pasted),
          navigation: {
            shown({ screen }) {
              window.shows(screen);
              return { ok: true, value: null };
            },
          },
          ...pictures.handlers(tally),
          library: libraryHandlers(tally, window, pictures.pasted),
          ...advancedHandlers(tally, window, pictures.pasted),
        },
        window,
      );
    },
    visible: look('window'),
  });
  const reviewUnsaved = () => window.open(unsavedIn(tally.snapshot().settings) > 0 ? 'settings' : 'profile');
  const popover = createPopover({
    first() {
      servePages();
      const { shown } = pictures.handlers(tally).picture;
      handlePopover(popoverHandlers(tally, popover, shown), popover);
    },
    visible: look('popover'),
    icon: tray.place,
  });
  const copies = rememberCopies(clipboard, join(app.getPath('userData'), 'copied'));
  const disk = createReaders(startReader, clock);
  const pictures = createPictures(window, disk);
  const tally = createTally({
    ...accounts,
    clock,
    attendance,
    network,
    files,
    disk,
    readCalendar: createCalendarReader(startCalendarHost, clock),
    media: pictures.port,
    clipboard: copies,
    documents,
    pages: { startMeeting: (url) => startMeeting(url, accounts.practiceSite()) },
    calls: openCalls(app.getPath('userData')),
    administratorSetup,
    notifier: createNotifier(),
    loginItem: systemLoginItem(),
    releases: releaseSource(),
    runProgram: createPrograms({ clock, platform: process.platform, env: process.env }),
    quiet: desktopQuiet({ clock, platform: process.platform, env: process.env }),
    shell: {
      seenScreens: () => (popover.isSeen() ? inPopover : window.seenScreens()),
      openWindow: window.open,
      closeWindow: window.close,
      openPage,
      openLicenses,
      copy: copyText,
      chooseFiles,
      allowProgram,
      crop: (image) => window.notify('picture', 'crop', image),
      quit: () => void quit(unsavedCount(tally.snapshot()), reviewUnsaved),
    },
    random: Math.random,
  });

  tray.onAction((action) => {
    const asked = canBePlaced ? askedStatus(action) : undefined;
    if (asked) {
      popover.ask(asked);
      return;
    }
    // What the tray offers is always well-formed; what is refused all the same shows in the snapshot.
    tally.run(action);
  });
  tray.onClick(() => {
    const opens = canBePlaced ? files.preferences().trayClick : 'window';
    if (opens === 'popover') popover.toggle('click');
    else window.toggle();
  });
  const launches = createLaunches(tally, window, clock);
  const toldShortcuts = ({ refused, triggers }: ToldShortcuts) => tally.refuseShortcuts(refused, triggers);
  const askForShortcuts = canBePlaced
    ? createShortcuts(toldShortcuts)
    : createPortalShortcuts({
        clock,
        memory: {
          read: () => files.kept('shortcuts', 'turnedDown'),
          keep: (turnedDown) => files.keep('shortcuts', 'turnedDown', turnedDown),
        },
        told: toldShortcuts,
      });
  const setShortcuts = ({ preferences, presets }: Snapshot) => {
    const wanted: [string, { does: string; act(): void }][] = presets.list.flatMap(({ name, shortcut }) => {
      const act = () => launches.further({ argv: ['status', '--', name] });
      return shortcut ? [[shortcut, { does: words.choosesPreset(name), act }]] : [];
    });
    const opens = { does: words.opensIt, act: () => popover.toggle('key') };
    if (preferences.shortcut !== '') wanted.push([preferences.shortcut, opens]);
    askForShortcuts(new Map(wanted));
  };
  tally.subscribe((snapshot) => {
    showTheme(snapshot.preferences.theme);
    tray.show(snapshot);
    window.notify('state', 'changed', snapshot);
    popover.notify(snapshot);
    setShortcuts(snapshot);
  });
  showTheme(files.preferences().theme);
  tray.show(tally.snapshot());

  app.on('activate', () => window.open());
  // Reported twice on some systems; waking is safe to repeat.
  powerMonitor.on('resume', () => {
    tally.wake();
    panel.look();
  });
  let stopCommands = () => {};
  quitCleanly(async () => {
    stopCommands();
    await tally.stop();
    await accounts.close();
  }, accounts.secrets);

  setShortcuts(tally.snapshot());
  void tally.connect();
  void copies.takeBack();
  launches.first(ownLaunch());
  onFurtherLaunch(launches.further);
  stopCommands = serveCommands(app.getPath('userData'), launches.command);
  takeLinks();
  if (!files.preferences().startHidden && !app.commandLine.hasSwitch('hidden')) window.open();
  const panel = watchPanel(
    {
      present() {
        window.closeMeansQuit(false);
        tally.removeNotice('no-tray');
        window.withdraw();
      },
      absent(before) {
        window.closeMeansQuit(true);
        tally.addNotice(noTray);
        // Who has had the icon knows that Tally runs; a window that opens by itself would be in the way.
        if (!before) window.offer();
      },
      missed: () => tray.recreate(),
      returned: () => tray.redraw(),
    },
    clock,
  );
}

/** What the popover shows, by the screens that show it, too. */
const inPopover = ['status', 'zak'] as const;

/** The status that "Other…" of the menu asks about. */
function askedStatus(action: Action): SettableStatus | undefined {
  const isAsking = action.type === 'window.open' && action.screen === 'status';
  return isAsking ? statusOfSlug(action.search) : undefined;
}

/** The system's, as Electron begins with. */
let theme: Preferences['theme'] = 'system';

/** To touch `nativeTheme` takes a megabyte, so only somebody with another theme than the system's pays for it. */
function showTheme(wanted: Preferences['theme']): void {
  if (wanted === theme) return;
  theme = wanted;
  nativeTheme.themeSource = wanted;
}

/** How long the clean-up may take, and a keychain that was asked to write, in ms. */
const cleaning = 1_000;
const writing = 5_000;

/** Lets the clean-up and what is on its way to the keychain finish before the process ends. */
function quitCleanly(cleanUp: () => Promise<void>, secrets: AccountParts['secrets']): void {
  let begun = false;
  let done = false;
  const atMost = (work: Promise<unknown>, ms: number) =>
    Promise.race([work.catch(() => {}), new Promise<void>((resolve) => clock.setTimeout(resolve, ms))]);
  app.on('will-quit', async (event) => {
    if (done) return;
    // A second Quit waits for the same clean-up.
    event.preventDefault();
    if (begun) return;
    begun = true;
    await Promise.all([atMost(cleanUp(), cleaning), atMost(secrets.close(), writing)]);
    done = true;
    // A call that never comes back (KeePassXC waits for its person), or that a sign-out begins only now, would make an end in good
    // order an abort with a core dump (napi, in keytar). All files are written whole at any moment, so the plain end harms nothing.
    if (!secrets.end()) process.kill(process.pid, 'SIGKILL');
    // Not from within this event: Electron ignores a quit while it is still working off the one that was put off.
    else setImmediate(() => app.quit());
  });
}

const noTray = { id: 'no-tray', title: notices.noTray, detail: notices.noTrayDetail } as const;
