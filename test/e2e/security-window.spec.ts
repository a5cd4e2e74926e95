import { readFileSync } from 'node:fs';
import { findElectron, pinnedElectron } from '../../scripts/electron.mjs';
import type { RunningTally } from '../support/desktop/launch.ts';
import { expect, test } from '../support/desktop/tally.ts';

/**
 * Items of Electron's security checklist (electronjs.org/docs/latest/tutorial/security) that concern how windows are made. Items 4
 * and 19 need an ordinary user and a package: test/package/attacks.spec.ts.
 */

/** How every window and whatever else shows a page was really made. */
function preferences({ app }: RunningTally): Promise<Record<string, unknown>[]> {
  return app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const made = contents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return { ...made.getLastWebPreferences(), type: contents.getType() };
    }),
  );
}

const settings: readonly (readonly [title: string, set: Readonly<Record<string, unknown>>])[] = [
  [
    '2. Do not enable Node.js integration for remote content',
    { nodeIntegration: false, nodeIntegrationInSubFrames: false },
  ],
  ['3. Enable Context Isolation', { contextIsolation: true }],
  ['4. Enable process sandboxing', { sandbox: true }],
  ['6. Do not disable webSecurity', { webSecurity: true }],
  ['8. Do not enable allowRunningInsecureContent', { allowRunningInsecureContent: false }],
  ['9. Do not enable experimental features', { experimentalFeatures: false }],
  ['10. Do not use enableBlinkFeatures', { enableBlinkFeatures: '' }],
  ['11. Do not use allowpopups for WebViews', { webviewTag: false, type: 'window' }],
];

test('2, 3, 4, 6, 8, 9, 10, 11: every window that there is was made with safe settings', async ({
  panel,
  launch,
}) => {
  const tally = await launch();
  await tally.window();
  await panel.activate();
  await tally.popover();
  const all = await preferences(tally);
  expect(all).toHaveLength(2);
  for (const [title, set] of settings) {
    await test.step(title, () => {
      for (const made of all) expect(made, title).toMatchObject(set);
    });
  }
});

test('2. Do not enable Node.js integration for remote content: the page has nothing of Node', async ({
  launch,
}) => {
  const { page } = await (await launch()).window();
  await page.waitForLoadState();
  const seen = await page.evaluate(() => {
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'setImmediate',
    ];
    return names.filter((name) => name in window);
  });
  expect(seen).toEqual([]);
});

test('3. Enable Context Isolation: what the page overwrites does not reach the bridge', async ({
  launch,
}) => {
  const { page } = await (await launch()).window();
  await page.waitForLoadState();
  const seen = await page.evaluate(async () => {
    type Bridge = { state: { get(): Promise<{ ok: unknown }> } };
    const host = window as unknown as { tally: Bridge };
    const bridge = host.tally;
    const attempt = (action: () => unknown) => {
      try {
        action();
      } catch {
        // Refused: what counts is what the bridge answers.
      }
    };
    const stolen: unknown[] = [];
    attempt(() => {
      host.tally = {} as Bridge;
    });
    attempt(() => {
      bridge.state.get = () => Promise.resolve({ ok: 'forged' });
    });
    attempt(() => Object.setPrototypeOf(bridge.state, { get: () => 'forged' }));
    // The preload's own calls would go through this, were its world the page's.
    Object.defineProperty(Object.prototype, 'invoke', {
      get: () => stolen.push('invoke'),
      configurable: true,
    });
    const answer = await host.tally.state.get();
    delete (Object.prototype as { invoke?: unknown }).invoke;
    return { ok: answer.ok, stolen };
  });
  expect(seen).toEqual({ ok: true, stolen: [] });
});

test('11, 12. Verify WebView options before creation: there is no webview', async ({ launch }) => {
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  const made = await page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://evil.example/');
    view.setAttribute('allowpopups', '');
    document.body.append(view);
    return { constructor: view.constructor.name, loads: 'loadURL' in view };
  });
  expect(made).toEqual({ constructor: 'HTMLElement', loads: false });
  const prevented = await tally.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      let stopped = false;
      contents.emit('will-attach-webview', { preventDefault: () => (stopped = true) }, {}, {});
      return stopped;
    }),
  );
  expect(prevented).toEqual([true]);
});

