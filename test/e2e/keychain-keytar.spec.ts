import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { lookAt } from '../../electron/desktop/secret-service.ts';
import { root } from '../../scripts/electron.mjs';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { expect, test } from '../support/desktop/tally.ts';

/**
 * The answers of the real keyring that Tally's own handling of it rests on, asked of keytar directly. It runs in processes of
 * its own, as a call that hangs keeps its process from ending.
 */

const locked = 'Cannot create an item in a locked collection';

/** What one call of keytar answers: a value, or the words of its error. */
async function ask(call: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const program = `import keytar from 'keytar';
const answer = await keytar.${call}.catch((error) => ({ error: error.message }));
console.log(JSON.stringify(answer ?? null));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return JSON.parse(line);
}

test('an unlocked keyring keeps, replaces and forgets', async ({ keyring }) => {
  expect(await ask(`getPassword('Tally', 'one')`)).toBe(null);
  await ask(`setPassword('Tally', 'one', 'first')`);
  await ask(`setPassword('Tally', 'one', 'second')`);
  expect(await keyring.accounts()).toEqual(['one']);
  expect(await keyring.secret('one')).toBe('second');
  await keyring.put('two', 'third');
  expect(await ask(`getPassword('Tally', 'two')`)).toBe('third');
  expect(await ask(`deletePassword('Tally', 'one')`)).toBe(true);
  expect(await keyring.accounts()).toEqual(['two']);
  await keyring.remove('two');
  expect(await keyring.accounts()).toEqual([]);
});

test('a locked keyring answers as if it were empty, refuses to write, and has everything once unlocked', async ({
  keyring,
}) => {
  await keyring.put('one', 'kept');
  await keyring.lock();
  expect(await ask(`getPassword('Tally', 'one')`)).toBe(null);
  expect(await ask(`getPassword('Tally', 'never there')`)).toBe(null);
  expect(await ask(`deletePassword('Tally', 'one')`)).toBe(false);
  expect(await ask(`setPassword('Tally', 'one', 'changed')`)).toEqual({ error: locked });
  expect(await ask(`setPassword('Tally', 'two', 'new')`)).toEqual({ error: locked });
  await keyring.unlock();
  expect(await keyring.accounts()).toEqual(['one']);
  expect(await ask(`getPassword('Tally', 'one')`)).toBe('kept');
});

test('among a hundred items of Tally’s and those of other programs it is the one that is meant', async ({
  keyring,
}) => {
  await keyring.put('one', 'another program’s', 'Another program');
  for (let item = 0; item < 100; item += 1) await keyring.put(`account:${item}`, `secret ${item}`);
  expect(await lookAt({ service: 'Tally', account: 'one' })).toEqual({ locked: false, found: false });
  expect(await ask(`getPassword('Tally', 'one')`)).toBe(null);
  expect(await ask(`deletePassword('Tally', 'one')`)).toBe(false);
  expect(await ask(`getPassword('Tally', 'account:57')`)).toBe('secret 57');
  await ask(`setPassword('Tally', 'one', 'ours')`);
  expect(await ask(`getPassword('Another program', 'one')`)).toBe('another program’s');
  expect(await keyring.accounts()).toHaveLength(101);
  expect(await ask(`deletePassword('Another program', 'one')`)).toBe(true);
});

test('whether it is locked is told without a question to the person, and without waiting', async ({
  keyring,
}) => {
  const look = (account: string) => lookAt({ service: 'Tally', account });
  await keyring.put('one', 'kept');
  expect(await look('one')).toEqual({ locked: false, found: true });
  expect(await look('two')).toEqual({ locked: false, found: false });
  await keyring.lock();
  expect(await look('one')).toEqual({ locked: true, found: true });
  expect(await look('two')).toEqual({ locked: true, found: false });
  expect(await keyring.locked()).toBe(true);
  keyring.freeze();
  await expect(look('one')).rejects.toThrow('The keychain stands still.');
  keyring.thaw();
});

test('calls to a keyring that stands still hang, and go on afterwards', async ({ keyring }) => {
  await keyring.put('one', 'before');
  keyring.freeze();
  const { called } = await keyring.watchCalls();
  const answers: unknown[] = [];
  const reading = ask(`getPassword('Tally', 'one')`).then((answer) => answers.push(answer));
  await called;
  // A keyring that runs answers within some milliseconds.
  await delay(500);
  expect(answers).toEqual([]);
  const writing = ask(`setPassword('Tally', 'two', 'after')`);
  keyring.thaw();
  await Promise.all([reading, writing]);
  expect(answers).toEqual(['before']);
  expect(await keyring.secret('two')).toBe('after');
});

test('a bus without a keyring is told from a locked one', async () => {
  const bus = await startSessionBus();
  const env = { DBUS_SESSION_BUS_ADDRESS: bus.address };
  try {
    const missing = {
      error: 'The name org.freedesktop.secrets was not provided by any .service files',
    };
    expect(await ask(`getPassword('Tally', 'one')`, env)).toEqual(missing);
    expect(await ask(`setPassword('Tally', 'one', 'new')`, env)).toEqual(missing);
    expect(await ask(`deletePassword('Tally', 'one')`, env)).toEqual(missing);
  } finally {
    await bus.stop();
  }
});
