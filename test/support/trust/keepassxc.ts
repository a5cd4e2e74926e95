import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { call, connectBus } from '../desktop/bus.ts';
import { startSessionBus } from '../desktop/session-bus.ts';

const run = promisify(execFile);

/** KeePassXC as the keychain of a session bus of its own, with an open database and a home of its own. */
export interface KeePassXC {
  /** What a program is started with whose keychain it shall be. */
  readonly env: Readonly<Record<string, string>>;
  /** How many of its questions are open; one of a program that has ended stays open. */
  questions(): Promise<number>;
  /** Answers the newest question with a yes. */
  allow(): Promise<void>;
  stop(): Promise<void>;
}

/** The group whose entries programs may have, as bytes and as KeePassXC writes it. */
const group = {
  bytes: Buffer.alloc(16, 0x11).toString('base64'),
  text: '{11111111-1111-1111-1111-111111111111}',
};

const database = `<?xml version="1.0" encoding="UTF-8"?>
<KeePassFile>
  <Meta>
    <Generator>Tally</Generator>
    <CustomData><Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>${group.text}</Value></Item></CustomData>
  </Meta>
  <Root><Group><UUID>${group.bytes}</UUID><Name>Root</Name></Group></Root>
</KeePassFile>
`;

/** It asks nobody who reads an entry, and all the same whether a new process may change one. */
const settings = `[General]
ConfigVersion=2
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
[FdoSecrets]
Enabled=true
ConfirmAccessItem=false
ConfirmDeleteItem=false
ShowNotification=false
`;

const password = 'test';

export async function startKeePassXC(): Promise<KeePassXC> {
  const home = mkdtempSync(join(tmpdir(), 'tally-keepassxc-'));
  const bus = await startSessionBus();
  const own = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') };
  const env = {
    ...process.env,
    ...own,
    // It finds another one that runs by a lock there.
    TMPDIR: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
    DBUS_SESSION_BUS_ADDRESS: bus.address,
  };
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  const at = (name: string) => join(home, name);
  writeFileSync(at('database.xml'), database);
  writeFileSync(at('settings.ini'), settings);
  const made = spawn('keepassxc-cli', ['import', '-p', at('database.xml'), at('database.kdbx')], { env });
  made.stdin.end(`${password}\n${password}\n`);
  await once(made, 'exit');
  const files = ['--config', at('settings.ini'), '--localconfig', at('local.ini'), at('database.kdbx')];
  const keepass = spawn('keepassxc', ['--pw-stdin', ...files], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(keepass, 'exit');
  keepass.stdin.end(`${password}\n`);

  /** Windows with a question, oldest first. */
  async function windows(): Promise<string[]> {
    // It fails where there is none.
    const found = await run('xdotool', ['search', '--name', 'Access Request']).catch(() => ({ stdout: '' }));
    return found.stdout.split('\n').filter(Boolean);
  }

  const keychain: KeePassXC = {
    env: { DBUS_SESSION_BUS_ADDRESS: bus.address },
    questions: async () => (await windows()).length,
    async allow() {
      const before = await windows();
      const newest = String(before.at(-1));
      await run('xdotool', ['windowfocus', '--sync', newest]);
      await run('xdotool', ['key', 'Return']);
      await expect.poll(windows).not.toContain(newest);
    },
    async stop() {
      keepass.kill('SIGKILL');
      await ended;
      await bus.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
  const client = await connectBus(bus.address);
  const usual = {
    destination: 'org.freedesktop.secrets',
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'ReadAlias',
    signature: 's',
    body: ['default'],
  };
  const place = () => call(client, usual).catch(() => []);
  await expect
    .poll(place, 'KeePassXC has a place for secrets')
    .toEqual([expect.stringMatching(/collection/)]);
  client.disconnect();
  return keychain;
}
