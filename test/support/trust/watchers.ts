import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Something that looks on until it is stopped; gives all that it has seen. */
export interface Watcher {
  stop(): Promise<string>;
}

/** Everything that goes over the session bus, with what the messages hold. */
export const watchBus = (): Promise<Watcher> => watch('dbus-monitor', ['--session']);

const arguments_ = `
const { readdirSync, readFileSync } = require('node:fs');
const seen = new Set();
setInterval(() => {
  for (const pid of readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) {
    for (const file of ['cmdline', 'environ']) {
      try {
        const text = readFileSync('/proc/' + pid + '/' + file, 'latin1');
        if (!seen.has(text)) process.stdout.write(text + '\\n');
        seen.add(text);
      } catch {}
    }
  }
}, 5);
process.stdout.write('looking\\n');`;

/** What another user reads of every process, its arguments first of all; only root can be another one, others look as they are. */
export const watchProcesses = (): Promise<Watcher> =>
  watch(
    '/usr/bin/env',
    ['node', '-e', arguments_],
    process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {},
  );

async function watch(program: string, args: readonly string[], user: { uid?: number; gid?: number } = {}) {
  const child: ChildProcess = spawn(program, args, {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let seen = '';
  child.stdout?.on('data', (data: Buffer) => {
    seen += data.toString('latin1');
  });
  await Promise.race([once(child.stdout as NonNullable<typeof child.stdout>, 'data'), closed]);
  if (child.exitCode !== null) throw new Error(`${program} ended by itself`);
  return {
    async stop() {
      child.kill();
      await closed;
      return seen;
    },
  };
}
