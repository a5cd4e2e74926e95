import { dialog } from 'electron';
import type { Command } from '../../shared/outwards.ts';
import { dialogs as t } from '../../shared/words/en/dialogs.ts';

/** Asks by a dialog of the system whether Tally may run a command. */
export async function allowProgram({ program, args }: Command): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: t.runProgram,
    detail: args.length > 0 ? t.programWith(program, args.join('\n')) : program,
    buttons: [t.run, t.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
