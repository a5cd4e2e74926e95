import type { ErrorKind } from '../../../shared/errors.ts';
import type { Operation } from '../../../shared/zoom/operations.gen.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import { damageFailure, type Failure, failureOf } from '../http/failures.ts';
import { multipart } from '../http/multipart.ts';
import type { Clock } from '../ports.ts';
import { Cancelled, unlessCancelled } from './cancel.ts';
import { connectionErrors } from './connection-errors.ts';
import { fileError, judge } from './errors.ts';
import { type LimitInfo, type Pacer, readLimits } from './limits.ts';
import type { Prepared } from './request.ts';
import { isRepeatable, type Refused } from './retry.ts';

export interface CallOptions {
  /** Ends the call within milliseconds at any stage; Zoom may have taken it all the same. */
  readonly signal?: AbortSignal;
  /** File bytes handed to the connection, ahead of what Zoom has; starts again at 0 with each try. */
  onProgress?(sent: number, total: number): void;
  /** Parameters of the query that the catalogue does not know are sent, too. */
  readonly anyQuery?: boolean;
  /** Each try is about to be sent. */
  onTry?(): void;
  /** What came for a try, before anything is made of it, and the token it was sent with (a server may echo it). */
  onAnswer?(answer: Answer, token: string): void;
}

export interface Success<T> {
  readonly ok: true;
  readonly status: number;
  readonly data: T;
  readonly limits: LimitInfo;
  readonly trackingId?: string;
}

export interface AttemptDeps {
  readonly clock: Clock;
  /** Base address such as `https://api.zoom.us/v2`, asked for each call; plain http only for this computer. */
  apiUrl(): string;
  /** Told of each answer's limits. */
  onLimits?(limits: LimitInfo): void;
  /** Told of the exception behind an `internal` error, for the log; it may hold addresses and paths. */
  onInternal?(cause: unknown): void;
}

/** Makes single tries: sends a request once and says what came of it. They throw Cancelled. */
export function createAttempt(deps: AttemptDeps, exchange: Exchange, pacer: Pacer) {
  let known: { readonly address: string; readonly base: ReturnType<typeof baseAddressOf> } | undefined;

  function baseAddress(address: string) {
    if (known?.address === address) return known.base;
    known = { address, base: baseAddressOf(address) };
    return known.base;
  }

  /** The answer, or why there is none. */
  async function send(
    operation: Operation,
    prepared: Prepared,
    token: string,
    options: CallOptions,
  ): Promise<{ readonly answer: Answer } | Refused> {
    const base = baseAddress(deps.apiUrl());
    const upload =
      prepared.file && operation.fileField
        ? multipart(operation.fileField, prepared.file, (sent, total) => {
            if (!options.signal?.aborted) options.onProgress?.(sent, total);
          })
        : null;
    options.onTry?.();
    try {
      const sending = exchange.send(
        {
          method: operation.method,
          origin: base.origin,
          path: base.path + prepared.target,
          headers: requestHeaders(token, prepared, upload),
          text: prepared.json,
          upload,
        },
        options.signal,
      );
      return { answer: await unlessCancelled(sending, options.signal) };
    } catch (cause) {
      if (options.signal?.aborted) throw new Cancelled('perhaps');
      const trouble = upload?.trouble();
      // The body was cut short, and Zoom takes none like that.
      if (trouble) return { error: fileError(trouble), reached: 'yes', passing: false };
      const failure = failureOf(cause);
      if (failure.reason === 'unknown') deps.onInternal?.(cause);
      return told(failure);
    }
  }

  return async function attempt(
    operation: Operation,
    prepared: Prepared,
    token: string,
    options: CallOptions,
  ): Promise<Success<unknown> | ({ readonly ok: false } & Refused)> {
    const sent = await send(operation, prepared, token, options);
    if (!('answer' in sent)) return { ok: false, ...sent };
    const { answer } = sent;
    options.onAnswer?.(answer, token);
    const now = deps.clock.now();
    const limits = readLimits(operation.label, answer.headers, now);
    const verdict = judge({ operation, token }, answer, limits, now);
    learn(pacer, limits, verdict.ok ? undefined : verdict.error.kind);
    deps.onLimits?.(limits);
    if (verdict.ok) return { ...verdict, status: answer.status, limits };
    const { error } = verdict;
    if (answer.damage && error.kind === 'bad-answer') {
      // A change that Zoom called done is not reported as a broken connection: sending it again could do it twice.
      const done = operation.success.includes(answer.status) && !isRepeatable(operation);
      if (!done) return { ok: false, ...told(damageFailure(answer.damage)) };
    }
    const isOpen = error.kind === 'zoom-down' || error.kind === 'bad-answer';
    return {
      ok: false,
      error,
      reached: isOpen ? 'perhaps' : error.kind === 'network' ? 'no' : 'yes',
      passing: error.kind === 'zoom-down',
    };
  };
}

/** The numbers of a person's own minute are not those of the account's second, whatever the answer calls them. */
function learn(pacer: Pacer, limits: LimitInfo, refused: ErrorKind | undefined): void {
  if (refused !== 'minute-limit') pacer.saw(limits, refused === 'rate-limit');
}

/** A failure of the connection in words. */
function told({ reason, reached, passing }: Failure): Refused {
  return { error: connectionErrors[reason], reached, passing };
}

function requestHeaders(
  token: string,
  prepared: Prepared,
  upload: ReturnType<typeof multipart> | null,
): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'Tally',
    ...(prepared.json !== null && { 'content-type': 'application/json' }),
    ...(upload && { 'content-type': upload.contentType, 'content-length': String(upload.length) }),
  };
}

/** Splits the API's address, which hardly ever changes, and refuses those that would show the token to the network. */
function baseAddressOf(address: string): { origin: string; path: string } {
  const url = new URL(address);
  const local = url.hostname === '127.0.0.1' || url.hostname === '[::1]' || url.hostname === 'localhost';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new Error('the address of the API isn’t safe');
  }
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}
