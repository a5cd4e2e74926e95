import { words } from '../language.ts';

/** What the person is told once at the top of the window, as a file that couldn't be read. */
export const notices = words({
  noTray: 'Your desktop shows no tray icons',
  noTrayDetail:
    'Tally runs in this window instead; closing it quits. On GNOME, the AppIndicator extension adds a tray, and Tally appears in it at once.',
  fromCopy: (file: string) =>
    `The file couldn’t be read, so the last good copy is used. The old file is kept as ${file}.`,
  noCopy: (file: string) =>
    `The file couldn’t be read and there was no copy. The old file is kept as ${file}.`,
  preferencesReset: 'Preferences were reset',
  preferencesAfresh: (file: string) =>
    `The file couldn’t be read and there was no copy, so the preferences start afresh. The old file is kept as ${file}.`,
  someReset: 'Some preferences were reset',
  someResetDetail: (names: string) => `What was stored couldn’t be used: ${names}.`,
  presetsMissing: 'Presets may be missing',
  checkAutomation: 'Check your automation rules',
  calendarsMissing: 'Calendars may be missing',
  commandMissing: 'Check what happens when your status changes',
  timerLost: 'A timer may have been lost',
  timerLostDetail: (file: string) => `The file with the last status couldn’t be read. It is kept as ${file}.`,
  editsLost: 'Unsaved changes may have been lost',
  editsLostDetail: (ending: string) =>
    `The file with changes of settings or profile that weren’t saved couldn’t be read. It is kept with the ending ${ending}.`,
  accountMissing: 'An account may be missing',
  accountsFromCopy: (file: string) =>
    `The list of accounts couldn’t be read, so the last good copy is used. The old file is kept as ${file}.`,
  connectAgain: 'Connect your accounts again',
  accountsLost: (file: string) =>
    `The list of accounts couldn’t be read and there was no copy. The old file is kept as ${file}.`,
  newerWasHere: 'A newer Tally was here',
  newerWasHereDetail:
    'This version can’t read all that it kept, and leaves it alone. What you change now lasts until Tally quits. Install the newer Tally again.',
  cannotSave: 'Tally can’t save',
  cannotSaveDetail: (folder: string) =>
    `Nothing can be written to ${folder}. Preferences, timers and unsaved changes last until Tally quits.`,
  /** Preferences, as they are told in a list. */
  names: {
    theme: 'theme',
    startHidden: 'start hidden',
    dndMinutes: 'length of “Do not disturb”',
    morningHour: 'morning',
    endOfDay: 'end of day',
    keepHistory: 'history of the advanced panel',
    libraryMegabytes: 'room for the library',
    trayClick: 'what a click on the icon opens',
    shortcut: 'shortcut',
    allowLinks: 'allow tally:// links',
    checkUpdates: 'look for new versions',
    askedAtLogin: 'start at login',
    notifyRefused: 'notifications of refused statuses',
    notifyEnding: 'notifications of timers that are about to end',
    notifyEnded: 'notifications of timers that ended',
    notifyZak: 'notifications of ZAKs',
    notifyUploads: 'notifications of uploads',
    notifySignIn: 'notifications of sign-ins that ended',
  },
});
