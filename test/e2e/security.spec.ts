import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { IpcMainInvokeEvent } from 'electron';
import { expect, test } from './support/tally.ts';

test('windows are sandboxed, and only our page in the main frame is answered', async ({ launch }) => {
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  expect(
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return 'tally' in (frame.contentWindow as object);
    }),
    'a frame has no bridge',
  ).toBe(false);

  const seen = await tally.app.evaluate(async ({ ipcMain, webContents }) => {
    type Handler = (event: unknown, input: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const all = webContents.getAllWebContents();
    const frame = all[0]?.mainFrame as IpcMainInvokeEvent['senderFrame'] & object;
    const ask = (senderFrame: unknown) =>
      Promise.all(
        [...handlers.values()].map((handler) =>
          handler({ senderFrame }, undefined).then(({ ok, error }) => error?.kind ?? ok, String),
        ),
      );
    const elsewhere = async (get: () => string) => {
      Object.defineProperty(frame, 'url', { get, configurable: true });
      const answer = await ask(frame);
      delete (frame as { url?: string }).url;
      return answer;
    };
    const addresses = [
      'https://evil.example/',
      'app://tally.evil/index.html',
      'app://evil/index.html',
      'file:///index.html',
      'blob:app://tally/1',
      'about:blank',
      '',
    ];
    const strangers = [await ask(null), await ask({ url: frame.url }), await ask(frame.frames[0])];
    for (const address of addresses) strangers.push(await elsewhere(() => address));
    const gone = await elsewhere(() => {
      throw new Error('Render frame was disposed');
    });
    return {
      preferences: all.map((contents) => {
        const preferences = (
          contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        ).getLastWebPreferences();
        return { ...preferences, preload: undefined };
      }),
      handlers: [...handlers.keys()],
      own: await ask(frame),
      strangers: strangers.flat(),
      gone,
    };
  });
  expect(seen.preferences).toHaveLength(1);
  expect(seen.preferences[0]).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
  });
  // Each door answers our page, and takes nothing that is not what it asks for.
  expect(Object.fromEntries(seen.handlers.map((name, index) => [name, seen.own[index]]))).toEqual({
    'state.get': true,
    'actions.run': 'invalid-input',
    'backgrounds.add': 'invalid-input',
    'backgrounds.preview': 'invalid-input',
    'console.add': 'invalid-input',
    'console.cancel': 'invalid-input',
    'console.check': 'invalid-input',
    'console.code': 'invalid-input',
    'console.copyHidden': 'invalid-input',
    'console.current': 'invalid-input',
    'console.save': 'invalid-input',
    'console.send': 'invalid-input',
    'history.get': 'invalid-input',
    'history.list': 'invalid-input',
    'history.remove': 'invalid-input',
    'picture.offer': 'invalid-input',
    'picture.shown': true,
    'picture.save': 'invalid-input',
  });
  expect(new Set(seen.strangers)).toEqual(new Set(['forbidden']));
  expect(new Set(seen.gone)).toEqual(new Set(['internal']));
});

