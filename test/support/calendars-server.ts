import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { companyPem } from './company.ts';

/** Names that lead to this computer, as if they were elsewhere; its certificate is the company's. */
export const elsewhere: LookupFunction = (_name, options, callback) =>
  options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);

/** An https server of calendars, for names that end in zoom.test, and the requests that it got. */
export async function startCalendarServer(answer: RequestListener, isTls = true) {
  const asked: { readonly method: string; readonly url: string; readonly authorization?: string }[] = [];
  const pem = readFileSync(companyPem);
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    const { authorization } = headers;
    asked.push({ method, url, ...(authorization !== undefined && { authorization }) });
    answer(request, response);
  };
  const server = isTls ? createServer({ key: pem, cert: pem }, listener) : createHttpServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    port,
    /** An address of it by one of its names, or by its number without TLS. */
    at: (path: string, name = 'calendar.zoom.test') =>
      isTls ? `https://${name}:${port}${path}` : `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

interface CalendarEvent {
  /** Epoch ms, as the end. */
  readonly from: number;
  readonly to: number;
  readonly title: string;
  /** A further line of it. */
  readonly more?: string;
}

/** A calendar of one event; instants in epoch ms. */
export function calendarText(from: number, to: number, title = 'Design review', more = ''): string {
  return calendarOf([{ from, to, title, more }]);
}

export function calendarOf(events: readonly CalendarEvent[]): string {
  const utc = (at: number) => `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const lines = events.flatMap(({ from, to, title, more }) => [
    'BEGIN:VEVENT',
    `UID:${title}-${from}`,
    `DTSTAMP:${utc(from)}`,
    `DTSTART:${utc(from)}`,
    `DTEND:${utc(to)}`,
    `SUMMARY:${title}`,
    ...(more ? [more] : []),
    'END:VEVENT',
  ]);
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//test//EN', 'X-WR-CALNAME:Work'];
  return [...head, ...lines, 'END:VCALENDAR', ''].join('\r\n');
}
