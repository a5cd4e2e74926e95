import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { startSessionBus } from '../desktop/session-bus.ts';

/** Sound servers of a folder's own, and who records from them. Real programs, each ended by its own id. */
export async function soundIn(folder: string) {
  // PipeWire's session manager does not go without one.
  const bus = await startSessionBus(join(folder, 'bus'));
  const runtime = join(folder, 'runtime');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(folder, 'home'),
    XDG_RUNTIME_DIR: runtime,
    LC_ALL: 'C',
    DBUS_SESSION_BUS_ADDRESS: bus.address,
  };
  mkdirSync(env.HOME, { recursive: true });
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const running = new Set<ChildProcess>();

  function start(program: string, ...args: string[]): ChildProcess {
    const child = spawn(program, args, { env, stdio: 'ignore', cwd: folder });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Runs a program to its end. */
  async function run(program: string, ...args: string[]): Promise<void> {
    const [code] = await once(start(program, ...args), 'exit');
    if (code !== 0) throw new Error(`${program} failed (${code}).`);
  }

  /** Resolves once a server listens at its socket. */
  function isThere(socket: string): Promise<void> {
    const path = join(runtime, socket);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return new Promise((done) => {
      const watcher = watch(dirname(path), look);
      function look(): void {
        if (!existsSync(path)) return;
        watcher.close();
        done();
      }
      look();
    });
  }

  return {
    env,
    /** PipeWire with its session manager, a microphone that is silent and a speaker that nobody hears; with `pulse` as PulseAudio, too. */
    async startPipeWire(pulse: boolean) {
      const server = start('pipewire');
      await isThere('pipewire-0');
      const others = [start('wireplumber'), ...(pulse ? [start('pipewire-pulse')] : [])];
      if (pulse) await isThere('pulse/native');
      await run('pw-cli', 'create-node', 'adapter', nullNode('mic', 'Audio/Source/Virtual'));
      await run('pw-cli', 'create-node', 'adapter', nullNode('speaker', 'Audio/Sink'));
      return async () => {
        for (const child of [...others, server]) await end(child);
      };
    },
    /** PulseAudio itself, with the same. */
    async startPulseAudio() {
      const modules = ['module-native-protocol-unix', 'module-null-source source_name=mic'];
      const args = [...modules, 'module-null-sink sink_name=speaker'].map((module) => `--load=${module}`);
      const server = start('pulseaudio', '-n', '--daemonize=no', '--exit-idle-time=-1', ...args);
      await isThere('pulse/native');
      return () => end(server);
    },
    /** Records until it is told to stop. */
    record(program: 'pw-record' | 'parecord', ...args: string[]) {
      const child = start(program, ...args, join(folder, 'recorded.wav'));
      return () => end(child);
    },
    /** Ends whatever still runs. */
    async stop(): Promise<void> {
      for (const child of [...running].reverse()) await end(child);
      await bus.stop();
    },
  };
}

const nullNode = (name: string, media: string) =>
  `{ factory.name=support.null-audio-sink node.name=${name} media.class=${media} object.linger=true audio.position=[MONO] }`;
