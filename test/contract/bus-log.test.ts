/** The search of what went over a session bus, at a real one. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { canary } from '../../electron/practice/tokens.ts';
import { call, connectBus, daemon } from '../support/desktop/bus.ts';
import { openSessions, searchMessages, startBusLog } from '../support/desktop/bus-log.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';

let session: Awaited<ReturnType<typeof startSessionBus>>;

beforeEach(async () => {
  session = await startSessionBus();
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', session.address);
});

afterEach(async () => {
  openSessions.clear();
  vi.unstubAllEnvs();
  await session.stop();
});

/** Says something to everybody on the bus; the answer comes once it was heard. */
async function say(...texts: readonly string[]): Promise<void> {
  const bus = await connectBus();
  for (const text of texts) {
    await call(bus, {
      ...daemon,
      member: 'UpdateActivationEnvironment',
      signature: 'a{ss}',
      body: [{ TEXT: text }],
    });
  }
  bus.disconnect();
}

it('a secret is found, and in which message', async () => {
  const log = await startBusLog();
  await say('nothing', `token=${canary()}`, 'nothing');
  expect(await log.search()).toEqual([
    { place: expect.stringContaining('org.freedesktop.DBus UpdateActivationEnvironment'), form: 'plain' },
  ]);
});

it('what tests themselves say in the clear to the keyring is left out, and nothing else', async () => {
  const log = await startBusLog();
  openSessions.add('/org/freedesktop/secrets/session/s1');
  await say(`${canary()} /org/freedesktop/secrets/session/s1`);
  await say(`${canary()} /org/freedesktop/secrets/session/s12`);
  expect(await log.search()).toHaveLength(1);
});

it('a message that is cut off is passed over', () => {
  expect(searchMessages(Buffer.from(`l\x01\0\x01\x00\x01\0\0${canary()}`), openSessions)).toEqual([]);
  expect(searchMessages(Buffer.from('l'), openSessions)).toEqual([]);
});
