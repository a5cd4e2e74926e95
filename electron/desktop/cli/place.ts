import { randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Most bytes of a socket's path (sockaddr_un: 104 on macOS, one of them ends it); longer ones are cut off unnoticed. */
const longestPath = 103;

const fileName = 'commands';

const isWindows = process.platform === 'win32';

/**
 * Where the Tally with this user data listens for commands; undefined where it cannot. A socket in that folder; Windows has none in
 * folders, so there it is a pipe with a name that only who can read the folder knows.
 */
export function newPlace(userData: string): string | undefined {
  const path = join(userData, fileName);
  try {
    if (isWindows) {
      const pipe = `\\\\.\\pipe\\tally-${randomUUID()}`;
      writeFileSync(path, pipe);
      return pipe;
    }
    if (Buffer.byteLength(path) > longestPath) return undefined;
    // Left by a Tally that was killed: there is never a second one with this user data.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
    return path;
  } catch {
    return undefined;
  }
}

/** Where a Tally with this user data may be listening. */
export function knownPlace(userData: string): string | undefined {
  const path = join(userData, fileName);
  if (!isWindows) return isOwn(path) ? path : undefined;
  try {
    const pipe = readFileSync(path, 'utf8');
    return /^\\\\\.\\pipe\\tally-[\da-f-]{36}$/.test(pipe) ? pipe : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a socket is this person's, and no other user can reach it or put another in its place. */
export function isOwn(path: string): boolean {
  const isMine = ({ uid, mode }: Stats, forOthers: number) =>
    uid === process.getuid?.() && (mode & forOthers) === 0;
  try {
    const socket = lstatSync(path);
    return socket.isSocket() && isMine(socket, 0o077) && isMine(statSync(dirname(path)), 0o022);
  } catch {
    return false;
  }
}
