import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Practice } from '../../../electron/practice/server.ts';
import { onwardTo } from './gate.ts';

/** A line to the practice Zoom on which uploads can be held and cut in the middle. */
interface UploadLine {
  readonly apiUrl: string;
  /** The next upload is cut off once this share of it has passed. */
  cutAt(share: number): void;
  /** The next upload stands still once this share of it has passed; resolves when it does. */
  holdAt(share: number): Promise<HeldUpload>;
  close(): Promise<void>;
}

interface HeldUpload {
  goOn(): void;
  /** Resolves when the app has given it up. What it still sends until then is thrown away. */
  givenUp(): Promise<void>;
}

interface Limit {
  readonly share: number;
  reached(incoming: IncomingMessage, goOn: () => void): void;
}

export async function startUploadLine(practice: Practice): Promise<UploadLine> {
  const target = new URL(practice.apiUrl);
  let limit: Limit | undefined;

  function relay(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, headers } = incoming;
    const mine = method === 'POST' ? limit : undefined;
    if (mine) limit = undefined;
    const room = mine ? Math.floor(mine.share * Number(headers['content-length'])) : Number.POSITIVE_INFINITY;
    const onward = onwardTo(target, incoming, outgoing);
    incoming.on('close', () => incoming.complete || onward.destroy());
    incoming.on('end', () => onward.end());
    let passed = 0;
    let stopped = false;
    const pass = (chunk: Buffer) => {
      const rest = stopped ? Number.POSITIVE_INFINITY : room - passed;
      passed += chunk.length;
      onward.write(chunk.subarray(0, rest));
      if (!mine || stopped || passed < room) return;
      stopped = true;
      incoming.pause();
      mine.reached(incoming, () => {
        onward.write(chunk.subarray(rest));
        incoming.resume();
      });
    };
    if (mine && room === 0) {
      stopped = true;
      mine.reached(incoming, () => incoming.on('data', pass));
    } else incoming.on('data', pass);
  }

  const server = createServer(relay);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}${target.pathname}`,
    cutAt(share) {
      limit = { share, reached: (incoming) => incoming.socket.destroy() };
    },
    holdAt: (share) =>
      new Promise((resolve) => {
        limit = {
          share,
          reached(incoming, goOn) {
            // A connection that nobody reads from does not tell that it was closed.
            const givenUp = () =>
              new Promise<void>((gone) => {
                incoming.socket.once('close', () => gone());
                incoming.removeAllListeners('data').resume();
              });
            resolve({ goOn, givenUp });
          },
        };
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
