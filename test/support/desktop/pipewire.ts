import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const microphone = {
  id: 1,
  type: 'PipeWire:Interface:Node',
  info: { state: 'running', props: { 'media.class': 'Audio/Source' } },
};
const link = { id: 3, type: 'PipeWire:Interface:Link', info: { 'output-node-id': 1, 'input-node-id': 2 } };
const stream = (info: object | null) => ({ id: 2, type: 'PipeWire:Interface:Node', info });

/**
 * A PipeWire of which pw-dump tells what the test wants: a microphone, and who uses it. The real one is in the trust tests, as it
 * would have to be installed. `path` and `env` go into `LaunchOptions`.
 */
export function startPipeWire() {
  const folder = mkdtempSync(join(tmpdir(), 'tally-pipewire-'));
  const facts = join(folder, 'facts');
  const watched = join(folder, 'watched');
  execFileSync('mkfifo', ['-m', '600', facts]);
  writeFileSync(join(folder, 'pw-dump'), `#!/bin/sh\n: > '${watched}'\nexec cat '${facts}'\n`, {
    mode: 0o755,
  });
  // Open for reading, too: writing waits for nobody, and what nobody has read yet is kept.
  const fifo = openSync(facts, 'r+');
  const tell = (...objects: readonly object[]) => writeSync(fifo, `${JSON.stringify(objects)}\n`);
  tell(microphone, link);
  return {
    path: folder,
    env: { PIPEWIRE_REMOTE: 'stand-in' },
    /** Whether anybody has asked so far who uses it. */
    isWatched: () => existsSync(watched),
    /** A program uses the microphone from now on. */
    use(program: string): void {
      const props = { 'media.class': 'Stream/Input/Audio', 'application.name': program };
      tell(stream({ state: 'running', props }));
    },
    /** Nobody uses it any more. */
    free(): void {
      tell(stream(null));
    },
    close(): void {
      closeSync(fifo);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
