import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import type { Practice } from '../../../electron/practice/server.ts';
import { spoiledFrom } from './answers.ts';

/** The practice Zoom, whose good answers are spoiled one in so many times on their way. */
export interface SpoiledZoom {
  readonly apiUrl: string;
  /** Of ten answers so many are spoiled from now on. */
  spoil(ofTen: number): void;
  /** Answers that were spoiled so far. */
  spoiled(): number;
  close(): Promise<void>;
}

/** Starts on a free port, spoiling nothing. The same `seed` spoils in the same way. */
export async function startSpoiledZoom(practice: Practice, seed: number): Promise<SpoiledZoom> {
  const target = new URL(practice.apiUrl);
  let ofTen = 0;
  let answers = 0;
  let count = 0;

  async function relay(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const body = await text(incoming);
    const answer = await fetch(new URL(url, target), {
      method,
      headers: { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? '' },
      ...(body !== '' && { body }),
    });
    const said = await answer.text();
    answers += 1;
    const [dice = 0, spoilt = said] =
      fc.sample(fc.tuple(fc.nat(9), spoiledFrom(said)), { numRuns: 1, seed: seed + answers })[0] ?? [];
    const spoils = answer.ok && said !== '' && dice < ofTen;
    if (spoils) count += 1;
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
    outgoing.end(spoils ? spoilt : said);
  }

  const server = createServer((incoming, outgoing) => {
    relay(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`,
    spoil(next) {
      ofTen = next;
    },
    spoiled: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
