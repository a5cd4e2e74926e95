import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Zoom that knows one person and does nothing but note when a change of presence arrives. */
export interface StampServer {
  /** Base of the operations: `http://127.0.0.1:PORT/v2`. */
  readonly apiUrl: string;
  /** The next change from a program by its User-Agent: when its first bytes were here, by performance.now(). */
  nextChange(userAgent: string): Promise<number>;
  close(): Promise<void>;
}

/** Milliseconds a change has to arrive. */
const patience = 10_000;

const person = { id: 'bench', email: 'bench@example.com', first_name: 'Bench', last_name: 'User', type: 2 };

/**
 * Without `takes` each change is refused (5301, no Zoom client signed in): after one that was taken, Tally would rightly wait a minute
 * before it sends the next. And each answer ends its connection, as a person's next click comes when an idle one is long closed.
 */
export async function startStampServer({ takes = false } = {}): Promise<StampServer> {
  const changes = new Map<string, (at: number) => void>();

  function answer(request: IncomingMessage): readonly [status: number, body?: object] {
    const isPresence = request.url?.endsWith('/presence_status');
    if (request.method === 'PUT') {
      if (takes) return [204];
      return [400, { code: 5301, message: 'Request to update the presence status of this user failed.' }];
    }
    return [200, isPresence ? { status: 'Offline' } : person];
  }

  const server = createServer((request, response) => {
    const at = performance.now();
    if (request.method === 'PUT') changes.get(request.headers['user-agent'] ?? '')?.(at);
    const [status, body] = answer(request);
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(body && JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    nextChange(userAgent) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`No change of presence from ${userAgent} within ${patience} ms`)),
          patience,
        );
        changes.set(userAgent, (at) => {
          clearTimeout(late);
          changes.delete(userAgent);
          resolve(at);
        });
      });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
