import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handleIpc, handlePopover } from '../../../electron/desktop/ipc.ts';
import type { PopoverHandlers } from '../../../electron/desktop/popover-handlers.ts';
import type { Handlers } from '../../../shared/ipc/channels.ts';
import { popoverCalls, popoverChannel } from '../../../shared/ipc/popover.ts';
import { schemas } from '../../../shared/ipc/schemas.ts';

type Handle = (event: { senderFrame: unknown }, input?: unknown) => Promise<unknown>;
const handled = vi.hoisted(() => new Map<string, Handle>());
vi.mock('electron', () => ({
  ipcMain: { handle: (name: string, handle: Handle) => void handled.set(name, handle) },
}));

const ours = { url: 'app://tally/index.html' };
const gone = {
  get url(): string {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};
const window = {
  owns: (frame: unknown) => frame === ours || (frame as { url?: string } | null)?.url === ours.url,
};

/** Handlers that keep what they were given; the snapshot cannot be had. */
function everyHandler(given: unknown[][]): Handlers {
  const groups = Object.entries(schemas).map(([group, inputs]) => [
    group,
    Object.fromEntries(
      Object.keys(inputs).map((method) => [
        method,
        (input: unknown) => {
          given.push([`${group}.${method}`, input]);
          if (method === 'list') throw new Error('CANARY: what went wrong is nobody’s business');
          return { ok: true, value: null };
        },
      ]),
    ),
  ]);
  return Object.fromEntries(groups) as Handlers;
}

const call = async (name: string, senderFrame: unknown, input?: unknown) =>
  handled.get(name)?.({ senderFrame }, input);

const given: unknown[][] = [];
beforeEach(() => {
  given.length = 0;
  handled.clear();
  handleIpc(everyHandler(given), window as Parameters<typeof handleIpc>[1]);
});

describe('what the window calls', () => {
  it('has a handler for each entry that it can call', () => {
    const names = Object.entries(schemas).flatMap(([group, inputs]) =>
      Object.keys(inputs).map((method) => `${group}.${method}`),
    );
    expect([...handled.keys()]).toEqual(names);
  });

  it('reaches its handler as it was parsed, and the answer comes back as it is', async () => {
    expect(await call('state.get', ours)).toEqual({ ok: true, value: null });
    expect(await call('navigation.shown', ours, { screen: 'status' })).toEqual({ ok: true, value: null });
    expect(given).toEqual([
      ['state.get', undefined],
      ['navigation.shown', { screen: 'status' }],
    ]);
  });

  it.each([
    ['another page', { url: 'https://evil.example/' }],
    ['no frame', null],
  ])('is refused from %s, whatever it says', async (_who, frame) => {
    for (const name of handled.keys()) {
      expect(await call(name, frame)).toEqual({
        ok: false,
        error: {
          kind: 'forbidden',
          what: 'This didn’t come from the Tally window.',
          action: 'none',
        },
      });
    }
    expect(given).toEqual([]);
  });

  it('from a frame that has gone meanwhile is answered all the same', async () => {
    expect(await call('state.get', gone)).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(given).toEqual([]);
  });

  it('reaches no handler unless it is as the contract says, and is told why', async () => {
    expect(await call('navigation.shown', ours, { screen: 'nowhere' })).toMatchObject({
      ok: false,
      error: {
        kind: 'invalid-input',
        what: 'Tally can’t do this.',
        why: expect.stringContaining('expected one of'),
      },
    });
    expect(await call('state.get', ours, 'more')).toMatchObject({ ok: false });
    expect(given).toEqual([]);
  });

  it('that goes wrong inside is told so, without what went wrong', async () => {
    const answer = await call('history.list', ours, {});
    expect(given).toEqual([['history.list', {}]]);
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: 'internal', what: 'Something went wrong inside Tally.' },
    });
    expect(JSON.stringify(answer)).not.toContain('CANARY');
  });
});

it('what main has no handler for has none, whatever the contract says', () => {
  handled.clear();
  handleIpc({ state: {} } as unknown as Handlers, window as Parameters<typeof handleIpc>[1]);
  expect([...handled.keys()]).toEqual([]);
});

describe('what the popover calls', () => {
  const answered = Object.fromEntries(
    popoverCalls.map((name) => [
      name,
      (input: unknown) => {
        given.push([name, input]);
        return { ok: true, value: null };
      },
    ]),
  ) as unknown as PopoverHandlers;

  beforeEach(() => {
    handled.clear();
    handlePopover(answered, window as Parameters<typeof handlePopover>[1]);
  });

  it('has doors of its own, and each reaches its handler as it was parsed', async () => {
    expect([...handled.keys()]).toEqual(popoverCalls.map((name) => popoverChannel(name)));
    expect(await call('popover.drawn', ours, { id: 7 })).toEqual({ ok: true, value: null });
    expect(await call('popover.drawn', ours, { id: '7' })).toMatchObject({ ok: false });
    expect(await call('popover.run', ours, { type: 'app.quit' })).toMatchObject({ ok: false });
    expect(given).toEqual([['drawn', { id: 7 }]]);
  });

  it('is refused from every other page', async () => {
    for (const name of handled.keys())
      expect(await call(name, { url: 'app://tally/popover.html' })).toMatchObject({
        ok: false,
        error: { kind: 'forbidden' },
      });
    expect(given).toEqual([]);
  });
});
