import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { browser, startMeeting } from '../../electron/desktop/browser.ts';
import { clock } from '../../electron/desktop/clock.ts';
import { forwardOnce } from '../../electron/desktop/sign-in/forward.ts';
import { listen } from '../../electron/desktop/sign-in/listener.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { askAsSomebodyElse } from '../support/somebody-else.ts';
import { tempFolders } from '../support/temp-folder.ts';

vi.mock('electron', () => ({ app: { isPackaged: true }, shell: {} }));

const folderOf = tempFolders();
const to = 'https://zoom.us/s/123?zak=hush';

/** As a browser does when a page is opened; `fetch` says that it is none. */
function ask(address: string, method = 'GET', headers = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(address, { method, agent: false, headers }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end();
  });
}

it('an address that leads to another one does so once, and tells nothing of it', async () => {
  const { address } = await forwardOnce(to, clock);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}$/);
  for (const [where, method, headers] of [
    [`${address}x`],
    [new URL('/', address).href],
    [address, 'POST'],
    [address, 'GET', { Host: 'elsewhere.example' }],
  ] as const) {
    const answer = await ask(where, method, headers);
    expect([answer.statusCode, answer.headers.location]).toEqual([404, undefined]);
  }
  const right = await ask(address);
  expect([right.statusCode, right.headers.location]).toEqual([302, to]);
  expect(right.headers['referrer-policy']).toBe('no-referrer');
  await expect(ask(address)).rejects.toThrow();
});

it('it ends by itself after a minute', async () => {
  const time = createFakeClock();
  const { address } = await forwardOnce(to, time);
  await time.advance(60_000);
  await expect(ask(address)).rejects.toThrow();
});

it('once it has led there, nothing is left of it to wait for', async () => {
  const time = createFakeClock();
  const { address } = await forwardOnce(to, time);
  expect(time.pending()).toEqual([60_000]);
  expect((await ask(address)).statusCode).toBe(302);
  expect(time.pending()).toEqual([]);
});

it('where no port can be had, there is none', async () => {
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    setImmediate(() => this.emit('error', new Error('EMFILE')));
    return this;
  });
  await expect(forwardOnce(to, clock)).rejects.toThrow('EMFILE');
});

it.skipIf(process.platform !== 'linux')('another user of this computer is led nowhere', async () => {
  const { address } = await forwardOnce(to, clock);
  expect(await askAsSomebodyElse(address)).toBe('404');
  expect((await ask(address)).statusCode).toBe(302);
});

it.skipIf(process.platform !== 'linux')('another user cannot come back in the browser’s place', async () => {
  const came: string[] = [];
  const listener = await listen('/tally', (address) => {
    came.push(address);
    return 'done';
  });
  try {
    const address = `http://127.0.0.1:${listener.port}/tally?code=theirs&state=s`;
    expect(await askAsSomebodyElse(address)).toBe('403');
    expect(came).toEqual([]);
    expect((await ask(address)).statusCode).toBe(200);
    expect(came).toEqual([address]);
  } finally {
    listener.close();
  }
});

describe.skipIf(process.platform !== 'linux')('the program that opens the browser', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['a sign-in', 'https://zoom.us/oauth/authorize?client_id=1&state=hush', browser.open],
    ['a meeting', 'https://zoom.us/s/9423048257?zak=hush', startMeeting],
  ] as const)('is given no more than a way to it, which everybody may read: %s', async (_, address, open) => {
    const folder = folderOf();
    const program = '#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/given"\n';
    writeFileSync(join(folder, 'xdg-open'), program, { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    expect(await open(address)).toBe(true);
    const given = readFileSync(join(folder, 'given'), 'utf8').trim();
    expect(given).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}$/);
    expect((await ask(given)).headers.location).toBe(address);
  });
});
