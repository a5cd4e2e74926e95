import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Something that another user of this computer could read, and where. */
export interface Sight {
  readonly place: string;
  readonly text: string;
}

export interface OtherUser {
  /** Resolves once everything that is there at this moment has been looked at. */
  look(): Promise<void>;
  /** Looks, and gives what was seen since the last time. */
  seen(): Promise<readonly Sight[]>;
  stop(): Promise<void>;
}

/**
 * The program of the one who looks, as text: another user can read no file of the tests'. Of each process below the worker it reads
 * what the system lets others read and a program can write, and in one folder whatever is open to all.
 */
const program = `
const { lstatSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');
const [root, owner, folder] = process.argv.slice(1);
const attempt = (read, other) => { try { return read(); } catch { return other; } };
const say = (place, text) => process.stdout.write(JSON.stringify({ place, text }) + '\\n');
const list = (folder) => attempt(() => readdirSync(folder), []);
const isOpen = (path, bits) => (statSync(path).mode & bits) === bits;
const read = (path) => attempt(() => (isOpen(path, 4) ? readFileSync(path, 'latin1') : ''), '');

// Processes below the root. The parent of one can be gone before it is seen, its session is not.
const ours = new Set([root]);
const known = new Map();
function meet(pid) {
  const stat = attempt(() => readFileSync('/proc/' + pid + '/stat', 'latin1'), '');
  const [, name, rest] = /^\\d+ \\((.*)\\) \\S (.*)$/s.exec(stat) ?? [];
  // Its parent, its group and its session.
  const ids = rest === undefined ? [] : rest.split(' ', 3);
  const isOurs = ids.some((one) => ours.has(one));
  if (isOurs) ours.add(pid);
  known.set(pid, { isOurs, ids, name, since: Date.now(), texts: new Map() });
}
// The system gives a number again, and then it may be anybody's: it counts as long as something of it is there.
function forget() {
  const used = new Set([root]);
  for (const [pid, { isOurs, ids }] of known) if (isOurs) for (const one of [pid, ...ids]) used.add(one);
  for (const pid of ours) if (!used.has(pid)) ours.delete(pid);
}
function tell(pid, file) {
  const { name, texts } = known.get(pid);
  const text = read('/proc/' + pid + '/' + file);
  if (text === '' || texts.get(file) === text) return;
  texts.set(file, text);
  say(file + ' of process ' + pid + ' (' + name + ')', text);
}
let listed = '';
function lookAtProcesses(isWanted, isThorough) {
  const names = list('/proc');
  // Most of the time none came and none went.
  if (listed !== (listed = names.join())) {
    const pids = new Set(names.filter((name) => name > '0' && name < ':'));
    for (const pid of known.keys()) if (!pids.has(pid)) known.delete(pid);
    for (const pid of pids) if (!known.has(pid)) meet(pid);
    forget();
  }
  for (const [pid, { isOurs, since }] of known) {
    if (!isOurs || !isWanted(since)) continue;
    for (const file of ['cmdline', 'environ', 'comm']) tell(pid, file);
    if (isThorough) for (const thread of list('/proc/' + pid + '/task')) tell(pid, 'task/' + thread + '/comm');
  }
}

const files = new Map();
function lookAtFile(path) {
  const stats = attempt(() => lstatSync(path));
  if (stats === undefined || String(stats.uid) !== owner) return;
  const state = [stats.ino, stats.size, stats.mtimeMs, stats.mode].join();
  if (!files.has(path)) say('the name of a file', path);
  if (stats.isFile() && stats.size < 1e6 && files.get(path) !== state)
    say(path + ', mode ' + (stats.mode & 0o777).toString(8), read(path));
  files.set(path, state);
  if (!stats.isDirectory() || (stats.mode & 5) !== 5) return;
  for (const name of list(path)) lookAtFile(join(path, name));
}
const isReached = (folder) => isOpen(folder, 1) && (dirname(folder) === folder || isReached(dirname(folder)));
function lookAround() {
  if (attempt(() => isReached(dirname(folder)), false)) lookAtFile(folder);
}

function look() {
  lookAtProcesses(() => true, true);
  lookAround();
  say('', '');
}
// What has just begun is still what began it, and soon something else.
setInterval(() => lookAtProcesses((since) => Date.now() - since < 1000, false), 50);
setInterval(() => { lookAtProcesses(() => true, false); lookAround(); }, 500);
process.stdin.on('data', look).on('end', () => process.exit());
look();
`;

/** Who looks: nobody where the tests are root. Others can't become another user, and see by the modes what one would. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Has another user look at the processes that this one starts and at a folder, until it is stopped. */
export async function startOtherUser(folder: string): Promise<OtherUser> {
  // Not this very Node: another user may not be let into the folder that it is in.
  const args = ['node', '-e', program, String(process.pid), String(process.getuid?.()), folder];
  const child = spawn('/usr/bin/env', args, { ...nobody, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  stdin.on('error', () => {});
  const closed = once(child, 'close');
  const ended = closed.then(() => {
    throw new Error('Who looks as another user ended by itself');
  });
  ended.catch(() => {});
  let rest = '';
  let sights: Sight[] = [];
  const waiting: (() => void)[] = [];
  const first = new Promise<void>((resolve) => waiting.push(resolve));
  stdout.setEncoding('utf8').on('data', (data: string) => {
    const lines = (rest + data).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const sight: Sight = JSON.parse(line);
      if (sight.place === '') waiting.shift()?.();
      else sights.push(sight);
    }
  });
  await Promise.race([first, ended]);
  const look = () => {
    const looked = new Promise<void>((resolve) => waiting.push(resolve));
    stdin.write('look\n');
    return Promise.race([looked, ended]);
  };
  return {
    look,
    async seen() {
      await look();
      const all = sights;
      sights = [];
      return all;
    },
    async stop() {
      stdin.end();
      await closed;
    },
  };
}
