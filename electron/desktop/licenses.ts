import { join } from 'node:path';
import { app, shell } from 'electron';

/** Opens the notices of the code in Tally, which are made with each build; shows the file where nothing opens texts. */
export async function openLicenses(): Promise<void> {
  const folder = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'out');
  const path = join(folder, 'THIRD-PARTY-NOTICES.txt');
  if (await shell.openPath(path)) shell.showItemInFolder(path);
}
