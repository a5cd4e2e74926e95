import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Agent, buildConnector } from 'undici';
import { sourceOf } from '../../electron/core/backgrounds/jobs.ts';
import {
  type BackgroundsRunnerDeps,
  createBackgroundsRunner,
} from '../../electron/core/backgrounds/runner.ts';
import { createInspect } from '../../electron/core/media/inspect.ts';
import type { Disk } from '../../electron/core/ports.ts';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import type { PracticeOptions } from '../../electron/practice/server.ts';
import type { BackgroundsView, UploadView } from '../../shared/backgrounds.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { smallPng } from './files.ts';
import { type Rig, withPractice } from './practice-client.ts';
import { createWatch } from './waiting.ts';

/** A backgrounds service at a practice Zoom, with real files, over a line that can be cut. */
export interface BackgroundsRig extends Rig {
  readonly clock: FakeClock;
  readonly service: ReturnType<typeof serviceOf>;
  /** Everything that was shown, oldest first. */
  readonly views: readonly BackgroundsView[];
  /** What was last saved. */
  saved(): ReadonlyMap<string, string> | undefined;
  readonly copies: Map<string, Buffer>;
  /** Writes a file and gives its path. */
  file(name: string, bytes?: Uint8Array): string;
  /** Resolves with the first view, from now on or the present one, for which `test` holds. */
  until(test: (view: BackgroundsView) => boolean): Promise<BackgroundsView>;
  /** Resolves with the upload of that name once it is in that state. */
  upload(name: string, state: UploadView['state']): Promise<UploadView>;
  /** Takes all places but `free` at Zoom. */
  fill(free?: number): Promise<void>;
  /** Contents (sha256) of all backgrounds at Zoom. */
  atZoom(): Promise<string[]>;
  /** Statuses of the answers to an operation's calls; 0 for those that got none. */
  calls(operationId: string): Promise<number[]>;
  readonly line: Line;
}

interface Line {
  /** Whether this computer is connected; connections that stand are closed. */
  online: boolean;
  /** The next upload is cut once so many bytes of its request have passed. */
  cutUploadAfter(bytes: number): void;
  /** The next upload stands still once so many bytes have passed; resolves when it does. */
  stallUploadAfter(bytes: number): Promise<void>;
  /** Lets an upload that stands still go on. */
  resumeUpload(): void;
  /** Resolves when the connection of the upload that was limited last is closed. */
  uploadClosed(): Promise<void>;
  /** Holds the answer to the next upload back for good; resolves when it is there. */
  holdAnswer(): Promise<void>;
  /** Tells the service that the connection is back. */
  announce(): void;
}

export const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const states = (rig: BackgroundsRig) => rig.service.view().queue.map((upload) => upload.state);

/** Resolves when nothing of the queue is still to be done. */
export const allOver = (rig: BackgroundsRig) =>
  rig.until(
    ({ queue }) =>
      queue.length > 0 &&
      queue.every(({ state }) => ['done', 'failed', 'cancelled', 'refused'].includes(state)),
  );

/** Waits of the client are skipped, those of the queue are not. */
const longestSkip = 4_500;

export async function withBackgrounds(
  folder: string,
  use: (rig: BackgroundsRig) => Promise<void>,
  change: Partial<BackgroundsRunnerDeps> = {},
  options: PracticeOptions = {},
): Promise<void> {
  const clock = createFakeClock();
  clock.skipWaits(longestSkip);
  await withPractice({ now: clock.now, ...options }, async (practice) => {
    const listeners = new Set<() => void>();
    const wire = await startLine(Number(new URL(practice.practice.apiUrl).port), listeners);
    const zoom = createZoomClient({
      clock,
      session: fixedSession(practice.practice.accessToken),
      apiUrl: () => practice.practice.apiUrl,
      random: () => 0,
      makeDispatcher: async (agentOptions) => new Agent({ ...agentOptions, connect: wire.connector }),
    });
    const rig = rigFor({ practice, clock, folder, line: wire.line, zoom, listeners }, change);
    try {
      await use(rig);
    } finally {
      rig.service.stop();
      zoom.dropConnections();
      await wire.close();
    }
  });
}

async function bytesOf(content: string | Uint8Array, from: Pick<Disk, 'open'>): Promise<Buffer> {
  if (typeof content !== 'string') return Buffer.from(content);
  const file = await from.open(content);
  const { size } = await file.state();
  const bytes = Buffer.alloc(size);
  for (let filled = 0; filled < size; ) filled += await file.read(bytes, filled, size - filled, null);
  await file.close();
  return bytes;
}

interface Parts {
  readonly practice: Rig;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly line: Line;
  readonly zoom: BackgroundsRunnerDeps['zoom'];
  readonly listeners: Set<() => void>;
}

/** The runner, and what the person does with its queue in single words. */
function serviceOf(deps: BackgroundsRunnerDeps) {
  const runner = createBackgroundsRunner(deps);
  return {
    ...runner,
    add: (paths: readonly string[]) => runner.dispatch({ type: 'add', paths }),
    cancel: (id: string) => runner.dispatch({ type: 'cancel', id }),
    retry: (id: string) => runner.dispatch({ type: 'retry', id }),
    remove: (id: string) => runner.dispatch({ type: 'remove', id }),
    clear: () => runner.dispatch({ type: 'clear' }),
    undo: () => runner.dispatch({ type: 'undo' }),
  };
}

