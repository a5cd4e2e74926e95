import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface SessionBus {
  /** For DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
  stop(): Promise<void>;
}

/** A session bus with nothing on it, which starts no services either: no panel, no keyring. Its address is that of its folder. */
export async function startSessionBus(
  folder = mkdtempSync(join(tmpdir(), 'tally-bus-')),
): Promise<SessionBus> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig>
  <type>session</type>
  <listen>unix:path=${join(folder, 'bus')}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`,
  );
  const args = [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=1'];
  const daemon = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(daemon, 'exit');
  const lines = createInterface({ input: daemon.stdout });
  const [address] = (await Promise.race([
    once(lines, 'line'),
    ended.then(() => {
      throw new Error('The session bus did not start');
    }),
  ])) as [string];
  return {
    address,
    async stop() {
      daemon.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
