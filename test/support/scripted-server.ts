import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { TokenResult } from '../../electron/core/ports.ts';
import { createZoomClient, type ZoomClient, type ZoomClientDeps } from '../../electron/core/zoom/client.ts';
import type { LimitInfo } from '../../electron/core/zoom/limits.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createWatch } from './waiting.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Reply = (response: ServerResponse, request: Seen) => void;

/** A reply of status, body (an object is sent as JSON) and headers. */
export function reply(status: number, body: unknown = '', headers: Record<string, string> = {}): Reply {
  return (response) => {
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-length': Buffer.byteLength(text), ...headers }).end(text);
  };
}

/** Closes the connection without an answer, after the request was read. */
export const hangUp: Reply = (response) => void response.destroy();
/** Reads the request and never answers. */
export const silence: Reply = () => {};

export interface ScriptedServer {
  readonly url: string;
  /** Requests whose body has been read to the end. */
  readonly seen: Seen[];
  /** Resolves when `count` requests have been read. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Each ends with its test. */
const servers = new Set<{ close(): Promise<void> }>();
afterEach(async () => {
  await Promise.all([...servers].map((server) => server.close()));
  servers.clear();
});

function ending<T extends { close(): Promise<void> }>(server: T): T {
  servers.add(server);
  return server;
}

/** A real HTTP server that answers with the given replies, one a request; the last one stays. */
export async function startServer(...replies: Reply[]): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const watch = createWatch();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body: Buffer.concat(chunks) };
      const answer = replies[Math.min(seen.length, replies.length - 1)];
      seen.push(entry);
      watch.changed();
      answer?.(response, entry);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return ending({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async received(count) {
      await watch.until(
        () => seen.length,
        (read) => read >= count,
      );
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  });
}

export interface RawServer {
  readonly url: string;
  /** Connections so far. */
  readonly connections: Socket[];
  /** Resolves when the first bytes of `count` requests have come. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A TCP server for answers that no HTTP server would give; `onRequest` runs at the first bytes of each connection. */
export async function startRawServer(onRequest: (socket: Socket) => void): Promise<RawServer> {
  const connections: Socket[] = [];
  const watch = createWatch();
  let requests = 0;
  const server = createTcpServer((socket) => {
    connections.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      requests += 1;
      watch.changed();
      onRequest(socket);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return ending({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    async received(count) {
      await watch.until(
        () => requests,
        (read) => read >= count,
      );
    },
    close: () =>
      new Promise((done) => {
        for (const socket of connections) socket.destroy();
        server.close(() => done());
      }),
  });
}

export interface ClientAt {
  readonly client: ZoomClient;
  readonly clock: FakeClock;
  /** Tokens that Zoom refused and that were refreshed, in order. */
  readonly refreshes: string[];
  readonly limits: LimitInfo[];
}

/** A client of the server with the tokens `token-0`, after a refresh `token-1` ...; waits of up to 15 s are skipped. */
export function clientAt(url: string, change: Partial<ZoomClientDeps> = {}): ClientAt {
  const clock = createFakeClock();
  clock.skipWaits(15_000);
  const refreshes: string[] = [];
  const limits: LimitInfo[] = [];
  const token = (): TokenResult => ({ ok: true, token: `token-${refreshes.length}` });
  const client = createZoomClient({
    clock,
    apiUrl: () => `${url}/v2`,
    session: {
      accessToken: async () => token(),
      refresh: async (used) => {
        refreshes.push(used);
        return token();
      },
    },
    random: () => 0,
    onLimits: (entry) => limits.push(entry),
    ...change,
  });
  return { client, clock, refreshes, limits };
}

/** A server with these replies, and a client of it. */
export async function serve(...replies: Reply[]): Promise<ClientAt & { readonly server: ScriptedServer }> {
  const server = await startServer(...replies);
  return { server, ...clientAt(server.url) };
}