function rigFor(
  { practice, clock, folder, line, zoom, listeners }: Parts,
  change: Partial<BackgroundsRunnerDeps>,
): BackgroundsRig {
  const views: BackgroundsView[] = [];
  const watch = createWatch();
  const copies = new Map<string, Buffer>();
  let saved: ReadonlyMap<string, string> | undefined;
  const copyPath = (sha256: string) => join(folder, `copy-${sha256}`);
  async function keep(
    sha256: string,
    content: string | Uint8Array,
    from: Pick<Disk, 'open'> = disk,
  ): Promise<boolean> {
    const whole = typeof content === 'string' && from === disk;
    const bytes = whole ? readFileSync(content) : await bytesOf(content, from);
    if (sha(bytes) !== sha256) return false;
    writeFileSync(copyPath(sha256), bytes);
    copies.set(sha256, bytes);
    return true;
  }
  const service = serviceOf({
    clock,
    zoom,
    disk,
    contents: new Map(),
    copies: { has: (sha256) => copies.has(sha256), path: copyPath, put: keep },
    keep: async ({ print, path, left }) => keep(print.sha256, path, sourceOf(disk, { left })),
    save: (contents) => {
      saved = contents;
    },
    changed(view) {
      views.push(view);
      watch.changed();
    },
    inspect: createInspect(disk),
    leavesOut: () => true,
    showsThrough: async () => false,
    videos: { look: async () => null, make: async () => null },
    fix: async () => ({ ok: false, problem: { code: 'damaged', words: 'Not here.' } }),
    ...change,
  });
  listeners.add(() => service.dispatch({ type: 'online' }));

  const until: BackgroundsRig['until'] = (test) => watch.until(service.view, test);
  return {
    ...practice,
    clock,
    service,
    views,
    saved: () => saved,
    copies,
    line,
    file(name, bytes = smallPng().bytes) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    until,
    async upload(name, state) {
      const found = (view: BackgroundsView) =>
        view.queue.find((one) => one.name === name && one.state === state);
      return found(await until((view) => found(view) !== undefined)) as UploadView;
    },
    async fill(free = 0) {
      const { me } = await practice.state();
      for (let shade = me.backgrounds.length; shade < 10 - free; shade += 1) {
        const { status } = await practice.call('uploadVBuser', { file: smallPng(shade, `old-${shade}.png`) });
        if (status !== 201) throw new Error(`filling answered ${status}`);
      }
    },
    atZoom: async () => (await practice.state()).me.backgrounds.map((file) => file.sha256),
    calls: async (operationId) => {
      const { requests } = await practice.state();
      return requests.filter((entry) => entry.operationId === operationId).map((entry) => entry.status);
    },
  };
}

/** A relay on this computer before the practice Zoom's port, and undici's way through it. */
async function startLine(port: number, listeners: Set<() => void>) {
  const sockets = new Set<Socket>();
  let limit: { readonly bytes: number; reached(socket: Socket): void } | undefined;
  let online = true;
  let limited: { readonly socket: Socket; resume(): void } | undefined;
  let holding: (() => void) | undefined;

  const server = createServer((socket) => {
    const upstream = connect(port, '127.0.0.1');
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(end);
          socket.destroy();
          upstream.destroy();
        });
    }
    let isUpload = false;
    upstream.on('data', (chunk: Buffer) => {
      if (!isUpload || !holding) socket.write(chunk);
      else holding();
    });
    let uploading: typeof limit;
    let passed = 0;
    socket.on('data', (chunk: Buffer) => {
      const method = chunk.toString('latin1', 0, 5);
      if (/^(POST|GET|DELE)/.test(method)) isUpload = method === 'POST ';
      if (limit && isUpload) {
        uploading = limit;
        limit = undefined;
        passed = 0;
      }
      const room = uploading ? uploading.bytes - passed : chunk.length;
      passed += chunk.length;
      if (room > 0) upstream.write(chunk.subarray(0, room));
      if (!uploading || passed < uploading.bytes) return;
      const rest = chunk.subarray(Math.max(0, room));
      const resume = () => {
        upstream.write(rest);
        socket.resume();
      };
      limited = { socket, resume };
      uploading.reached(socket);
      uploading = undefined;
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const relay = typeof address === 'object' && address ? String(address.port) : '';
  const direct = buildConnector({});
  const connector: buildConnector.connector = (options, callback) => {
    if (online) direct({ ...options, port: relay }, callback);
    else callback(Object.assign(new Error('offline'), { code: 'ENETUNREACH' }), null);
  };

  const line: Line = {
    get online() {
      return online;
    },
    set online(value) {
      online = value;
      if (!value) for (const socket of sockets) socket.destroy();
    },
    cutUploadAfter(bytes) {
      limit = { bytes, reached: (socket) => socket.destroy() };
    },
    stallUploadAfter: (bytes) =>
      new Promise((done) => {
        const reached = (socket: Socket) => {
          socket.pause();
          done();
        };
        limit = { bytes, reached };
      }),
    resumeUpload: () => limited?.resume(),
    uploadClosed: () =>
      new Promise((done) => {
        if (!limited || limited.socket.destroyed) done();
        // Reading on is how the end of a connection is noticed.
        else limited.socket.on('close', () => done()).resume();
      }),
    holdAnswer: () =>
      new Promise((done) => {
        holding = done;
      }),
    announce() {
      for (const listener of listeners) listener();
    },
  };
  return {
    line,
    connector,
    close: () =>
      new Promise<void>((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}
