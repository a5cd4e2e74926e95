import type { Dispatcher } from 'undici';
import type { Clock, Network } from '../ports.ts';
import { type Answer, gather } from './answer.ts';
import { createConnections, type MakeDispatcher } from './connections.ts';
import type { Multipart } from './multipart.ts';
import { direct } from './network.ts';

/** Patience of one exchange, in milliseconds. */
export interface Timeouts {
  /** Until the connection (with TLS) stands. */
  readonly connect: number;
  /** From the sent request to the headers of the answer; an upload gets more by its size. */
  readonly headers: number;
  /** Longest silence within the body of an answer. */
  readonly idle: number;
  /** From the headers to the end of the body, however it trickles. */
  readonly body: number;
}

export const usualTimeouts: Timeouts = { connect: 10_000, headers: 30_000, idle: 30_000, body: 120_000 };

/** Largest answer that is read unless told, bytes: one of 2,000 people has some 3 MB, and whatever is in it is read in half a second. */
const largestAnswer = 8 * 1024 * 1024;

interface Outgoing {
  readonly method: Dispatcher.HttpMethod;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string | null;
  readonly upload?: Multipart | null;
  /** Largest answer that is read, bytes. */
  readonly largest?: number;
}

export type Exchange = ReturnType<typeof createExchange>;

/** The one way out of this computer, for calls, sign-ins and pictures. */
export function createExchange(
  clock: Clock,
  timeouts: Timeouts,
  network: Network = direct,
  makeDispatcher?: MakeDispatcher,
) {
  const connections = createConnections(
    network,
    {
      connect: { timeout: timeouts.connect, rejectUnauthorized: true },
      headersTimeout: timeouts.headers,
      bodyTimeout: timeouts.idle,
      connections: 8,
      // Small separate calls gain nothing from HTTP/2, and timeouts and resets are simpler to trust without it.
      allowH2: false,
    },
    makeDispatcher,
  );

  return {
    /**
     * Sends one request and reads its whole answer; follows no redirect. Rejects with undici's or the system's error when
     * no headers came. When `signal` aborts, the connection is closed at once.
     */
    async send(outgoing: Outgoing, signal?: AbortSignal): Promise<Answer> {
      return connections.request(outgoing.origin, (dispatcher) => {
        const request = {
          method: outgoing.method,
          origin: outgoing.origin,
          path: outgoing.path,
          headers: outgoing.headers,
          body: bodyOf(outgoing),
          headersTimeout: timeouts.headers + sendingTime(outgoing.upload),
          bodyTimeout: timeouts.idle,
        };
        const limits = { bytes: outgoing.largest ?? largestAnswer, ms: timeouts.body };
        return gather(dispatcher, request, { clock, limits, signal });
      });
    },
    /** Closes every pooled connection, e.g. after sleep; the next call makes new ones. */
    drop: connections.drop,
  };
}

// undici's types leave out async iterables, which it takes as bodies (docs/docs/api/Dispatcher.md, `DispatchOptions`).
function bodyOf(outgoing: Outgoing): string | Uint8Array | null {
  if (outgoing.upload) return outgoing.upload.stream() as unknown as Uint8Array;
  return outgoing.text ?? null;
}

/**
 * The clock for headers starts when the last byte went to the kernel, which may still hold up to 4 MiB of it; a slow
 * line (64 KiB a second) needs that much longer. Milliseconds.
 */
function sendingTime(upload: Multipart | null | undefined): number {
  return upload ? Math.ceil((Math.min(upload.length, 4 * 1024 * 1024) / (64 * 1024)) * 1000) : 0;
}