test('the page is refused devices, downloads, further windows and other addresses', async ({
  launch,
  expectConsole,
}) => {
  expectConsole(
    /^window: Refused to (run|connect|load|frame|send form data)/,
    /^window: Not allowed to (load local resource|navigate top frame)/,
    /^window: This document requires 'Trusted/,
    /Failed to load URL: app:\/\/tally\/index.html with error: ERR_BLOCKED_BY_CSP/,
    /Use `electron --trace-warnings/,
  );
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  await tally.app.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) =>
      Object.assign(globalThis, { downloadStopped: event.defaultPrevented }),
    );
  });
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
  const seen = await page.evaluate(async (names) => {
    const failure = (call: Promise<unknown>) => call.then(String, ({ name }: Error) => name);
    const { mediaDevices, clipboard, geolocation, permissions } = navigator;
    const { hid, usb } = navigator as unknown as Record<
      string,
      { requestDevice(options: object): Promise<unknown> }
    >;
    return {
      queries: await Promise.all(
        names.map(async (name) => (await permissions.query({ name: name as PermissionName })).state),
      ),
      geolocation: await new Promise((resolve) =>
        geolocation.getCurrentPosition(resolve, ({ code }) => resolve(code)),
      ),
      notification: await Notification.requestPermission(),
      media: await failure(mediaDevices.getUserMedia({ audio: true, video: true })),
      display: await failure(mediaDevices.getDisplayMedia()),
      clipboard: await failure(clipboard.readText()),
      midi: await failure(navigator.requestMIDIAccess()),
      hid: await failure(hid?.requestDevice({ filters: [] }) ?? Promise.resolve('none')),
      usb: await failure(usb?.requestDevice({ filters: [] }) ?? Promise.resolve('none')),
    };
  }, names);
  expect(seen).toEqual({
    queries: names.map(() => 'denied'),
    geolocation: 1,
    notification: 'denied',
    media: expect.stringMatching(/NotFoundError|NotAllowedError/),
    display: 'NotAllowedError',
    clipboard: 'NotAllowedError',
    midi: expect.stringMatching(/SecurityError|NotAllowedError/),
    hid: '',
    usb: 'NotFoundError',
  });

  const tricks = await page.evaluate(async () => {
    const violations = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.add(effectiveDirective),
    );
    const attempt = (action: () => unknown) => {
      try {
        return action();
      } catch (error) {
        return (error as Error).name;
      }
    };
    const make = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes))
        attempt(() => element.setAttribute(name, value));
      document.body.append(element);
      return element;
    };
    const results = {
      opened: ['about:blank', 'app://tally/index.html', 'javascript:1', 'file:///etc/passwd'].map((url) =>
        attempt(() => window.open(url)),
      ),
      webview: make('webview', { src: 'https://example.com' }).constructor.name,
      html: attempt(() => {
        document.body.innerHTML = '<img src=x onerror=alert(1)>';
      }),
      script: attempt(() => {
        make('script', {}).textContent = 'window.evil = 1';
      }),
      worker: attempt(() => new Worker('data:,1')),
      overwritten: attempt(() => {
        (window as unknown as { tally: unknown }).tally = {};
      }),
      hosts: await Promise.all(
        ['app://evil/index.html', 'app://tally.evil/index.html', 'file:///etc/passwd'].map((url) =>
          fetch(url).then(
            ({ status }) => status,
            ({ name }: Error) => name,
          ),
        ),
      ),
    };
    make('img', { src: 'http://127.0.0.1:9/' });
    make('iframe', { src: 'app://tally/index.html' });
    make('a', { href: 'https://example.com', target: '_blank' }).click();
    make('a', { href: URL.createObjectURL(new Blob(['x'])), download: 'x.sh' }).click();
    make('form', { action: 'https://example.com', id: 'form' });
    (document.getElementById('form') as HTMLFormElement).submit();
    attempt(() => new WebSocket('ws://127.0.0.1:9/'));
    await fetch('http://127.0.0.1:9/').catch(() => {});
    const { tally } = window as unknown as { tally: { state: { get(): Promise<{ ok: unknown }> } } };
    attempt(() => {
      tally.state.get = () => Promise.resolve({ ok: 'forged' });
    });
    const answer = await tally.state.get();
    return { ...results, answer: answer.ok, evil: 'evil' in window, violations: [...violations].sort() };
  });
  expect(tricks).toEqual({
    opened: [null, null, null, null],
    webview: 'HTMLElement',
    html: 'TypeError',
    script: 'TypeError',
    worker: 'TypeError',
    hosts: ['TypeError', 'TypeError', 'TypeError'],
    answer: true,
    evil: false,
    violations: expect.arrayContaining([
      'connect-src',
      'img-src',
      'require-trusted-types-for',
      'script-src-elem',
    ]),
  });
  expect(page.frames().filter((frame) => frame.url().startsWith('app:'))).toEqual([page.mainFrame()]);
  for (const url of [
    'https://example.com',
    'data:text/html,x',
    'javascript:document.title="evil"',
    'app://evil/',
    'about:blank',
  ]) {
    await page.evaluate((to) => {
      window.location.href = to;
    }, url);
  }
  expect(page.url()).toBe('app://tally/index.html');
  expect(await page.title()).not.toBe('evil');
  expect(tally.app.windows()).toHaveLength(1);
  expect(await tally.app.evaluate(() => (globalThis as { downloadStopped?: boolean }).downloadStopped)).toBe(
    true,
  );
});

test('nothing leaves by the window: no request, no name, no STUN or TURN, no dictionary', async ({
  launch,
}, testInfo) => {
  const udp = createSocket('udp4').bind(0, '127.0.0.1');
  const tcp = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  const reached: string[] = [];
  udp.on('message', () => reached.push('udp'));
  tcp.on('connection', (socket) => {
    reached.push('tcp');
    socket.destroy();
  });
  try {
    const log = testInfo.outputPath('net.json');
    const tally = await launch({ args: [`--log-net-log=${log}`] });
    const { page } = await tally.window();
    await page.waitForLoadState();
    const stun = `stun:127.0.0.1:${udp.address().port}`;
    const turn = `turn:127.0.0.1:${(tcp.address() as AddressInfo).port}?transport=tcp`;
    await page.evaluate(
      async ({ stun, turn }) => {
        const link = document.createElement('link');
        Object.assign(link, { rel: 'dns-prefetch', href: 'http://secret.example.com' });
        document.head.append(link);
        const peer = new RTCPeerConnection({
          iceServers: [{ urls: stun }, { urls: turn, username: 'secret', credential: 'secret' }],
        });
        peer.createDataChannel('x');
        const gathered = new Promise((resolve) => {
          peer.onicecandidate = ({ candidate }) => candidate ?? resolve(undefined);
        });
        await peer.setLocalDescription(await peer.createOffer());
        await gathered;
      },
      { stun, turn },
    );
    const direct = await tally.app.evaluate(
      async ({ net }, port) =>
        net.fetch(`http://127.0.0.1:${port}/`).then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      (tcp.address() as AddressInfo).port,
    );
    expect(direct).toBe('net::ERR_BLOCKED_BY_CLIENT');
    await tally.quit();
    // Chromium's own account of what it did; the one entry is TURN, sent to the proxy that cannot be.
    const addresses = readFileSync(log, 'utf8').match(/"(?:url|host)":"[^"]*"/g);
    expect(new Set(addresses)).toEqual(new Set(['"host":"127.0.0.1:0"']));
    expect(reached).toEqual([]);
  } finally {
    udp.close();
    tcp.close();
  }
});
