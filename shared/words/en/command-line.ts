import { words } from '../language.ts';

interface HelpValues {
  readonly statuses: string;
  readonly screens: string;
  /** By what they mean. */
  readonly codes: Readonly<Record<'worked' | 'mistake' | 'refused' | 'unreached' | 'limit', number>>;
}

/** What the command line says, and why a link or a command does nothing. */
export const commandLine = words({
  help: ({ statuses, screens, codes }: HelpValues) => `Tally: your own Zoom account in the tray

  tally                        Open the window
  tally status [--json]        Print your status
  tally status STATUS [--for LENGTH | --until TIME]
                               Set your status
  tally status PRESET          Use one of your presets
  tally open SCREEN            Open a screen
  tally open settings --search WORDS
                               Search the settings
  tally upload FILE...         Upload backgrounds
  tally setup FILE             Sign in with the setup somebody gave you
  tally --help                 Print this
  tally --version              Print the version

STATUS  ${statuses}
SCREEN  ${screens}
LENGTH  45, 1h30, 1.5h
TIME    14:30, 2:30pm, noon, "tomorrow 8", morning

Tally is started if it isn’t running. Exit codes: ${codes.worked} it worked, ${codes.mistake} the command isn’t right,
${codes.refused} Zoom refused or no account is connected, ${codes.unreached} no answer from Zoom, ${codes.limit} a limit of Zoom’s is reached,
1 anything else.
`,
  now: (status: string) => `${status}.`,
  nowUntil: (status: string, end: string) => `${status} until ${end}.`,
  nowUntilThen: (status: string, end: string, next: string) => `${status} until ${end}, then ${next}.`,
  switching: (status: string) => `Switching to ${status} now.`,
  unreachable: (status: string) => `Zoom can’t be reached. Tally keeps trying to switch to ${status}.`,
  minuteLimitNow: (status: string) => `Zoom allows one change per minute. Switching to ${status} now.`,
  minuteLimit: (status: string, length: string) =>
    `Zoom allows one change per minute. Switching to ${status} in ${length}.`,
  rateLimitNow: (status: string) => `Zoom allows no more calls for now. Switching to ${status} now.`,
  rateLimit: (status: string, length: string) =>
    `Zoom allows no more calls for now. Switching to ${status} in ${length}.`,
  notSet: (status: string, why: string) => `${status} wasn’t set: ${why}`,
  overtaken: (status: string) => `${status} wasn’t set: another choice came after it.`,
  noAccount: 'No account is connected. Open Tally and choose Connect Zoom.',
  accountGone: 'The account is no longer connected.',
  notConnected: 'Not connected',
  notUploaded: 'Nothing was uploaded',
  files: (count: number) => `${count} files`,
  uploading: (what: string) => `Checking and uploading ${what}. See Backgrounds in Tally.`,
  hasSetup: 'Tally has the setup. Choose Sign in with Zoom there.',
  noFile: (path: string) => `There is no file ${path}.`,
  ended: 'Tally ended before it answered.',
  late: 'There is no answer yet. Tally is still at it; see its window.',
  tooLong: 'The command is too long. Name fewer files at once.',
  notText: 'The command can’t be read as text.',
  notUnderstood: 'This Tally doesn’t understand the command. Is it another version?',
  wentWrong: 'Something went wrong inside Tally.',
  linkNotFollowed: 'A tally:// link wasn’t followed',
  commandNotDone: 'Tally didn’t do what the command says',
  linksOff: 'Links are switched off. If you trust where it came from, allow them in Preferences.',
  refused: {
    noLink: 'It isn’t written as Tally’s links are.',
    unknownLink: 'Tally knows no such link.',
    jsonAlone: '“--json” goes with “status” alone.',
    noCommand: 'There is no command.',
    linkAlone: 'A link has to come alone.',
    commands: 'The commands are “status”, “open”, “upload” and “setup”.',
    oneWord: (verb: string) => `“${verb}” takes one word.`,
    presetHasTime: (name: string) => `“${name}” is a preset, which has its own time.`,
    presetNotNow: (name: string, why: string) => `“${name}” can’t be used now. ${why}`,
    oneSetup: '“setup” takes the name of one file.',
    setupFileOnly: '“setup” takes a file only.',
    dashed: (name: string) => `“${name}” begins with a dash. Put -- before the names of such files.`,
    uploadFiles: '“upload” takes the names of files.',
    uploadFilesOnly: '“upload” takes files only.',
    oneOf: (verb: string, names: string) => `“${verb}” takes one of: ${names}.`,
    query: 'What stands after the question mark can’t be read.',
    noOption: (command: string) => `“${command}” takes no such option.`,
    twice: (option: string) => `“${option}” is there twice.`,
    either: 'It is either “for” or “until”.',
    search: 'The words to search for can’t be read.',
    for: (most: number) => `“for” takes a length such as 45 or 1h30, at most ${most} minutes.`,
    until: '“until” takes a time such as 14:30, noon, “tomorrow 8” or morning.',
  },
});
