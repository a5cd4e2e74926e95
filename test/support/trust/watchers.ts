import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Everything that goes over the session bus, with what the messages hold, until it is stopped. */
export async function watchBus(): Promise<{ stop(): Promise<string> }> {
  const child = spawn('dbus-monitor', ['--session'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let seen = '';
  child.stdout.on('data', (data: Buffer) => {
    seen += data.toString('latin1');
  });
  await Promise.race([once(child.stdout, 'data'), closed]);
  if (child.exitCode !== null) throw new Error('dbus-monitor ended by itself');
  return {
    async stop() {
      child.kill();
      await closed;
      return seen;
    },
  };
}
