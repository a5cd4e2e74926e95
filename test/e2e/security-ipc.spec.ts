import type { IpcMainInvokeEvent } from 'electron';
import { channelName, contract } from '../../shared/ipc/channels.ts';
import { type PopoverBridge, popoverCalls, popoverChannel } from '../../shared/ipc/popover.ts';
import { schemas } from '../../shared/ipc/schemas.ts';
import { hostileUrls } from '../support/desktop/hostile-urls.ts';
import { expect, test } from '../support/desktop/tally.ts';

/** Items of Electron's security checklist (electronjs.org/docs/latest/tutorial/security) that concern the main process. */

/** The channels that the window can call. */
const doors = Object.entries(contract).flatMap(([group, entries]) =>
  Object.entries(entries).flatMap(([method, { kind }]) =>
    kind === 'notify' ? [] : [{ name: channelName(group, method), kind }],
  ),
);
/** Whether each takes a call without input. */
const open = Object.values(schemas).flatMap((inputs) =>
  Object.values(inputs).map((schema) => schema.safeParse(undefined).success),
);

test('15. Do not use shell.openExternal with untrusted content: the window can name no address', async ({
  launch,
  desktopBrowser,
}) => {
  const tally = await launch({ path: desktopBrowser.path });
  const { page } = await tally.window();
  await page.waitForLoadState();
  await tally.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    for (const name of ['openExternal', 'openPath', 'showItemInFolder'] as const)
      shell[name] = (address: string) => {
        opened.push(address);
        return undefined as never;
      };
  });
  const callable = doors.filter(({ kind }) => kind === 'invoke').map(({ name }) => name);
  const taken = await page.evaluate(
    async ({ callable, urls }) => {
      type Bridge = Record<string, Record<string, (input: unknown) => Promise<{ ok: boolean }>>>;
      const { tally } = window as unknown as { tally: Bridge };
      const taken: string[] = [];
      for (const name of callable) {
        const [group = '', method = ''] = name.split('.');
        for (const url of urls) {
          const inputs = [url, { url }, { address: url }, { type: 'web.open', page: url }, { type: url }];
          for (const input of inputs)
            if ((await tally[group]?.[method]?.(input))?.ok) taken.push(`${name} ${url}`);
        }
      }
      return taken;
    },
    { callable, urls: hostileUrls },
  );
  expect(taken).toEqual([]);
  expect(await tally.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([]);
  expect(desktopBrowser.count()).toBe(0);
});

test('15. Do not use shell.openExternal with untrusted content: Zoom’s answer can name no place but Zoom', async ({
  launch,
  zoom,
  practice,
  desktopBrowser,
}) => {
  const tally = await launch({ path: desktopBrowser.path });
  const { page, status } = await tally.window();
  await expect(status.currentWord()).toHaveText('Available');
  const run = (type: 'zak.dismiss' | 'zak.start-room') =>
    page.evaluate((type) => window.tally.actions.run({ type }), type);
  const error = () =>
    page.evaluate(async () => {
      const state = await window.tally.state.get();
      return state.ok && !state.value.zak?.starting ? (state.value.zak?.startError?.what ?? '') : '';
    });
  const own = { id: practice.userId, pmi: 1_234_567_890 };
  for (const url of hostileUrls) {
    const body = JSON.stringify({ ...own, personal_meeting_url: url });
    const contentType = 'application/json';
    await zoom.fault({ kind: 'status', status: 200, body, contentType }, { operationId: 'user' });
    await run('zak.dismiss');
    await run('zak.start-room');
    await expect.poll(error, url).toMatch(/^Zoom doesn’t tell where|^The start link couldn’t be opened/);
  }
  expect(desktopBrowser.count()).toBe(0);
});

test('17. Validate the sender of all IPC messages', async ({ launch }) => {
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
    const frame = webContents.getAllWebContents()[0]?.mainFrame as IpcMainInvokeEvent['senderFrame'] & object;
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
      'https://tally/index.html',
      'app://tally.evil/index.html',
      'app://tally@evil/index.html',
      'app://evil/index.html',
      'APP://tally/index.html',
      'file:///index.html',
      'blob:app://tally/1',
      'data:text/html,app://tally/',
      'about:blank',
      'about:srcdoc',
      '',
    ];
    const strangers = [
      await ask(null),
      await ask(undefined),
      await ask({ url: frame.url }),
      await ask(frame.frames[0]),
    ];
    for (const address of addresses) strangers.push(await elsewhere(() => address));
    const gone = await elsewhere(() => {
      throw new Error('Render frame was disposed');
    });
    // Listeners, as opposed to handlers, would not go through the check.
    const listeners = ipcMain.eventNames().filter((name) => !/^-|^error$/.test(String(name)));
    return {
      handlers: [...handlers.keys()],
      own: await ask(frame),
      strangers: strangers.flat(),
      gone,
      listeners,
    };
  });
  expect(seen.handlers.sort()).toEqual(doors.map(({ name }) => name).sort());
  expect(seen.listeners).toEqual([]);
  expect(new Set(seen.strangers)).toEqual(new Set(['forbidden']));
  expect(new Set(seen.gone)).toEqual(new Set(['internal']));
  // Each door answers our page, and takes nothing that is not what it asks for.
  expect(seen.own.filter((answer) => answer === true)).toHaveLength(open.filter(Boolean).length);
  expect(new Set(seen.own)).toEqual(new Set([true, 'invalid-input']));
});

