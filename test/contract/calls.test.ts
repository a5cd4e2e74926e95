/** Who uses the microphone, as stand-ins tell it that can do what real sound servers seldom do (those are in test/trust/calls.test.ts). */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Clock, DeviceUse } from '../../electron/core/ports.ts';
import { watchPipeWire } from '../../electron/desktop/calls/pipewire.ts';
import { watchPulse } from '../../electron/desktop/calls/pulse.ts';
import {
  command,
  none,
  packet,
  readPackets,
  type Sent,
  sourceOutputs,
  version,
} from '../../electron/desktop/calls/pulse-protocol.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { createWatch, eventually } from '../support/waiting.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});
const tempFolder = tempFolders();

type Uses = readonly DeviceUse[] | undefined;
type Watch = (clock: Clock, tell: (uses: Uses) => void, env: Record<string, string>) => () => void;

function begin(watch: Watch, env: Record<string, string>, clock = createFakeClock()) {
  const told: Uses[] = [];
  const changes = createWatch();
  const stop = watch(
    clock,
    (uses) => {
      told.push(uses);
      changes.changed();
    },
    env,
  );
  cleanUps.unshift(stop);
  return {
    clock,
    told,
    stop,
    tells: (wanted: Uses) =>
      changes.until(
        () => told.at(-1),
        (now) => told.length > 0 && JSON.stringify(now) === JSON.stringify(wanted),
      ),
    /** What has ended is begun again after a second, or later. */
    async again() {
      await clock.waitForTimers(1);
      await clock.advance(30_000);
    },
  };
}

const inUse = [{ device: 'microphone', program: 'Caller' }] as const;

/** A PipeWire of which pw-dump says what the test wants: lines of a shell. */
function pipeWire() {
  const folder = tempFolder();
  const says = (script: string) => {
    // A shell that still reads the former one goes on with that.
    const next = join(folder, 'next');
    writeFileSync(next, `#!/bin/sh\necho $$ >>'${folder}/started'\n${script}\n`);
    chmodSync(next, 0o755);
    renameSync(next, join(folder, 'pw-dump'));
  };
  const node = {
    state: 'running',
    props: { 'media.class': 'Stream/Input/Audio', 'application.name': 'Caller' },
  };
  const graph = [
    { id: 1, type: 'PipeWire:Interface:Node', info: { props: { 'media.class': 'Audio/Source' } } },
    { id: 2, type: 'PipeWire:Interface:Node', info: node },
    { id: 3, type: 'PipeWire:Interface:Link', info: { 'output-node-id': 1, 'input-node-id': 2 } },
  ];
  return {
    says,
    graph: `printf '%s\\n' '${JSON.stringify(graph)}'`,
    appear: () => writeFileSync(join(folder, 'pipewire-0'), ''),
    env: { PATH: `${folder}:/usr/bin:/bin`, XDG_RUNTIME_DIR: folder },
    started: () =>
      existsSync(join(folder, 'started'))
        ? readFileSync(join(folder, 'started'), 'utf8').trim().split('\n').map(Number)
        : [],
  };
}

it('begins pw-dump again when it has ended, has it only while PipeWire is there, and ends it in the end', async () => {
  const { says, graph, appear, env, started } = pipeWire();
  says(`${graph}\nexec sleep 1000`);
  const clock = createFakeClock();
  clock.skipWaits(30_000);
  const { tells, stop, told } = begin(watchPipeWire, env, clock);
  await tells(undefined);
  expect(started()).toEqual([]);
  appear();
  await tells(inUse);
  const [first] = started();
  process.kill(first as number, 'SIGKILL');
  await tells(undefined);
  says('exit 1');
  await eventually(() => expect(started().length).toBeGreaterThan(1));
  says(`${graph}\nexec sleep 1000`);
  await tells(inUse);
  const last = started().at(-1) as number;
  stop();
  await eventually(() => expect(() => process.kill(last, 0)).toThrow());
  expect(told.at(-1)).toEqual(inUse);
});

it('gives up a pw-dump that writes without an end, and reads past what it cannot read', async () => {
  const { says, graph, appear, env, started } = pipeWire();
  appear();
  says(`printf 'oops ]['; ${graph}; printf '['; exec yes '1,'`);
  const { tells, told } = begin(watchPipeWire, env);
  await tells(undefined);
  await eventually(() => expect(() => process.kill(started()[0] as number, 0)).toThrow());
  expect(told).toEqual([undefined]);
});

/** Somebody who speaks PulseAudio's protocol as the test wants it. */
async function pulse() {
  const folder = tempFolder();
  mkdirSync(join(folder, 'pulse'));
  const sockets = new Set<Socket>();
  const outputs: Sent[][] = [];
  const asked: unknown[] = [];
  const answers: Record<number, (tag: number) => Buffer> = {
    [command.auth]: (tag) => packet(command.reply, tag, version),
    [command.getSourceOutputs]: (tag) => packet(command.reply, tag, ...outputs.flat()),
    [command.getSource]: (tag) => packet(command.reply, tag, ...Array(8).fill(0), none),
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const take = readPackets(([what, tag]) => {
      asked.push(what);
      socket.write((answers[what as number] ?? ((one) => packet(command.reply, one)))(tag as number));
    });
    socket.on('data', take).on('error', () => {});
  });
  await new Promise<void>((done) => server.listen(join(folder, 'pulse/native'), done));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  cleanUps.push(cut, () => server.close());
  const send = (bytes: Buffer) => {
    for (const socket of sockets) socket.write(bytes);
  };
  return {
    env: { XDG_RUNTIME_DIR: folder },
    answers,
    outputs,
    asked,
    cut,
    send,
    change: () => send(packet(command.subscribeEvent, none, sourceOutputs, 0)),
  };
}

/** A source output as a list of PulseAudio's has it. */
function output(program: string, { client = 1, resampler = 'speex', corked = 0 } = {}): Sent[] {
  const head = [1, 'Recording', none, client, 7, 0, 0, 0, 0];
  return [...head, resampler, 'driver', { 'application.name': program }, corked, 0, 0, 0, 0, 0];
}

it('asks PulseAudio after each change, and again when it was cut off', async () => {
  const { env, outputs, change, cut, asked } = await pulse();
  const { tells, again } = begin(watchPulse, env);
  await tells([]);
  expect(asked).toEqual([command.auth, command.setClientName, command.subscribe, command.getSourceOutputs]);
  outputs.push(output('Meter', { resampler: 'peaks' }), output('Module', { client: none }), output('Caller'));
  change();
  await tells(inUse);
  cut();
  await tells(undefined);
  await again();
  await tells(inUse);
  outputs.length = 0;
  change();
  await tells([]);
});

it.each<[string, (server: Awaited<ReturnType<typeof pulse>>) => void]>([
  ['is too old', ({ answers }) => (answers[command.auth] = (tag) => packet(command.reply, tag, 13))],
  ['lets nobody in', ({ answers }) => (answers[command.auth] = (tag) => packet(command.error, tag, 1))],
  [
    'speaks something else',
    ({ answers }) => (answers[command.auth] = () => Buffer.from('HTTP/1.1 400\r\n'.repeat(9))),
  ],
])('takes nothing from a server that %s, and tries again later', async (_, spoil) => {
  const server = await pulse();
  const { answers } = server;
  const good = answers[command.auth] as (tag: number) => Buffer;
  spoil(server);
  const { tells, again, told } = begin(watchPulse, server.env);
  await tells(undefined);
  answers[command.auth] = good;
  await again();
  await tells([]);
  expect(told).toEqual([undefined, []]);
});
