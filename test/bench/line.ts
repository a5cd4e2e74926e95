/** Uploads over a line as people have one: slower, longer and worse than loopback. Linux, as root. */
import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compared, type Figure, median, rounded, spread } from './numbers.ts';
import { makePictureFiles } from './picture-files.ts';
import { quiet } from './processes.ts';
import type { Progress } from './turns.ts';
import type { Sent } from './uploader.ts';

const run = promisify(execFile);
const at = {
  router: fileURLToPath(new URL('./line.pl', import.meta.url)),
  server: fileURLToPath(new URL('./line-server.ts', import.meta.url)),
  client: fileURLToPath(new URL('./uploader.ts', import.meta.url)),
};
/** Of the network that is set aside for measurements (RFC 2544). */
const [near, far] = ['198.18.0.1', '198.18.0.2'];
const most = 1.05;

interface Line {
  readonly figure: string;
  readonly megabits: number;
  /** Both ways together, ms. */
  readonly roundTrip: number;
  readonly lostPercent: number;
  /** What is sent: enough for the line to show its rate, little enough not to keep the bench. */
  readonly bytes: number;
  readonly rounds: number;
}

const lines: readonly Line[] = [
  { figure: 'upload-20mbit-20ms', megabits: 20, roundTrip: 20, lostPercent: 0, bytes: 2e6, rounds: 4 },
  { figure: 'upload-20mbit-120ms', megabits: 20, roundTrip: 120, lostPercent: 0, bytes: 2e6, rounds: 3 },
  { figure: 'upload-200mbit-20ms', megabits: 200, roundTrip: 20, lostPercent: 0, bytes: 15e6, rounds: 5 },
  { figure: 'upload-200mbit-120ms', megabits: 200, roundTrip: 120, lostPercent: 0, bytes: 15e6, rounds: 3 },
  { figure: 'upload-20mbit-20ms-lossy', megabits: 20, roundTrip: 20, lostPercent: 1, bytes: 1e6, rounds: 9 },
  {
    figure: 'upload-200mbit-120ms-lossy',
    megabits: 200,
    roundTrip: 120,
    lostPercent: 1,
    bytes: 3e5,
    rounds: 7,
  },
];

interface Ends {
  /** Has the app's client send a file; ms. */
  byClient(file: string): Promise<number>;
  byCurl(file: string): Promise<number>;
}

/** A program that is there as long as it is needed. */
interface Helper {
  readonly child: ChildProcess;
  /** What comes next of it; rejects when it ends before. */
  next<T>(from: NodeJS.EventEmitter, event: string): Promise<T>;
}

function startHelper(command: string, args: readonly string[], stdio: StdioOptions): Helper {
  const child = spawn(command, args, { stdio });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${args.join(' ')} ended`)));
  ended.catch(() => {});
  return {
    child,
    async next<T>(from: NodeJS.EventEmitter, event: string) {
      const [value] = (await Promise.race([once(from, event), ended])) as [T];
      return value;
    },
  };
}

/** A program of Node in a namespace, with which messages are exchanged. */
const startInside = (namespace: string, script: string, more: string) =>
  startHelper('ip', ['netns', 'exec', namespace, process.execPath, script, more], ['ignore', 2, 2, 'ipc']);

/** Lays a line between two network namespaces of its own, and takes all of it away after `use`. */
async function withLine<T>(line: Line, use: (ends: Ends) => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) throw new Error('a line of its own takes root');
  const names = ['near', 'far'].map((end) => `tally-bench-${process.pid}-${end}`) as [string, string];
  const helpers: Helper[] = [];
  const keep = (helper: Helper) => {
    helpers.push(helper);
    return helper;
  };
  try {
    for (const name of names) await run('ip', ['netns', 'add', name]);
    const numbers = [line.megabits, line.roundTrip, line.lostPercent].map(String);
    const router = keep(startHelper('perl', [at.router, ...names, ...numbers], ['ignore', 'pipe', 2]));
    await router.next(router.child.stdout as NodeJS.EventEmitter, 'data');
    const ends = [
      [names[0], near, far],
      [names[1], far, near],
    ] as const;
    for (const [name, own, other] of ends) {
      await run('ip', ['-n', name, 'addr', 'add', own, 'peer', other, 'dev', 'line']);
      await run('ip', ['-n', name, 'link', 'set', 'line', 'up']);
    }
    const server = keep(startInside(names[1], at.server, far));
    const apiUrl = await server.next<string>(server.child, 'message');
    const client = keep(startInside(names[0], at.client, apiUrl));
    return await use({
      async byClient(file) {
        client.child.send(file);
        const { took, problem } = await client.next<Sent>(client.child, 'message');
        if (problem !== undefined) throw new Error(problem);
        return took;
      },
      byCurl: (file) => curl(names[0], apiUrl, file),
    });
  } finally {
    for (const { child } of helpers) child.kill('SIGKILL');
    for (const name of names) await run('ip', ['netns', 'delete', name]).catch(() => {});
  }
}

async function curl(namespace: string, apiUrl: string, file: string): Promise<number> {
  // Without the empty `Expect:` it would wait to be asked for the content.
  const form = ['--form', `file=@${file};type=video/mp4`, '--header', 'Expect:', '--output', '/dev/null'];
  const told = ['--silent', '--show-error', '--fail', '--write-out', '%{time_total}'];
  const url = `${apiUrl}/users/me/settings/virtual_backgrounds`;
  const { stdout } = await run('ip', ['netns', 'exec', namespace, 'curl', ...told, ...form, url]);
  return Number(stdout) * 1000;
}

const figureOf = (line: Line) =>
  async function upload(_panel: unknown, progress: Progress): Promise<Figure> {
    const files = makePictureFiles();
    try {
      const file = files.file('mp4', randomBytes(line.bytes));
      const tally: number[] = [];
      const other: number[] = [];
      await withLine(line, async ({ byClient, byCurl }) => {
        for (let round = 0; round <= line.rounds; round++) {
          await quiet();
          const both = [
            async () => tally.push(await byClient(file)),
            async () => other.push(await byCurl(file)),
          ];
          if (round % 2 === 1) both.reverse();
          for (const send of both) await send();
          progress(`client ${tally.at(-1)?.toFixed(0)}, curl ${other.at(-1)?.toFixed(0)}`);
        }
      });
      // The first of each finds the line's ends cold.
      const [ours, theirs] = [tally.slice(1), other.slice(1)];
      const ratios = ours.map((took, round) => took / (theirs[round] as number));
      const ratio = rounded(median(ratios));
      return {
        figure: line.figure,
        unit: 'ms',
        ...compared(ours, theirs),
        // Of the rounds: a busy machine slows whole rounds down.
        ratio,
        ratioSpread: spread(ratios),
        aim: `<= ${most} times curl`,
        met: ratio <= most,
        megabitsReached: Math.round((line.bytes * 8) / 1e4 / (median(ours) / 1000)) / 100,
      };
    } finally {
      files.remove();
    }
  };

/** One for each line, by its name. */
export const uploadsOverLines = Object.fromEntries(lines.map((line) => [line.figure, figureOf(line)]));
