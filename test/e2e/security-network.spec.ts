import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from '../support/desktop/tally.ts';

/** Items of Electron's security checklist (electronjs.org/docs/latest/tutorial/security) that concern what the window loads. */

test('1. Only load secure content', async ({ launch }) => {
  const tally = await launch();
  const window = await tally.window();
  const { page } = window;
  await expect(window.status.currentWord()).toBeVisible();
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  await page.reload();
  const screens = page.getByRole('navigation').getByRole('button');
  await expect(screens.first()).toBeVisible();
  for (const screen of await screens.all()) {
    await screen.click();
    await page.waitForLoadState('networkidle');
  }
  expect(urls).toContain('app://tally/index.html');
  expect(urls.filter((url) => !/^(?:app:\/\/tally\/|data:|blob:app:\/\/tally\/)/.test(url))).toEqual([]);
});

test('5. Handle session permission requests from remote content', async ({ launch }) => {
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  const names = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'clipboard-read',
    'midi',
    'screen-wake-lock',
    'window-management',
    'idle-detection',
    'local-fonts',
  ];
  const seen = await page.evaluate(async (names) => {
    const failure = (call: Promise<unknown>) => call.then(String, ({ name }: Error) => name);
    const { mediaDevices, clipboard, geolocation, permissions } = navigator;
    const { hid, usb, serial } = navigator as unknown as Record<
      string,
      Record<'requestDevice' | 'requestPort', (options: object) => Promise<unknown>> | undefined
    >;
    const none = Promise.resolve('none');
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
      hid: await failure(hid?.requestDevice({ filters: [] }) ?? none),
      usb: await failure(usb?.requestDevice({ filters: [] }) ?? none),
      serial: await failure(serial?.requestPort({}) ?? none),
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
    serial: 'NotFoundError',
  });
});

test('7. Define a Content Security Policy', async ({ launch, expectConsole }) => {
  expectConsole(
    /^window: Refused to (?:connect|load|frame|execute|evaluate|compile|set|send)/,
    /^window: This document requires 'Trusted/,
    /Failed to load URL: app:\/\/tally\/index.html with error: ERR_BLOCKED_BY_CSP/,
    /Use `electron --trace-warnings/,
  );
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  const seen = await page.evaluate(async () => {
    const violations = new Set<string>();
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.add(effectiveDirective),
    );
    // A script that a test injects is above the policy; what it leaves to a timer is not.
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
    const make = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      try {
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      } catch {
        // Trusted Types: what the element would do shows in the violations.
      }
      document.body.append(element);
      return element;
    };
    const ran = 'window.evil = 1';
    const results = {
      // biome-ignore lint/security/noGlobalEval: it must not work
      eval: await underPolicy(() => eval(ran)),
      function: await underPolicy(() => new Function(ran)()),
      timer: await underPolicy(() => (setTimeout as (code: string) => void)(ran)),
      html: await underPolicy(() => {
        document.body.innerHTML = `<img src=x onerror="${ran}">`;
      }),
      parsed: await underPolicy(() => document.write(`<script>${ran}</script>`)),
      text: await underPolicy(() => {
        make('script', {}).textContent = ran;
      }),
      worker: await underPolicy(() => new Worker('data:,1')),
      blobWorker: await underPolicy(() => new Worker(URL.createObjectURL(new Blob([ran])))),
      wasm: await underPolicy(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
      fetch: await underPolicy(() => fetch('http://127.0.0.1:9/')),
      import: await underPolicy(() => import('data:text/javascript,1' as string)),
    };
    make('script', { src: 'https://evil.example/x.js' });
    make('p', { onclick: ran }).click();
    make('img', { src: 'http://127.0.0.1:9/' });
    make('iframe', { src: 'app://tally/index.html' });
    make('object', { data: 'app://tally/index.html' });
    make('link', { rel: 'stylesheet', href: 'https://evil.example/x.css' });
    make('audio', { src: 'https://evil.example/x.mp3' });
    make('base', { href: 'https://evil.example/' });
    (make('form', { action: 'https://evil.example/' }) as HTMLFormElement).submit();
    await underPolicy(() => new WebSocket('ws://127.0.0.1:9/'));
    await underPolicy(() => navigator.sendBeacon('http://127.0.0.1:9/', 'x'));
    return results;
  });
  expect(seen).toEqual({
    eval: 'EvalError',
    function: 'EvalError',
    timer: 'TypeError',
    html: 'TypeError',
    parsed: 'TypeError',
    text: 'TypeError',
    worker: 'TypeError',
    blobWorker: 'TypeError',
    wasm: 'CompileError',
    fetch: 'TypeError',
    import: 'TypeError',
  });
  // Each is told when its request would begin, and that of a frame comes from another process.
  const told = () =>
    page.evaluate(() => [...(window as unknown as { violations: Set<string> }).violations].sort());
  await expect
    .poll(told)
    .toEqual([
      'base-uri',
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'media-src',
      'require-trusted-types-for',
      'script-src',
      'script-src-elem',
      'style-src-elem',
    ]);
  expect(await page.evaluate(() => 'evil' in window)).toBe(false);
});

test('18. Avoid usage of the file:// protocol and prefer usage of custom protocols', async ({
  launch,
  expectConsole,
}) => {
  expectConsole(/^window: (Fetch API cannot load|Refused to connect|Not allowed to load|Failed to load)/);
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  expect(new URL(page.url()).protocol).toBe('app:');
  const paths = [
    '/../main/index.cjs',
    '/%2e%2e/main/index.cjs',
    '/..%2fmain/index.cjs',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/....//....//package.json',
    '/assets/../../../package.json',
    '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/%252e%252e/package.json',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/etc/passwd',
    '/index.html/',
    '/%',
    '/%ff',
    '/',
    '/.',
    '/assets',
    '/index.HTML',
    '/con',
  ];
  const ask = (urls: readonly string[]) =>
    page.evaluate(
      (urls) =>
        Promise.all(
          urls.map((url) =>
            fetch(url).then(
              ({ status }) => status,
              ({ name }: Error) => name,
            ),
          ),
        ),
      urls,
    );
  expect(await ask(['app://tally/index.html'])).toEqual([200]);
  const inside = await ask(paths.map((path) => `app://tally${path}`));
  expect(Object.fromEntries(paths.map((path, index) => [path, inside[index]]))).toEqual(
    Object.fromEntries(paths.map((path) => [path, 404])),
  );
  const outside = ['app://evil/index.html', 'app://tally.evil/index.html', 'file:///etc/passwd'];
  expect(await ask(outside)).toEqual(outside.map(() => 'TypeError'));
  // The same without a policy in between: main asks its own handler.
  const direct = await tally.app.evaluate(
    async ({ net }, urls) =>
      Promise.all(urls.map((url) => net.fetch(url).then(({ status }) => status, String))),
    [...paths.map((path) => `app://tally${path}`), 'app://evil/index.html'],
  );
  expect(new Set(direct)).toEqual(new Set([404]));
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
