import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../core/ports.ts';
import { safeHeaders } from './pages.ts';
import { isOthers } from './peer.ts';

/** How long the browser has to come for it, in ms. */
const patience = 60_000;

/** An address of this computer that leads to another one. */
interface Forward {
  readonly address: string;
  close(): void;
}

/**
 * Makes an address of 127.0.0.1 that leads to another one, once and for a minute at most: what a program is started with can be
 * read by every user of the computer. Rejects without a port.
 */
export function forwardOnce(to: string, clock: Pick<Clock, 'setTimeout'>): Promise<Forward> {
  const path = `/${randomBytes(16).toString('base64url')}`;
  let host = '';
  let close = () => {};
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, (request, response) => {
    const { method, url, headers, socket } = request;
    if (method !== 'GET' || url !== path || headers.host !== host || isOthers(socket)) {
      response.writeHead(404, safeHeaders).end();
      return;
    }
    response.writeHead(302, { ...safeHeaders, Location: to }).end();
    close();
  });
  server.maxRequestsPerSocket = 1;
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const cancel = clock.setTimeout(() => close(), patience);
      close = () => {
        cancel();
        server.close();
        server.closeIdleConnections();
      };
      resolve({ address: `http://${host}${path}`, close });
    });
  });
}
