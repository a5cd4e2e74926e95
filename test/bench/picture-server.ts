import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Zoom with one person and no backgrounds, which reads uploads whole, keeps nothing of them and notes how long each took. */
export interface PictureServer {
  /** Base of the operations: `http://HOST:PORT/v2`. */
  readonly apiUrl: string;
  /** The next upload: milliseconds from its head until it was read whole and answered. */
  nextUpload(): Promise<number>;
  /** The next change of presence: when its head was here, by performance.now(). It is refused, so that another one may follow. */
  nextChange(): Promise<number>;
  close(): Promise<void>;
}

/** Milliseconds an upload has to arrive whole. */
const patience = 30_000;

const person = { id: 'bench', email: 'bench@example.com', first_name: 'Bench', last_name: 'User', type: 2 };
const settings = {
  in_meeting: { virtual_background: true, virtual_background_settings: { enable: true, files: [] } },
};

/** Each answer ends its connection, so that nobody sends over one that is warm already. */
export async function startPictureServer(host = '127.0.0.1'): Promise<PictureServer> {
  let arrived: ((took: number) => void) | undefined;
  let changed: ((at: number) => void) | undefined;
  let uploads = 0;

  function take(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
    });
    request.on('end', () => {
      // A connection that broke off ends, too.
      if (!request.complete) return;
      uploads += 1;
      answer(response, 201, { id: `file-${uploads}`, name: `${uploads}`, size: bytes, type: 'image' });
      arrived?.(performance.now() - began);
    });
  }

  const server = createServer((request, response) => {
    if (request.method === 'POST') return take(request, response);
    request.resume();
    if (request.method === 'PUT') {
      changed?.(performance.now());
      return answer(response, 400, { code: 5301, message: 'Request to update the presence status failed.' });
    }
    const { pathname } = new URL(request.url ?? '', 'http://bench');
    if (pathname.endsWith('/settings')) return answer(response, 200, settings);
    answer(response, 200, pathname.endsWith('/presence_status') ? { status: 'Offline' } : person);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const waitFor = <T>(what: string, listen: (came: ((value: T) => void) | undefined) => void) =>
    new Promise<T>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No ${what} within ${patience} ms`)), patience);
      listen((value) => {
        clearTimeout(late);
        listen(undefined);
        resolve(value);
      });
    });
  return {
    apiUrl: `http://${host}:${(server.address() as AddressInfo).port}/v2`,
    nextUpload: () => waitFor<number>('upload', (came) => (arrived = came)),
    nextChange: () => waitFor<number>('change of presence', (came) => (changed = came)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}
