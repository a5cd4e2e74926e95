import { type IncomingMessage, request } from 'node:http';
import { Server } from 'node:net';
import { expect, it, vi } from 'vitest';
import { clock } from '../../electron/desktop/clock.ts';
import { forwardOnce } from '../../electron/desktop/sign-in/forward.ts';
import { listen } from '../../electron/desktop/sign-in/listener.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { askAsSomebodyElse } from '../support/somebody-else.ts';

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
