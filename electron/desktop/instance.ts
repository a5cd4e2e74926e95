import { accessSync, constants } from 'node:fs';
import { app } from 'electron';

/**
 * Whether this process is to run: the first one with its user data. Where that folder cannot be written there is no lock to be
 * had (Chromium then refuses it to everybody); Tally runs all the same, and says that it cannot save.
 */
export function claimInstance(): boolean {
  return app.requestSingleInstanceLock() || !isWritable(app.getPath('userData'));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
