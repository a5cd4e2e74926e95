import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { companyPem } from '../company.ts';

interface Options {
  /** With the certificate of company.ts. */
  readonly tls?: boolean;
  /** Else everybody is let in. */
  readonly login?: { readonly user: string; readonly password: string };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

const answers = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect({ host: '127.0.0.1', port }, () => done(socket.destroy() !== undefined));
    socket.on('error', () => done(false));
  });

/** Debian's mosquitto with a port of this computer for Tally, and one without TLS and login for who listens. */
export async function startMosquitto(folder: string, { tls, login }: Options = {}) {
  const [port, open] = [await freePort(), await freePort()];
  const config = join(folder, 'mosquitto.conf');
  const users = join(folder, 'users');
  if (login) {
    writeFileSync(users, `${login.user}:${login.password}\n`, { mode: 0o600 });
    spawnSync('/usr/bin/mosquitto_passwd', ['-U', users]);
  }
  const lines = [
    'user root',
    'per_listener_settings true',
    `listener ${port} 127.0.0.1`,
    ...(tls ? [`certfile ${companyPem}`, `keyfile ${companyPem}`] : []),
    ...(login ? [`password_file ${users}`, 'allow_anonymous false'] : ['allow_anonymous true']),
    `listener ${open} 127.0.0.1`,
    'allow_anonymous true',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const broker = spawn('/usr/sbin/mosquitto', ['-c', config], { stdio: 'ignore' });
  while (!(await answers(open))) if (broker.exitCode !== null) throw new Error('mosquitto has ended');
  const listeners: ReturnType<typeof spawn>[] = [];

  return {
    port,
    /** Listens from now on: each line is the retained flag, the topic, and the payload. */
    listen(topic: string): string[] {
      const heard: string[] = [];
      const args = ['-h', '127.0.0.1', '-p', String(open), '-t', topic, '-F', '%r %t %p'];
      const listener = spawn('/usr/bin/mosquitto_sub', args, { stdio: ['ignore', 'pipe', 'ignore'] });
      listeners.push(listener);
      let rest = '';
      listener.stdout.on('data', (bytes: Buffer) => {
        const all = `${rest}${bytes}`.split('\n');
        rest = all.pop() ?? '';
        heard.push(...all);
      });
      return heard;
    },
    /** Tells something, as Home Assistant does. */
    tell(topic: string, payload: string): void {
      spawnSync('/usr/bin/mosquitto_pub', [
        '-h',
        '127.0.0.1',
        '-p',
        String(open),
        '-t',
        topic,
        '-m',
        payload,
      ]);
    },
    stop(): void {
      for (const listener of listeners) listener.kill();
      broker.kill();
    },
  };
}
