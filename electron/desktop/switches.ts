import { app, dialog } from 'electron';
import { dialogs as t } from '../../shared/words/en/dialogs.ts';

/** Each lets another program of this computer look into Tally, or gives it a program of its own to start with Tally's rights. */
const intruding = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-wait',
  'js-flags',
  'gpu-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'browser-subprocess-path',
] as const;

/** Each takes the walls from around the window's process. */
const unwalling = [
  'no-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-gpu-sandbox',
  'single-process',
  'disable-web-security',
  'disable-site-isolation-trials',
] as const;

/**
 * Ends a packaged app that was started with a switch for debugging or against the sandbox: what it holds in the keychain is given to
 * it under its own name, and no fuse stops these (electron/fuses#2). Must run first, before Chromium acts on any.
 *
 * Root has no sandbox in Chromium, and Chromium starts for root only when told `no-sandbox`; it changes nothing there.
 *
 * @returns whether it refuses, and ends as soon as the person has read why.
 */
export function refuseSwitches(): boolean {
  if (!app.isPackaged) return false;
  const isRoot = process.getuid?.() === 0;
  const refused = [...intruding, ...unwalling].find(
    (name) => app.commandLine.hasSwitch(name) && !(isRoot && name === 'no-sandbox'),
  );
  if (refused === undefined) return false;
  process.stderr.write(`${reason(refused)}\n`);
  // An AppImage adds it by itself, and whoever double-clicks one sees no terminal.
  if (refused === 'no-sandbox' && process.env.APPIMAGE && !process.stderr.isTTY) void tell();
  else app.exit(1);
  return true;
}

/** No account and no page is opened for it: only the system's own dialog. */
async function tell(): Promise<void> {
  await app.whenReady();
  dialog.showErrorBox(t.notFromAppImage, t.installPackage);
  app.exit(1);
}

function reason(name: string): string {
  if (name === 'no-sandbox') return t.unprotectedAppImage(name);
  return (unwalling as readonly string[]).includes(name) ? t.unprotected(name) : t.readable(name);
}
