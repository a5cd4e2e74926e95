import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { CallbackPage, Listener } from '../../core/ports.ts';
import { callbackPage, safeHeaders } from './pages.ts';
import { isOthers } from './peer.ts';

interface ListenOptions {
  /** None or 0: any free port. */
  readonly port?: number;
  /** How long a request may take to arrive, from the opening of its connection, in milliseconds. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 5_000;

/** Longest query taken, in characters. Zoom's code and our state are some hundred. */
const longestQuery = 4_096;

/** Connections open at a time. A browser opens a few more than it uses. */
const mostConnections = 20;

/**
 * Largest head of a request, in bytes. Cookies know no ports: the browser sends those of every other server that this
 * computer ran at 127.0.0.1, which can be more than Node's 16 KB.
 */
const largestHead = 64 * 1024;

/**
 * Opens a port of 127.0.0.1 for the browser to come back to (RFC 8252, 7.3). `onCallback` is handed each well-formed GET
 * of exactly `path` as a whole address, and says what the browser is shown; it decides what the answer is worth. All
 * else that any page or program of this computer may send is refused before. Rejects when the port cannot be had.
 */
export function listen(
  path: string,
  onCallback: (address: string) => CallbackPage,
  { port = 0, timeoutMs = defaultTimeoutMs }: ListenOptions = {},
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>();
  let host = '';

  const server = createServer(
    {
      headersTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      connectionsCheckingInterval: Math.min(timeoutMs, 1_000),
      maxHeaderSize: largestHead,
    },
    (request, response) => {
      answering.add(request.socket);
      response.on('close', () => answering.delete(request.socket));
      const status = refusal(request, host, path);
      if (status === undefined) show(response, onCallback(`http://${host}${request.url}`));
      else refuse(response, status);
    },
  );
  // Requests that were sent along with the first are not looked at.
  server.maxRequestsPerSocket = 1;
  server.on('connection', (socket) => {
    // The newcomer stays: a page that holds connections open must not keep the browser's answer out.
    if (sockets.size >= mostConnections) [...sockets].find((one) => !answering.has(one))?.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: opened } = server.address() as AddressInfo;
      host = `127.0.0.1:${opened}`;
      resolve({
        port: opened,
        close() {
          server.close();
          // An answer on its way is finished, after which its connection ends by itself.
          for (const socket of sockets) if (!answering.has(socket)) socket.destroy();
        },
      });
    });
  });
}

/** The HTTP status to refuse a request with; undefined for one that may be an answer from Zoom. */
function refusal(request: IncomingMessage, host: string, path: string): number | undefined {
  const { method, url = '', headers, headersDistinct, httpVersion } = request;
  // Against DNS rebinding. Node keeps the first of two Host headers.
  if (headers.host !== host || headersDistinct.host?.length !== 1) return 421;
  // The browser comes as a page of its own. Zoom's redirect is cross-site, so Sec-Fetch-Site tells nothing.
  const { origin, 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': kind = 'document' } = headers;
  if (origin !== undefined || mode !== 'navigate' || kind !== 'document') return 403;
  if (method !== 'GET') return 405;
  // As it was sent: whatever else would lead to the same path is not what was registered at Zoom.
  const [pathname, ...rest] = url.split('?');
  const query = rest.join('?');
  if (pathname !== path) return 404;
  if (query.length > longestQuery) return 414;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  // Every character that a browser leaves in a query as it is (URL Standard, query percent-encode set).
  if (httpVersion !== '1.1' || hasBody || !/^[!$-;=?-~]*$/.test(query)) return 400;
  // Who has read the address among the browser's arguments could sign Tally in as somebody else.
  return isOthers(request.socket) ? 403 : undefined;
}

function show(response: ServerResponse, page: CallbackPage): void {
  const { status, html } = callbackPage(page);
  response.writeHead(status, { ...safeHeaders, 'Content-Type': 'text/html; charset=utf-8' }).end(html);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...safeHeaders, ...(status === 405 && { Allow: 'GET' }) }).end();
}
