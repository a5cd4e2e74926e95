import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Practice } from '../../../electron/practice/server.ts';

/** The practice Zoom behind an address that can go away and come back: while it is shut, the port is closed. */
interface Gate {
  readonly apiUrl: string;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Starts open, on a free port of 127.0.0.1. The practice Zoom keeps its state and its tokens meanwhile. */
export async function startGate(practice: Practice): Promise<Gate> {
  const target = new URL(practice.apiUrl);
  let server = await listen(target, 0);
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}${target.pathname}`,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    async open() {
      server = await listen(target, port);
    },
  };
}

function listen(target: URL, port: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => incoming.pipe(onwardTo(target, incoming, outgoing)));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** The request that came in, begun anew to the practice Zoom; its answer goes back by itself. */
export function onwardTo(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): ClientRequest {
  const { method, url: path, headers } = incoming;
  const onward = request(
    // The practice Zoom answers only to its own name.
    { host: target.hostname, port: target.port, method, path, headers: { ...headers, host: target.host } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', () => outgoing.destroy());
  return onward;
}
