import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { call, connectBus, daemon } from './bus.ts';
import { findMarks, type Leak } from './canaries.ts';

/** Sessions with the keyring in which tests read and write its secrets in clear, by their paths. Tally's are encrypted. */
export const openSessions = new Set<string>();

const sessionPath = /\/org\/freedesktop\/secrets\/session\/\w+/g;

/** A name that nobody has; to ask for it is the last that is written down. */
const lastWord = 'org.tally.LastWord';

/** Writes down what goes over the session bus of this environment, until `search` ends it and tells what of it holds a secret. */
export async function startBusLog(): Promise<{ search(): Promise<Leak[]> }> {
  const child = spawn('dbus-monitor', ['--session', '--binary'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const ended = closed.then(() => {
    throw new Error('dbus-monitor ended by itself');
  });
  const seen: Buffer[] = [];
  const { promise: isSaid, resolve } = Promise.withResolvers<void>();
  child.stdout.on('data', (data: Buffer) => {
    seen.push(data);
    if (Buffer.concat(seen.slice(-2)).includes(lastWord)) resolve();
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  return {
    async search() {
      const bus = await connectBus();
      await call(bus, { ...daemon, member: 'NameHasOwner', signature: 's', body: [lastWord] });
      bus.disconnect();
      await Promise.race([isSaid, ended]);
      child.kill();
      await closed;
      return searchMessages(Buffer.concat(seen), openSessions);
    },
  };
}

/** Searches messages of D-Bus, one behind the other as they go over the wire, without those of `sessions`. */
export function searchMessages(log: Buffer, sessions: ReadonlySet<string>): Leak[] {
  const isOpen = ({ message }: { readonly message: Buffer }) =>
    message
      .toString('latin1')
      .match(sessionPath)
      ?.some((path) => sessions.has(path)) ?? false;
  const others = messagesOf(log).filter((one) => !isOpen(one));
  if (findMarks(Buffer.concat(others.map(({ message }) => message))).length === 0) return [];
  return others.flatMap(({ header, message }) => {
    const place = `the session bus: ${header.match(/[\w.:/]{4,}/g)?.join(' ')}`;
    return findMarks(message).map((form) => ({ place, form }));
  });
}

/** See dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages; what is cut off at the end is left out. */
function messagesOf(log: Buffer): { readonly header: string; readonly message: Buffer }[] {
  const messages: { header: string; message: Buffer }[] = [];
  for (let at = 0; at + 16 <= log.length; ) {
    // Whoever is on this bus writes numbers as this computer does.
    const body = at + 16 + Math.ceil(log.readUInt32LE(at + 12) / 8) * 8;
    const end = body + log.readUInt32LE(at + 4);
    if (end > log.length) break;
    messages.push({ header: log.toString('latin1', at, body), message: log.subarray(at, end) });
    at = end;
  }
  return messages;
}
