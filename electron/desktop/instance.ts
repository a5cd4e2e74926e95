import { accessSync, constants } from 'node:fs';
import { app } from 'electron';

/**
 * Whether this process is to run: the first one with its user data. Where that folder cannot be written there is no lock to be
 * had (Chromium then refuses it to everybody); Tally runs all the same, and says that it cannot save.
 */
export function claimInstance(): boolean {
  // At once: whoever starts a program twice is looking for its window, and the event comes within milliseconds.
  app.on('second-instance', () => open());
  return app.requestSingleInstanceLock() || !isWritable(app.getPath('userData'));
}

let came = false;
let open = () => {
  came = true;
};

/** Calls `listener` for each further launch, also for one that came before anybody listened (two launches at once). */
export function onFurtherLaunch(listener: () => void): void {
  open = listener;
  if (came) listener();
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
