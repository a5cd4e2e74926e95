import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock, DeviceUse } from '../../core/ports.ts';
import { keepGoing } from './again.ts';
import {
  command,
  none,
  packet,
  readPackets,
  type Sent,
  sourceOutputs,
  type Value,
  version,
} from './pulse-protocol.ts';
import { distinct, isNobodys, type Properties, programOf } from './uses.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Values of one source output from PulseAudio 1.0 on, and where of them is what counts. */
const fields = { count: 18, client: 3, source: 4, resampler: 9, properties: 11, corked: 12 } as const;
/** Where in the answer about a source it says of which sink it is the monitor. */
const monitorOf = 8;

/**
 * Tells who uses a microphone by PulseAudio, or by PipeWire in its place, at once and after each change: undefined where neither
 * answers. Returns how to stop that.
 */
export function watchPulse(
  clock: Clock,
  tell: (uses: readonly DeviceUse[] | undefined) => void,
  env: Environment = process.env,
): () => void {
  return keepGoing(clock, (works, ended) => {
    const path = socketPath(env);
    const over = () => {
      tell(undefined);
      ended();
    };
    // To connect to what isn't there would wake more threads than to look.
    if (!path || !existsSync(path)) {
      over();
      return () => {};
    }
    const socket = connect(path);
    const server = talk(socket);
    socket.once('connect', () => {
      const listen = async () => {
        await server.begin(env);
        const look = onlyOne(async () => {
          const uses = await server.uses();
          works();
          tell(uses);
        });
        server.changed = () => void look().catch(() => socket.destroy());
        await look();
      };
      listen().catch(() => socket.destroy());
    });
    socket.on('error', () => {}).once('close', over);
    return () => {
      socket.off('close', over);
      socket.destroy();
    };
  });
}

/** Never two at once; what is asked for meanwhile is done once afterwards. */
function onlyOne(act: () => Promise<void>): () => Promise<void> {
  let isBusy = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isBusy) return;
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      await act();
    }
    isBusy = false;
  };
}

/** Questions and answers over a socket; all of them are rejected once it is closed. */
function talk(socket: Socket) {
  const waiting = new Map<number, { answer(values: readonly Value[]): void; fail(error: Error): void }>();
  let last = 0;
  const self = {
    /** Called when a source output has come, gone or changed. */
    changed: () => {},
    async begin(env: Environment): Promise<void> {
      const [spoken] = await ask(command.auth, version, cookie(env));
      if (typeof spoken !== 'number' || (spoken & 0xffff) < version)
        throw new Error('The server is too old.');
      await ask(command.setClientName, { 'application.name': 'Tally' });
      await ask(command.subscribe, sourceOutputs);
    },
    async uses(): Promise<readonly DeviceUse[]> {
      const values = await ask(command.getSourceOutputs);
      const uses: DeviceUse[] = [];
      for (let at = 0; at + fields.count <= values.length; at += fields.count) {
        const output = values.slice(at, at + fields.count);
        const properties = output[fields.properties] as Properties;
        const isEffect = output[fields.client] === none || output[fields.resampler] === 'peaks';
        if (isEffect || output[fields.corked] === true || isNobodys(properties)) continue;
        if (await isMonitor(output[fields.source])) continue;
        const program = programOf(properties);
        uses.push({ device: 'microphone', ...(program && { program }) });
      }
      return distinct(uses);
    },
  };

  function ask(what: number, ...values: readonly Sent[]): Promise<readonly Value[]> {
    last += 1;
    const tag = last;
    return new Promise((answer, fail) => {
      waiting.set(tag, { answer, fail });
      socket.write(packet(what, tag, ...values));
    });
  }

  /** Whether what is recorded is what the computer plays; a source may be gone by now. */
  async function isMonitor(source: Value | undefined): Promise<boolean> {
    if (typeof source !== 'number') return false;
    const values = await ask(command.getSource, source, null).catch(() => []);
    return values[monitorOf] !== none;
  }

  const take = readPackets(([what, tag, ...values]) => {
    if (what === command.subscribeEvent) return self.changed();
    const question = waiting.get(tag as number);
    waiting.delete(tag as number);
    if (what === command.reply) question?.answer(values);
    else if (what === command.error) question?.fail(new Error(`The server refused it (${values[0]}).`));
  });
  socket.on('data', (chunk) => {
    if (!take(chunk)) socket.destroy();
  });
  socket.once('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('The server has ended.'));
    waiting.clear();
  });
  return self;
}

/** Where the server of this computer listens; undefined where nothing names it. */
function socketPath({ PULSE_SERVER, PULSE_RUNTIME_PATH, XDG_RUNTIME_DIR }: Environment): string | undefined {
  const named = /^(?:\{[^}]*\})?(?:unix:)?(\/.+)$/.exec(PULSE_SERVER ?? '')?.[1];
  if (PULSE_SERVER) return named;
  if (PULSE_RUNTIME_PATH) return join(PULSE_RUNTIME_PATH, 'native');
  return XDG_RUNTIME_DIR && join(XDG_RUNTIME_DIR, 'pulse/native');
}

/** What PulseAudio knows its person by; PipeWire does not look at it. */
function cookie({ PULSE_COOKIE, XDG_CONFIG_HOME, HOME = '' }: Environment): Uint8Array {
  const config = XDG_CONFIG_HOME || join(HOME, '.config');
  for (const path of [PULSE_COOKIE, join(config, 'pulse/cookie'), join(HOME, '.pulse-cookie')]) {
    if (!path) continue;
    try {
      return readFileSync(path).subarray(0, 256);
    } catch {}
  }
  return new Uint8Array(256);
}
