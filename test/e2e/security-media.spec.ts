import type { Page } from '@playwright/test';
import { dropFiles } from '../support/desktop/drop.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { UploadFolder } from '../support/desktop/upload-files.ts';

/** The media process stands under the same rules as the window (security-*.spec.ts), by the numbers of Electron's checklist. */

const home = 'app://media/';

/** The page of the media process, which is there once a picture was looked at. */
async function mediaPage(
  tally: RunningTally,
  files: UploadFolder,
  opened?: Awaited<ReturnType<typeof openBackgrounds>>,
): Promise<Page> {
  const { page, backgrounds } = opened ?? (await openBackgrounds(tally));
  await dropFiles(page, [files.picture('one.png', 40)]);
  await expect(backgrounds.upload('one.png').locator('img')).toBeVisible();
  const media = tally.app.windows().find((one) => one.url() === home);
  if (!media) throw new Error('There is no media process.');
  return media;
}

test('2, 3, 4, 6, 8, 9, 10, 11: it was made with safe settings, is never shown, and is not there before it is needed', async ({
  launch,
  files,
}) => {
  const tally = await launch();
  const made = () =>
    tally.app.evaluate(
      ({ BrowserWindow, session }, home) =>
        BrowserWindow.getAllWindows()
          .filter(({ webContents }) => webContents.getURL() === home)
          .map((window) => {
            const { webContents } = window;
            const given = (
              webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
            ).getLastWebPreferences();
            const own = webContents.session !== session.defaultSession;
            return { ...given, type: webContents.getType(), shown: window.isVisible(), own };
          }),
      home,
    );
  const window = await openBackgrounds(tally);
  expect(await made()).toEqual([]);
  await mediaPage(tally, files, window);
  expect(await made()).toEqual([
    expect.objectContaining({
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      webviewTag: false,
      type: 'window',
      shown: false,
      own: true,
    }),
  ]);
});

test('2, 20: its page has nothing of Node and of Electron, and no bridge', async ({ launch, files }) => {
  const media = await mediaPage(await launch(), files);
  const seen = await media.evaluate(() => {
    const node = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'setImmediate',
      'tally',
    ];
    const electron = Object.getOwnPropertyNames(window).filter((name) => /electron|ipc/i.test(name));
    return [...node.filter((name) => name in window), ...electron];
  });
  expect(seen).toEqual([]);
});

test('1, 5, 7, 18: it loads nothing and is allowed nothing', async ({ launch, files, expectConsole }) => {
  expectConsole(
    /^window: Refused to /,
    /^window: This document requires 'Trusted/,
    /Failed to load URL: app:\/\/tally\/index.html with error: ERR_BLOCKED_BY_CSP/,
    /Use `electron --trace-warnings/,
  );
  const media = await mediaPage(await launch(), files);
  const seen = await media.evaluate(async () => {
    const underPolicy = (attempt: () => unknown) =>
      new Promise((resolve) => {
        setTimeout(async () => {
          try {
            resolve(await attempt());
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      });
    const fails = (url: string) => underPolicy(() => fetch(url).then(({ status }) => status));
    const make = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      try {
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      } catch {
        // Trusted Types.
      }
      document.body.append(element);
    };
    const violations = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.add(effectiveDirective),
    );
    make('script', { src: 'app://tally/assets/index.js' });
    make('img', { src: 'app://tally/index.html' });
    make('iframe', { src: 'app://tally/index.html' });
    make('link', { rel: 'stylesheet', href: 'app://tally/index.css' });
    const results = [
      await fails('http://127.0.0.1:9/'),
      await fails('app://tally/index.html'),
      await fails('file:///etc/passwd'),
      // biome-ignore lint/security/noGlobalEval: it must not work
      await underPolicy(() => eval('1')),
      await underPolicy(() => new Worker(URL.createObjectURL(new Blob([''])))),
    ];
    const permissions = await Promise.all(
      ['geolocation', 'camera', 'clipboard-read', 'notifications'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    );
    return { results, violations: [...violations].sort(), permissions: [...new Set(permissions)] };
  });
  expect(seen).toEqual({
    results: ['TypeError', 'TypeError', 'TypeError', 'EvalError', 'TypeError'],
    violations: ['connect-src', 'frame-src', 'img-src', 'require-trusted-types-for', 'style-src-elem'],
    permissions: ['denied'],
  });
});

test('its session lets nothing pass that its page does not ask for', async ({ launch, files }) => {
  const tally = await launch();
  await mediaPage(tally, files);
  const seen = await tally.app.evaluate(async ({ session }) => {
    const own = session.fromPartition('media');
    const urls = ['http://127.0.0.1:9/', 'https://evil.example/', 'app://tally/index.html', 'app://media/x'];
    return Promise.all(
      urls.map((url) =>
        own.fetch(url).then(
          ({ status }) => status,
          ({ message }) => message,
        ),
      ),
    );
  });
  const blocked = 'net::ERR_BLOCKED_BY_CLIENT';
  expect(seen).toEqual([blocked, blocked, 404, 404]);
});

test('12, 13, 14: it goes nowhere and opens nothing', async ({ launch, files, expectConsole }) => {
  expectConsole(/^window: Not allowed to (load local resource|navigate top frame)/);
  const tally = await launch();
  const media = await mediaPage(tally, files);
  const before = tally.app.windows().length;
  for (const url of [
    'https://evil.example/',
    'file:///etc/passwd',
    'app://tally/index.html',
    'data:text/html,x',
  ]) {
    await media.evaluate((to) => {
      window.location.href = to;
    }, url);
  }
  const opened = await media.evaluate(() => [window.open('app://tally/index.html'), window.open()]);
  expect(opened).toEqual([null, null]);
  expect(media.url()).toBe(home);
  expect(tally.app.windows()).toHaveLength(before);
  const prevented = await tally.app.evaluate(({ webContents }, home) => {
    let stopped = false;
    const contents = webContents.getAllWebContents().find((one) => one.getURL() === home);
    contents?.emit('will-attach-webview', { preventDefault: () => (stopped = true) }, {}, {});
    return stopped;
  }, home);
  expect(prevented).toBe(true);
});

test('17: what it sends to main by another way than its port is refused', async ({ launch, files }) => {
  const tally = await launch();
  await mediaPage(tally, files);
  const answers = await tally.app.evaluate(async ({ ipcMain, webContents }, home) => {
    type Handler = (event: unknown, input: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const contents = webContents.getAllWebContents().find((one) => one.getURL() === home);
    const asked = [...handlers.values()].map((handler) =>
      handler({ senderFrame: contents?.mainFrame }, undefined).then(
        ({ ok, error }) => error?.kind ?? ok,
        String,
      ),
    );
    return Promise.all(asked);
  }, home);
  expect(new Set(answers)).toEqual(new Set(['forbidden']));
});
