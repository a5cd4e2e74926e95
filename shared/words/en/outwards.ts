import { words } from '../language.ts';

export const outwards = words({
  title: 'When the status changes',
  quiet: 'Switch on your desktop’s do not disturb',
  quietHelp:
    'While your status is Do not disturb. After that it’s as it was before, unless you’ve changed it since.',
  quietProblems: {
    never: 'Your system doesn’t let apps switch its do not disturb.',
    untold: 'Your desktop has no do not disturb that Tally could switch, so this can’t do anything here.',
    refused: 'Your desktop didn’t take the change. Look at its own do not disturb.',
  },
  quietReason: 'Do not disturb in Zoom',
  run: 'Run a command',
  runHelp: 'Tally starts your program, so that a lamp at your door or another app can follow.',
  program: 'Program',
  programHelp: 'Its whole path. No shell is used. Before Tally runs it, your system asks you.',
  arguments: 'Arguments, one a line',
  argumentsHelp: 'The status is in TALLY_STATUS and other variables of the environment.',
  choose: 'Choose a program…',
  noProgram: 'Choose a program first.',
  notWhole: 'This isn’t a whole path. Type it from the beginning, or choose the program.',
  tooMany: (most: number) => `A command can have at most ${most} arguments.`,
  failed: (time: string, why: string) => `${time}: ${why}`,
  problems: {
    missing: 'The program isn’t there. Check its path.',
    'not-executable': 'This can’t be run as a program. Check that it may be executed.',
    'not-started': 'Your system couldn’t start the program. Tally tries again at the next change.',
    path: 'Tally didn’t take that path, as it’s too long or has characters that can’t be seen. Rename the program.',
    slow: 'The program took longer than 10 seconds, so Tally ended it.',
  },
  exit: (code: string) => `The program ended with ${code}.`,
  signal: (signal: string) => `The program was ended by ${signal}.`,
  said: 'It said',
});
