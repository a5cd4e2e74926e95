import { accessSync, constants, readlinkSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { app } from 'electron';
import { inClaimTurn } from './claim-turn.ts';

/**
 * Most that a launch may say, in bytes. Chromium hands on 32 KB (process_singleton_posix.cc), the arguments twice; of a longer
 * message it thinks that the first process hangs, and kills it. A web page can make such a launch by a long link.
 */
const mostHandedOn = 12_000;

/**
 * Whether this process is to run: the first one with its user data. Where that folder cannot be written there is no lock to be
 * had (Chromium then refuses it to everybody); Tally runs all the same, and says that it cannot save.
 */
export async function claimInstance(): Promise<boolean> {
  // At once: whoever starts a program twice is looking for its window, and the event comes within milliseconds. The arguments
  // that Chromium hands on are out of order and mixed with its own, so the further launch hands them on itself.
  app.on('second-instance', (_event, _argv, _folder, launch) => tell(launch));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    tell({ link });
  });
  const launch = ownLaunch();
  if (Buffer.byteLength(JSON.stringify(launch)) > mostHandedOn) {
    process.stderr.write('Tally: these arguments are too long. Name fewer files at once.\n');
    app.exit(2);
    return false;
  }
  const folder = app.getPath('userData');
  // Windows has a mutex for it.
  const claimed =
    process.platform === 'win32' ? claim(launch) : await inClaimTurn(folder, () => claim(launch));
  return claimed || !isWritable(folder);
}

function claim(launch: OwnLaunch): boolean {
  const former = process.platform === 'linux' ? formerSocket() : undefined;
  const claimed = app.requestSingleInstanceLock({ ...launch });
  if (claimed && former !== undefined) removeSocket(former);
  return claimed;
}

/** The socket over which a former run was told of further launches; a run that ended in good order has removed it. */
function formerSocket(): string | undefined {
  try {
    return readlinkSync(join(app.getPath('userData'), 'SingletonSocket'));
  } catch {
    return undefined;
  }
}

/** Chromium keeps it in a folder of its own under /tmp, and leaves one there for each kill. Nothing but these two is in it. */
function removeSocket(path: string): void {
  try {
    for (const name of ['SingletonSocket', 'SingletonCookie'])
      rmSync(join(dirname(path), name), { force: true });
    rmdirSync(dirname(path));
  } catch {
    // Somebody has cleaned up.
  }
}

interface OwnLaunch {
  readonly argv: readonly string[];
  readonly folder: string | undefined;
}

/** What this process was started with: its arguments in their order, and the folder that relative paths are in. */
export function ownLaunch(): OwnLaunch {
  const [, ...argv] = process.argv;
  // Unpackaged, the first word is the folder of the app.
  const own = app.isPackaged ? -1 : argv.findIndex((word) => resolve(word) === app.getAppPath());
  return { argv: argv.filter((_word, at) => at !== own), folder: workingFolder() };
}

/** Undefined where it was deleted. */
function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

const came: unknown[] = [];
let tell = (launch: unknown): void => void came.push(launch);

/** Calls `listener` for each further launch, also for those that came before anybody listened (two launches at once). */
export function onFurtherLaunch(listener: (launch: unknown) => void): void {
  tell = listener;
  for (const launch of came.splice(0)) listener(launch);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
