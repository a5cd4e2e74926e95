import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { app, shell } from 'electron';
import type { WebPage } from '../../shared/places.ts';
import type { Browser } from '../core/ports.ts';
import { zoomClouds } from '../core/sign-in/clouds.ts';
import { clock } from './clock.ts';
import { isStartLink } from './links.ts';
import { releases } from './releases.ts';

/** Where one makes an app of one's own (developers.zoom.us/docs/build-flow), and where Zoom's web portal has the settings. */
const pages: Readonly<Record<WebPage, string>> = {
  marketplace: 'https://marketplace.zoom.us/develop/create',
  'government-marketplace': 'https://marketplace.zoomgov.com/develop/create',
  settings: 'https://zoom.us/profile/setting',
  'government-settings': 'https://www.zoomgov.com/profile/setting',
  'zoom-app': 'https://zoom.us/download',
  releases: releases.page,
};

/** The system's browser, and the way back from it. */
export const browser: Browser = {
  async open(address) {
    if (!isSignIn(address)) return false;
    return open(address);
  },
  async listen(path, answered, port = 0) {
    const { listen } = await import('./sign-in/listener.ts');
    return listen(path, answered, { port });
  },
};

/** Zoom documents its scheme with a meeting alone; without one it should only bring the app to the front, which was not tried. */
const zoomApp = 'zoommtg://zoom.us';

/** Opens one of the known pages, or the Zoom app. */
export async function openPage(page: WebPage): Promise<void> {
  await openExternal(page === 'zoom-app' && (await hasZoomApp()) ? zoomApp : pages[page]);
}

/** On Linux, Electron names xdg-open for every scheme. */
async function hasZoomApp(): Promise<boolean> {
  if (process.platform !== 'linux') return app.getApplicationNameForProtocol(zoomApp) !== '';
  const query = ['query', 'default', 'x-scheme-handler/zoommtg'];
  const { stdout } = await promisify(execFile)('xdg-mime', query).catch(() => ({ stdout: '' }));
  return stdout.trim() !== '';
}

/**
 * Opens a link that starts a meeting; false when it is none of Zoom's, or nothing could open it. `practiceSite` is the origin of the
 * practice Zoom that this app itself runs, if it does; an unpackaged app may have another one.
 */
export async function startMeeting(url: string, practiceSite?: string): Promise<boolean> {
  const isOwn = practiceSite !== undefined && url.startsWith(`${practiceSite}/`);
  return isStartLink(url, isOwn || !app.isPackaged) && open(url);
}

function open(address: string): Promise<boolean> {
  return process.platform === 'linux' ? openByXdg(address) : openExternal(address);
}

async function openExternal(address: string): Promise<boolean> {
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}

/** How long `xdg-open` may take to say that it found no browser, in ms. Where it is the browser itself, it does not end at all. */
const finding = 3_000;

/**
 * As Electron does it, but told when there is no browser: its openExternal succeeds as soon as the program was started. The
 * program is given an address that leads there, as others can read its arguments.
 */
async function openByXdg(address: string): Promise<boolean> {
  const { forwardOnce } = await import('./sign-in/forward.ts');
  const forward = await forwardOnce(address, clock).catch(() => undefined);
  if (!forward) return false;
  const opened = await startXdg(forward.address);
  if (!opened) forward.close();
  return opened;
}

function startXdg(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const program = spawn('xdg-open', [address], { detached: true, stdio: 'ignore' });
    program.unref();
    program.on('error', () => resolve(false));
    program.on('exit', (code) => resolve(code === 0));
    clock.setTimeout(() => resolve(true), finding);
  });
}

/** Only Zoom's own sign-in page, or one on this computer for an unpackaged app, is ever handed to the system. */
function isSignIn(address: string): boolean {
  const { origin, pathname, protocol, hostname } = new URL(address);
  if (pathname !== '/oauth/authorize') return false;
  if (Object.values(zoomClouds).some(({ oauthUrl }) => oauthUrl === origin)) return true;
  return !app.isPackaged && protocol === 'http:' && hostname === '127.0.0.1';
}
