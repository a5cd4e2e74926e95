import { execFile, spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { call, connectBus } from '../desktop/bus.ts';
import { startSessionBus } from '../desktop/session-bus.ts';

const run = promisify(execFile);

/** KDE's wallet as the keychain of a session bus of its own, opened as at a login to Plasma, with a home of its own. */
export interface KWallet {
  /** What a program is started with whose keychain it shall be. */
  readonly env: Readonly<Record<string, string>>;
  /** The person closes the wallet. */
  lock(): Promise<void>;
  /** How many windows ask for its password. */
  questions(): Promise<number>;
  /** Types the password into the window that asks for it. */
  unlock(): Promise<void>;
  stop(): Promise<void>;
}

const settings = `[Wallet]
Enabled=true
First Use=false
Default Wallet=kdewallet
Use One Wallet=true
Prompt on Open=false
[org.freedesktop.secrets]
apiEnabled=true
`;

const password = 'test';
/** PBKDF2_SHA512_ITERATIONS, _SALTSIZE and _KEYSIZE of kwallet's backend. */
const [iterations, saltSize, keySize] = [50_000, 56, 56];

const wallets = {
  destination: 'org.kde.kwalletd5',
  path: '/modules/kwalletd5',
  interface: 'org.kde.KWallet',
};

/**
 * What pam_kwallet does: hands over the key that it made of the login's password by a pipe, and a socket whose client tells the
 * environment, here nothing. This program has the key from its standard input.
 */
const login = `use Socket; $^F = 99; my ($path) = @ARGV;
socket(my $server, AF_UNIX, SOCK_STREAM, 0) or die; bind($server, sockaddr_un($path)) or die; listen($server, 1) or die;
socket(my $client, AF_UNIX, SOCK_STREAM, 0) or die; connect($client, sockaddr_un($path)) or die; close $client;
pipe(my $from, my $to) or die; binmode STDIN; local $/; syswrite($to, scalar <STDIN>) or die; close $to;
exec 'kwalletd5', '--pam-login', fileno $from, fileno $server;`;

export async function startKWallet(): Promise<KWallet> {
  const home = mkdtempSync(join(tmpdir(), 'tally-kwallet-'));
  const bus = await startSessionBus();
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    DBUS_SESSION_BUS_ADDRESS: bus.address,
  };
  const data = join(env.XDG_DATA_HOME, 'kwalletd');
  for (const folder of [env.XDG_CONFIG_HOME, data, env.XDG_RUNTIME_DIR]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  writeFileSync(join(env.XDG_CONFIG_HOME, 'kwalletrc'), settings);
  const salt = randomBytes(saltSize);
  writeFileSync(join(data, 'kdewallet.salt'), salt);
  const key = pbkdf2Sync(password, salt, iterations, keySize, 'sha512');
  const start = () => {
    const handOver = join(home, 'login');
    rmSync(handOver, { force: true });
    const child = spawn('perl', ['-e', login, handOver], {
      env: { ...env, PAM_KWALLET5_LOGIN: handOver },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.end(key);
    return { child, ended: once(child, 'exit') };
  };
  const client = await connectBus(bus.address);
  const ask = (member: string, signature: string, body: unknown[]) =>
    call(client, { ...wallets, member, signature, body }).catch(() => []);
  // At the first login it makes the wallet, and at each later one it shows it to programs of the Secret Service.
  let daemon = start();
  await expect.poll(() => ask('isOpen', 's', ['kdewallet']), 'there is a wallet').toEqual([true]);
  daemon.child.kill();
  await daemon.ended;
  daemon = start();
  await expect.poll(() => ask('isOpen', 's', ['kdewallet']), 'the wallet is open').toEqual([true]);

  /** Windows with a question, oldest first. */
  async function windows(): Promise<string[]> {
    // It fails where there is none.
    const args = ['search', '--onlyvisible', '--class', 'kwalletd5'];
    const found = await run('xdotool', args).catch(() => ({ stdout: '' }));
    return found.stdout.split('\n').filter(Boolean);
  }

  const wallet: KWallet = {
    env: { DBUS_SESSION_BUS_ADDRESS: bus.address },
    async lock() {
      await call(client, { ...wallets, member: 'closeAllWallets' });
    },
    questions: async () => (await windows()).length,
    async unlock() {
      await expect.poll(windows).not.toEqual([]);
      for (const window of await windows()) {
        await run('xdotool', ['windowfocus', '--sync', window]);
        await run('xdotool', ['type', password]);
        await run('xdotool', ['key', 'Return']);
      }
      await expect.poll(windows).toEqual([]);
    },
    async stop() {
      client.disconnect();
      daemon.child.kill('SIGKILL');
      await daemon.ended;
      await bus.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return wallet;
}
