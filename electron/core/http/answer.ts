import type { Dispatcher } from 'undici';
import type { Clock } from '../ports.ts';
import type { Damage } from './failures.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a header, by its lower-case name. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Null when it did not arrive whole; `damage` then tells why. */
  readonly body: Uint8Array | null;
  readonly damage: Damage | null;
}

interface Patience {
  readonly clock: Clock;
  readonly limits: {
    /** Largest answer that is read. */
    readonly bytes: number;
    /** From the headers to the end of the body, however it trickles. */
    readonly ms: number;
  };
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request and reads its whole answer. By undici's own events: a stream of the answer takes a tenth of a call’s time.
 * Rejects with undici's or the system's error when no headers came, and with the signal's reason when it was aborted before.
 */
export function gather(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { clock, limits, signal }: Patience,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let started: Dispatcher.DispatchController | undefined;
    let head: Pick<Answer, 'status' | 'headers'> | undefined;
    let damage: Damage | undefined;
    let stopWaiting = () => {};
    let isOver = false;

    const abort = () => started?.abort(signal?.reason);
    signal?.addEventListener('abort', abort);

    function breakOff(why: Damage): void {
      damage ??= why;
      // Closes the connection.
      started?.abort(new Error(why.kind));
    }

    function wait(): void {
      if (!isOver) stopWaiting = clock.setTimeout(() => breakOff({ kind: 'too-slow' }), limits.ms);
    }

    function leave(): void {
      isOver = true;
      stopWaiting();
      signal?.removeEventListener('abort', abort);
    }

    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        started = controller;
        if (signal?.aborted) abort();
      },
      onResponseStart(_, status, headers) {
        // Others follow.
        if (status < 200) return;
        head = { status, headers };
        // A short answer comes with its headers, and needs no timer.
        queueMicrotask(wait);
      },
      onResponseData(_, chunk) {
        length += chunk.byteLength;
        if (length <= limits.bytes) chunks.push(chunk);
        else breakOff({ kind: 'too-large' });
      },
      onResponseEnd() {
        leave();
        if (head) resolve({ ...head, body: Buffer.concat(chunks, length), damage: null });
      },
      onResponseError(_, cause) {
        leave();
        if (head) resolve({ ...head, body: null, damage: damage ?? { kind: 'failed', cause } });
        else reject(cause);
      },
    });
  });
}
