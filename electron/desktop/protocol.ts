import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { app, protocol, session } from 'electron';
import { pagePolicy } from './page-policy.ts';
import { sealSession } from './sealed.ts';

/** Where the window's files are served from. Nothing else may be loaded by it. */
export const appOrigin = 'app://tally';

/** The dev server's address, only when run unpackaged by `npm run dev`. */
export const devUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL || undefined;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
};

const allowed = ['app:', 'data:', 'blob:', 'devtools:'];

/** Must run before the app is ready. No corsEnabled: it would permit reads from other origins (electron/electron#52498). */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
  // <link rel=dns-prefetch> passes by both the policy and onBeforeRequest.
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
}

let served = false;

/**
 * Serves out/renderer at app://tally with the policy as a header, and cuts its pages off from everything else. Called before each kind
 * of window, and works once: the default session, made at its first use, takes 5 MB.
 */
export function servePages(): void {
  if (served) return;
  served = true;
  const root = join(app.getAppPath(), 'out/renderer');
  protocol.handle('app', async (request) => {
    const file = resolve(root, request.url);
    const type = file && types[extname(file)];
    if (!file || !type) return new Response('Not found', { status: 404 });
    try {
      const headers = {
        'Content-Type': type,
        'Content-Security-Policy': pagePolicy,
        'X-Content-Type-Options': 'nosniff',
      };
      return new Response(await readFile(file), { headers });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
  const home = devUrl === undefined ? undefined : new URL(devUrl).host;
  sealSession(session.defaultSession, ({ protocol, host }) => allowed.includes(protocol) || host === home);
  // The dev server is reached over the network.
  if (devUrl) void session.defaultSession.setProxy({ mode: 'direct' });
}

/** The file that a URL of the window names, or undefined when it is not inside `root`. */
function resolve(root: string, address: string): string | undefined {
  const url = new URL(address);
  if (url.host !== 'tally') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = normalize(join(root, path));
  return file.startsWith(root + sep) ? file : undefined;
}
