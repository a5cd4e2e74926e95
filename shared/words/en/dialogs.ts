import { words } from '../language.ts';

/** What the system's own dialogs say: those for files, the one on quitting, and why Tally does not start. */
export const dialogs = words({
  allFiles: 'All files',
  pictures: 'Pictures',
  picturesAndVideos: 'Pictures and videos',
  uploadBackgrounds: 'Upload backgrounds',
  choosePicture: 'Choose a picture',
  chooseCalendar: 'Choose a calendar',
  calendars: 'Calendars',
  chooseProgram: 'Choose a program',
  runProgram: 'Let Tally run this when your status changes?',
  /** Each argument in a line of its own. */
  programWith: (program: string, args: string) => `${program}\n\nArguments:\n${args}`,
  run: 'Run',
  compareWithFile: 'Compare with a file',
  quitWith: (changes: string) => `Quit Tally with ${changes}?`,
  nothingLost: 'Nothing is lost: you can save them in Zoom when you start Tally again.',
  quit: 'Quit',
  review: 'Review',
  cancel: 'Cancel',
  notFromAppImage: 'Tally can’t start from this AppImage',
  installPackage:
    'Your system doesn’t let programs make user namespaces, and without them Tally’s window would run unprotected.\n\nInstall the .deb or the .rpm instead: it brings the permission along.',
  /** On the terminal, by the switch that Tally was started with. */
  unprotectedAppImage: (name: string) =>
    `Tally doesn’t start with --${name}: its window would run unprotected. An AppImage adds it where the system forbids user namespaces; the .deb and the .rpm bring the permission along.`,
  unprotected: (name: string) => `Tally doesn’t start with --${name}: its window would run unprotected.`,
  readable: (name: string) =>
    `Tally doesn’t start with --${name}: other programs could read your account through it.`,
});
