import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** The kernel's lists of connections, and how each writes 127.0.0.1. */
const lists = [
  ['/proc/net/tcp', '0100007F'],
  ['/proc/net/tcp6', '0000000000000000FFFF00000100007F'],
] as const;
const established = '01';
const listening = '0A';

/** What the kernel tells: the user that Tally runs as, and the text of one of its lists ('' where there is none). */
interface Kernel {
  readonly own?: number | undefined;
  readonly readList?: (path: string) => string;
}

/**
 * Whether a connection to a port of 127.0.0.1 comes from another user of this computer, or from a program that is gone. Linux
 * tells whose a connection is; where the system does not, nobody counts as another. Root, who can be anybody, is no other.
 * To look takes some milliseconds.
 */
export function isOthers(
  { localPort, remotePort }: Pick<Socket, 'localPort' | 'remotePort'>,
  { own = process.getuid?.(), readList = read }: Kernel = {},
): boolean {
  if (process.platform !== 'linux') return false;
  const [here, there] = [hex(localPort), hex(remotePort)];
  let isTold = false;
  for (const [path, host] of lists) {
    const list = readList(path);
    const [state, user] = rowOf(list, `${host}:${there} ${host}:${here} `);
    // Of a connection that was closed already, 0 is told whoever it was.
    if (user === `${own}` || (user === '0' && state === established)) return false;
    isTold ||= rowOf(list, `${host}:${here} 00000000:0000 `)[0] === listening;
  }
  return isTold;
}

const hex = (port = 0) => port.toString(16).toUpperCase().padStart(4, '0');

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** State and user of the connection that is listed under these addresses. */
function rowOf(list: string, addresses: string): [state?: string, user?: string] {
  const at = list.indexOf(` ${addresses}`);
  if (at < 0) return [];
  const [state, , , , user] = list.slice(at + addresses.length + 1, list.indexOf('\n', at)).split(/ +/);
  return [state ?? '', user ?? ''];
}
