import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, session } from 'electron';
import { mediaPort } from '../../../shared/ipc/media-process.ts';
import { giveWay } from '../give-way.ts';
import { sealContents, sealSession } from '../sealed.ts';
import type { MediaHost } from './process.ts';

/** An empty page: whatever is done there is done by its preload. */
const page = 'app://media/';
const policy =
  "default-src 'none'; media-src blob:; require-trusted-types-for 'script'; trusted-types 'none'";

let made: Electron.Session | undefined;

/** A session of its own, in memory, that loads this one page. */
function mediaSession(): Electron.Session {
  if (made) return made;
  made = session.fromPartition('media', { cache: false });
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
  made.protocol.handle('app', ({ url }) =>
    url === page ? new Response('<!doctype html>', { headers }) : new Response('Not found', { status: 404 }),
  );
  // Videos are played from what the page itself was given.
  sealSession(made, ({ href }) => href === page || href.startsWith(`blob:${page}`));
  return made;
}

/** Starts a sandboxed renderer that nobody sees and that reaches nothing; it decodes and encodes pictures (electron/media-process/). */
export function startMediaHost(): MediaHost {
  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    webPreferences: {
      session: mediaSession(),
      preload: join(__dirname, '../preload/media.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  const contents = window.webContents;
  sealContents(contents, page);
  const { port1: own, port2: theirs } = new MessageChannelMain();
  const gone: (() => void)[] = [];
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    own.close();
    if (!window.isDestroyed()) window.destroy();
    for (const listener of gone) listener();
  };
  contents.on('render-process-gone', end);
  window.on('closed', end);
  own.start();
  contents.loadURL(page).then(() => {
    giveWay(contents.getOSProcessId());
    contents.postMessage(mediaPort, null, [theirs]);
  }, end);
  return {
    send(order) {
      if (!ended) own.postMessage(order);
    },
    onAnswer: (listener) => void own.on('message', ({ data }) => listener(data)),
    onGone: (listener) => void gone.push(listener),
    memory() {
      if (window.isDestroyed()) return 0;
      const pid = contents.getOSProcessId();
      const found = app.getAppMetrics().find((one) => one.pid === pid);
      return (found?.memory.workingSetSize ?? 0) * 1_024;
    },
    end() {
      // One that is in the middle of something does not end by being asked; forcefullyCrashRenderer leaves a dump.
      const pid = window.isDestroyed() ? 0 : contents.getOSProcessId();
      end();
      if (pid > 0) kill(pid);
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