test('13. Disable or limit navigation', async ({ launch, expectConsole }) => {
  expectConsole(
    /^window: Not allowed to (load local resource|navigate top frame)/,
    /^window: Refused to (run|frame|send)/,
  );
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  await tally.app.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) =>
      Object.assign(globalThis, { downloadStopped: event.defaultPrevented }),
    );
  });
  for (const url of [
    'https://evil.example/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:document.title="evil"',
    'app://evil/',
    'app://tally/other.html',
    'blob:app://tally/1',
    'chrome://gpu',
    'devtools://devtools/bundled/inspector.html',
    'view-source:app://tally/index.html',
  ]) {
    await page.evaluate((to) => {
      window.location.href = to;
    }, url);
    await page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
    }, url);
  }
  await page.evaluate(() => {
    const make = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
      return element as HTMLFormElement;
    };
    make('form', { action: 'https://evil.example/' }).submit();
    make('form', { action: 'app://tally/index.html?x', method: 'post' }).submit();
    make('a', { href: URL.createObjectURL(new Blob(['x'])), download: 'x.sh' }).click();
    make('meta', { 'http-equiv': 'refresh', content: '0;url=https://evil.example/' });
  });
  await expect
    .poll(() => tally.app.evaluate(() => (globalThis as { downloadStopped?: boolean }).downloadStopped))
    .toBe(true);
  expect(page.url()).toBe('app://tally/index.html');
  expect(await page.title()).not.toBe('evil');
  expect(page.frames()).toEqual([page.mainFrame()]);
});

test('13. Disable or limit navigation: from about:blank, which nobody is asked about, the page comes back', async ({
  launch,
}) => {
  const tally = await launch();
  const { page, status } = await tally.window();
  await expect(status.currentWord()).toHaveText('Available');
  const left = page.waitForEvent('framenavigated', (frame) => frame.url() === 'about:blank');
  const back = page.waitForEvent('framenavigated', (frame) => frame.url() === 'app://tally/index.html');
  await page.evaluate(() => {
    window.location.href = 'about:blank';
  });
  await Promise.all([left, back]);
  await expect(status.currentWord()).toHaveText('Available');
});

test('14. Disable or limit creation of new windows', async ({ launch, expectConsole }) => {
  expectConsole(/^window: Not allowed to load local resource/, /^window: Refused to run the JavaScript URL/);
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  const opened = await page.evaluate(() => {
    for (const target of ['_blank', 'another', '_top']) {
      const link = document.createElement('a');
      Object.assign(link, { href: 'https://evil.example/', target });
      document.body.append(link);
      link.click();
      link.dispatchEvent(new MouseEvent('click', { button: 1, ctrlKey: true, shiftKey: true }));
    }
    return [
      window.open(),
      window.open('about:blank'),
      window.open('app://tally/index.html'),
      window.open(
        'app://tally/index.html',
        'named',
        'nodeIntegration=yes,contextIsolation=no,preload=/tmp/x',
      ),
      window.open('javascript:1'),
      window.open('file:///etc/passwd'),
      window.open('https://evil.example/', '_blank', 'noopener'),
    ];
  });
  expect(opened.every((window) => window === null)).toBe(true);
  expect(await preferences(tally)).toHaveLength(1);
  expect(tally.app.windows()).toEqual([page]);
});

test('16. Use a current version of Electron', async ({ launch }) => {
  const tally = await launch();
  const running = await tally.app.evaluate(() => process.versions.electron);
  // Packages ship the version that package.json pins; the fallback is for runs and tests in closed networks.
  expect(pinnedElectron()).toMatch(/^\d+\.\d+\.\d+$/);
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect(packages['node_modules/electron'].version).toBe(pinnedElectron());
  if (findElectron()?.source === 'download') expect(running).toBe(pinnedElectron());
  // The oldest of the three majors that Electron's makers keep safe when this was written (electron-timelines).
  expect(Number.parseInt(pinnedElectron(), 10)).toBeGreaterThanOrEqual(43);
});
