import { app } from 'electron';
import { exitCodes } from '../../../shared/exit-codes.ts';
import { readArguments } from '../../../shared/links.ts';
import { timeContext } from '../../../shared/said.ts';
import { clock } from '../clock.ts';
import { ask, print } from './client.ts';
import type { Answer } from './contract.ts';
import { help } from './words.ts';

interface Command {
  readonly argv: readonly string[];
  readonly folder: string | undefined;
}

/** Has the Tally that runs do a command, or answers what needs none, and ends this process; false where it is to be the one. */
export async function finish({ argv, folder }: Command): Promise<boolean> {
  const question = { argv: [...argv], folder, terminal: process.stderr.isTTY === true };
  const answer = (await ask(app.getPath('userData'), question)) ?? withoutTally(argv);
  if (!answer) return false;
  await print(answer);
  app.exit(answer.code);
  return true;
}

/** The answer to what needs no Tally that runs; undefined where one does, as only it knows by what times are read. */
function withoutTally(argv: readonly string[]): Answer | undefined {
  let isTimed = false;
  const asked = readArguments(argv, () => {
    isTimed = true;
    return timeContext({ endOfDay: 0, morningHour: 0 }, clock.now());
  });
  if (asked.kind === 'help') return { code: exitCodes.worked, out: help, err: '' };
  if (asked.kind === 'version')
    return { code: exitCodes.worked, out: `Tally ${app.getVersion()}\n`, err: '' };
  if (asked.kind !== 'refused' || isTimed) return undefined;
  return { code: exitCodes.mistake, out: '', err: `${asked.why}\n` };
}
