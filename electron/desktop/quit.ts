import { app, dialog } from 'electron';
import { dialogs as t } from '../../shared/words/en/dialogs.ts';
import { unsavedWords } from '../../shared/words/unsaved.ts';

let asking = false;

/** Quits; with changes that wait to be saved only once the person has said so. `review` shows them instead. */
export async function quit(unsaved: number, review: () => void): Promise<void> {
  if (unsaved === 0) return app.quit();
  if (asking) return;
  asking = true;
  const { response } = await dialog
    .showMessageBox({
      type: 'question',
      message: t.quitWith(unsavedWords(unsaved)),
      detail: t.nothingLost,
      buttons: [t.quit, t.review, t.cancel],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    })
    .finally(() => {
      asking = false;
    });
  if (response === 0) app.quit();
  if (response === 1) review();
}