test('17, 20: the popover has doors of its own, which answer it alone, and no others', async ({
  panel,
  launch,
  expectConsole,
}) => {
  expectConsole(/^window: Not allowed to load local resource/);
  const tally = await launch();
  const { page: window } = await tally.window();
  await window.waitForLoadState();
  await panel.activate();
  const { page, currentWord } = await tally.popover().then((popover) => ({
    page: popover.page,
    currentWord: popover.currentWord(),
  }));
  await expect(currentWord).toHaveText('Available');
  const inPage = await page.evaluate(async () => {
    const { popover } = globalThis as unknown as { popover: PopoverBridge };
    const doors = popover as unknown as Record<string, Record<string, unknown>>;
    const run = async (action: unknown) => {
      const result = await popover.actions.run(action as never);
      return result.ok || result.error.kind;
    };
    globalThis.location.href = 'file:///etc/passwd';
    return {
      names: Object.entries(doors).flatMap(([group, entries]) =>
        Object.keys(entries).map((method) => `${group}.${method}`),
      ),
      others: ['tally', 'require', 'process', 'ipcRenderer'].filter((name) => name in globalThis),
      opened: globalThis.open('app://tally/index.html'),
      run: [
        await run({ type: 'presence.check' }),
        await run({ type: 'app.quit' }),
        await run({ type: 'preferences.set', patch: { allowLinks: true } }),
        await run({ type: 'settings.save' }),
        await run({ type: 'account.sign-out', key: 'x' }),
        await run(null),
      ],
      drawn: (await popover.popover.drawn({ id: 'x' } as never)).ok,
    };
  });
  expect(inPage).toEqual({
    names: [
      'state.get',
      'state.changed',
      'actions.run',
      'picture.shown',
      'popover.opening',
      'popover.opened',
      'popover.drawn',
      'popover.hide',
    ],
    others: [],
    opened: null,
    run: [true, ...Array(5).fill('invalid-input')],
    drawn: false,
  });
  expect(page.url()).toBe('app://tally/popover.html');
  const seen = await tally.app.evaluate(async ({ ipcMain, webContents }) => {
    type Handler = (event: unknown, input: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const all = [...handlers.entries()];
    const own = (name: string) => name.startsWith('popover.');
    const ask = async (page: string, isOwn: boolean) => {
      const contents = webContents.getAllWebContents().find((one) => one.getURL().endsWith(page));
      const asked = all.filter(([name]) => own(name) === isOwn);
      const event = { senderFrame: contents?.mainFrame };
      const answers = asked.map(([, handler]) => handler(event, 3).then(({ error }) => error?.kind));
      return [...new Set(await Promise.all(answers))];
    };
    return {
      handlers: all.map(([name]) => name).filter(own),
      windowAtPopover: await ask('/index.html', true),
      popoverAtWindow: await ask('/popover.html', false),
      popoverAtPopover: await ask('/popover.html', true),
    };
  });
  expect(seen).toEqual({
    handlers: popoverCalls.map(popoverChannel),
    windowAtPopover: ['forbidden'],
    popoverAtWindow: ['forbidden'],
    popoverAtPopover: ['invalid-input'],
  });
});

test('20. Do not expose Electron APIs to untrusted web content', async ({ launch }) => {
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  const seen = await page.evaluate(async () => {
    type Bridge = Record<string, Record<string, (argument: unknown) => unknown>>;
    const { tally } = window as unknown as { tally: Bridge };
    const names = Object.entries(tally).flatMap(([group, entries]) =>
      Object.entries(entries).map(([method, value]) => `${group}.${method}: ${typeof value}`),
    );
    // What a listener is handed is the state alone: an event would bring ipcRenderer along.
    const changed = new Promise<unknown[]>((resolve) => {
      tally.state?.changed?.((...given: unknown[]) => resolve(given));
    });
    await tally.actions?.run?.({ type: 'preferences.set', patch: { theme: 'dark' } });
    const given = await changed;
    const globals = Object.getOwnPropertyNames(window).filter((name) => /electron|ipc/i.test(name));
    return { names, given: given.map((value) => 'sender' in (value as object)), globals };
  });
  const bridged = Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries)
      .filter(([, { kind }]) => kind !== 'files')
      .map(([method]) => `${group}.${method}: function`),
  );
  expect(seen).toEqual({ names: bridged, given: [false], globals: [] });
});
