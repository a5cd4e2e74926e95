import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A company's certificate and its key. In SSL_CERT_FILE or NODE_EXTRA_CA_CERTS, a computer trusts it. */
export const companyPem = fileURLToPath(new URL('company.pem', import.meta.url));

/** A company's network: Zoom's names (and zoom.test, and Google's for pictures) lead to a server of this computer, over TLS and through the proxy alone. */
export interface Company {
  /** Of the proxy, `http://127.0.0.1:PORT`. */
  readonly proxy: string;
  /** What it was asked for so far, oldest first. */
  readonly asked: readonly { readonly authority: string; readonly authorization: string | undefined }[];
  /** From now on every CONNECT is answered so; `silence` is no answer. Nothing undoes it. */
  answer(status: number | 'silence'): void;
  close(): Promise<void>;
}

interface CompanyOptions {
  /** As `name:password`; without it, 407. */
  readonly login?: string;
}

/** @param zoom address of the server that stands for Zoom */
export async function startCompany(zoom: string, { login }: CompanyOptions = {}): Promise<Company> {
  const asked: Company['asked'][number][] = [];
  let fixed: number | 'silence' | undefined;
  const inside = createInside(zoom);
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on('connect', ({ url = '', headers }, socket) => {
    const authorization = headers['proxy-authorization'];
    asked.push({ authority: url, authorization });
    socket.on('error', () => {});
    const allowed = login === undefined || authorization === `Basic ${Buffer.from(login).toString('base64')}`;
    const status = fixed ?? (!allowed ? 407 : inside.knows(url) ? 200 : 502);
    if (status === 'silence') return;
    socket.write(`HTTP/1.1 ${status} -\r\n\r\n`);
    if (status === 200) inside.take(socket);
    else socket.end();
  });
  const { port, close } = await listen(proxy);
  return {
    proxy: `http://127.0.0.1:${port}`,
    asked,
    answer(status) {
      fixed = status;
    },
    close,
  };
}

/** The same behind a SOCKS 5 proxy (RFC 1928) that asks for no password; `reply` other than 0 is its refusal. */
export async function startSocksCompany(zoom: string, reply = 0): Promise<Omit<Company, 'answer'>> {
  const asked: Company['asked'][number][] = [];
  const inside = createInside(zoom);
  const proxy = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (wish: Buffer) => {
        const end = 5 + (wish[4] ?? 0);
        const authority = `${wish.toString('latin1', 5, end)}:${wish.readUInt16BE(end)}`;
        asked.push({ authority, authorization: undefined });
        socket.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
        if (reply === 0) inside.take(socket);
      });
    });
  });
  const { port, close } = await listen(proxy);
  return { proxy: `socks5://127.0.0.1:${port}`, asked, close };
}

/** A server of this computer that shows the company's certificate, with how often it was asked for something. */
export async function startUntrusted() {
  let asked = 0;
  const pem = readFileSync(companyPem);
  const server = createTlsServer({ key: pem, cert: pem }, (_, response) => {
    asked += 1;
    response.end('{}');
  });
  const { port, close } = await listen(server);
  return { url: `https://127.0.0.1:${port}/v2`, asked: () => asked, close };
}

/** What is behind the proxy: it has no port of its own, so nothing gets there but through it. */
function createInside(zoom: string) {
  const pem = readFileSync(companyPem);
  const { hostname, port } = new URL(zoom);
  const server = createTlsServer({ key: pem, cert: pem }, (incoming, response) => {
    const { method, url: path, headers } = incoming;
    const passedOn = request(
      { hostname, port, method, path, headers: { ...headers, host: `${hostname}:${port}` } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    passedOn.on('error', () => response.destroy());
    incoming.pipe(passedOn);
  });
  return {
    knows: (authority: string) =>
      /^(.+\.)?(zoom\.test|zoom\.us|zoomgov\.com|googleusercontent\.com):443$/.test(authority),
    take: (socket: Duplex) => void server.emit('connection', socket),
  };
}

async function listen(server: Server): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}
