import { type ErrorKind, type TallyError, tallyError } from '../../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../../shared/zoom/types.gen.ts';
import type { MakeDispatcher } from '../http/connections.ts';
import { type Answer, createExchange, type Timeouts, usualTimeouts } from '../http/exchange.ts';
import type { Clock, Network } from '../ports.ts';
import { connectionFailure, damageFailure, type Failure, fileFailure, judge } from './errors.ts';
import { createPacer, type LimitInfo, readLimits } from './limits.ts';
import { multipart, type UploadFile } from './multipart.ts';
import { type Prepared, prepare } from './request.ts';

export type TokenResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly error: TallyError };

/** Who calls. Both functions may be asked many times at once; making that one refresh is their business. */
export interface ZoomSession {
  /** A token believed to be good. */
  accessToken(): Promise<TokenResult>;
  /** A token other than `usedToken`, which Zoom has just refused. */
  refresh(usedToken: string): Promise<TokenResult>;
}

export type ZoomResult<T> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly data: T;
      readonly limits: LimitInfo;
      readonly trackingId?: string;
    }
  | { readonly ok: false; readonly error: TallyError };

export interface ZoomInput<K extends OperationId> {
  /** `userId` may be left out for oneself, except with destructive operations. */
  readonly path?: Partial<OperationTypes[K]['path']>;
  readonly query?: OperationTypes[K]['query'];
  readonly body?: OperationTypes[K]['body'];
  readonly file?: UploadFile;
}

export interface CallOptions {
  /** Ends the call within milliseconds at any stage; Zoom may have taken it all the same. */
  readonly signal?: AbortSignal;
  /** File bytes handed to the connection, ahead of what Zoom has; starts again at 0 with each try. */
  onProgress?(sent: number, total: number): void;
  /** Each try is about to be sent. */
  onTry?(): void;
  /** What came for a try, before anything is made of it, and the token it was sent with (a server may echo it). */
  onAnswer?(answer: Answer, token: string): void;
}

export interface ZoomClientDeps {
  readonly clock: Clock;
  /** Base address such as `https://api.zoom.us/v2`, asked for each call; plain http only for this computer. */
  apiUrl(): string;
  readonly session: ZoomSession;
  /** 0 to under 1, for jitter. */
  random(): number;
  /** Told of each answer's limits. */
  onLimits?(limits: LimitInfo): void;
  /** Told of the exception behind an `internal` error, for the log; it may hold addresses and paths. */
  onInternal?(cause: unknown): void;
  readonly timeouts?: Partial<Timeouts>;
  /** No proxy is asked for without it. */
  readonly network?: Network;
  readonly makeDispatcher?: MakeDispatcher;
}

export interface ZoomClient {
  /**
   * Makes one call and resolves with its outcome; never rejects. Waits for its turn, refreshes a refused token once,
   * and tries again by these rules: 429 of the second (any method, four tries, waits up to 10 s); 5xx and broken connections
   * (GET, PUT, DELETE; others only when nothing was sent; three tries, none begun after 45 s). Limits of the minute and the day are
   * reported with `retryAt`, not waited for.
   */
  call<K extends OperationId>(
    id: K,
    input?: ZoomInput<K>,
    options?: CallOptions,
  ): Promise<ZoomResult<OperationTypes[K]['result']>>;
  /** Closes pooled connections (after sleep, before quitting); the next call opens new ones. */
  dropConnections(): void;
}

const longestWait = 10_000;
const rateTries = 4;
const failureTries = 3;
const latestRetry = 45_000;

class Cancelled extends Error {}

/** The one way to call Zoom. */
export function createZoomClient(deps: ZoomClientDeps): ZoomClient {
  const { clock, session } = deps;
  const timeouts = { ...usualTimeouts, ...deps.timeouts };
  const exchange = createExchange(clock, timeouts, deps.network, deps.makeDispatcher);
  const pacer = createPacer(clock);

  /** 1, 2, 4 ... times `first`, and up to half more so that clients do not come back in step. */
  const backoff = (first: number, tries: number) => Math.round(first * 2 ** tries * (1 + deps.random() / 2));

  function wait(ms: number, signal?: AbortSignal): Promise<void> {
    let stop = () => {};
    const passed = new Promise<void>((done) => {
      stop = clock.setTimeout(done, ms);
    });
    return unlessCancelled(passed, signal).finally(() => stop());
  }

  async function attempt(
    operation: Operation,
    prepared: Prepared,
    token: string,
    options: CallOptions,
  ): Promise<Attempt> {
    const base = baseAddress(deps.apiUrl());
    const upload =
      prepared.file && operation.fileField
        ? multipart(operation.fileField, prepared.file, (sent, total) => {
            if (!options.signal?.aborted) options.onProgress?.(sent, total);
          })
        : null;
    let answer: Answer;
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
      answer = await unlessCancelled(sending, options.signal);
    } catch (cause) {
      if (options.signal?.aborted) throw new Cancelled();
      const trouble = upload?.trouble();
      const failure = trouble ? fileFailure(trouble) : connectionFailure(cause);
      if (failure.error.kind === 'internal') deps.onInternal?.(cause);
      return { ok: false, ...failure };
    }
    options.onAnswer?.(answer, token);
    const now = clock.now();
    const limits = readLimits(operation.label, answer.headers, now);
    const verdict = judge({ operation, token }, answer, limits, now);
    const error = verdict.ok ? null : verdict.error;
    pacer.saw(limits, error?.kind === 'rate-limit');
    deps.onLimits?.(limits);
    if (verdict.ok) return { ...verdict, status: answer.status, limits };
    if (answer.damage && verdict.error.kind === 'bad-answer') {
      // A change that Zoom called done is not reported as a broken connection: sending it again could do it twice.
      const done = operation.success.includes(answer.status) && !isRepeatable(operation);
      if (!done) return { ok: false, ...damageFailure(answer.damage) };
    }
    return { ok: false, error: verdict.error, unsent: false, passing: verdict.error.kind === 'zoom-down' };
  }

  async function run(
    operation: Operation,
    prepared: Prepared,
    options: CallOptions,
  ): Promise<ZoomResult<unknown>> {
    const { signal } = options;
    const began = clock.now();
    let token: string | null = null;
    let refreshed = false;
    let refusals = 0;
    let failures = 0;
    let perhapsDone = false;

    for (;;) {
      await unlessCancelled(pacer.turn(operation.label, signal), signal);
      if (token === null) {
        const asked = await unlessCancelled(session.accessToken(), signal);
        if (!asked.ok) return asked;
        token = asked.token;
      }
      if (!/^[\x21-\x7e]+$/.test(token)) {
        return { ok: false, error: tallyError('not-signed-in', 'The stored sign-in is damaged.') };
      }
      const tried = await attempt(operation, prepared, token, options);
      if (tried.ok) return tried;

      const { error } = tried;
      if (error.kind === 'not-signed-in' && !refreshed) {
        refreshed = true;
        const fresh: TokenResult = await unlessCancelled(session.refresh(token), signal);
        if (!fresh.ok) return fresh;
        token = fresh.token;
        continue;
      }

      const now = clock.now();
      const asked = error.retryAt === undefined ? null : Math.max(0, error.retryAt - now);
      let pause: number;
      if (error.kind === 'rate-limit') {
        pause = asked ?? backoff(1000, refusals);
        refusals += 1;
        if (pause > longestWait || refusals >= rateTries) {
          return { ok: false, error: hedged({ ...error, retryAt: now + pause }, perhapsDone) };
        }
      } else {
        pause = asked ?? backoff(500, failures);
        failures += 1;
        const harmless = tried.passing && (tried.unsent || isRepeatable(operation));
        const inTime = pause <= longestWait && now + pause - began <= latestRetry;
        if (!harmless || !inTime || failures >= failureTries) {
          return { ok: false, error: hedged(error, perhapsDone) };
        }
        perhapsDone ||= !tried.unsent && operation.method !== 'GET';
      }
      await wait(pause, signal);
      token = null;
    }
  }

  return {
    async call<K extends OperationId>(id: K, input: ZoomInput<K> = {}, options: CallOptions = {}) {
      type Result = ZoomResult<OperationTypes[K]['result']>;
      if (!Object.hasOwn(operations, id)) {
        return { ok: false, error: tallyError('invalid-input', 'Tally does not know this call.') };
      }
      const operation: Operation = operations[id];
      try {
        if (options.signal?.aborted) throw new Cancelled();
        const prepared = prepare(operation, input);
        // The catalogue's types describe what Zoom answers; the practice contract tests hold them to it.
        return (prepared.ok ? await run(operation, prepared, options) : prepared) as Result;
      } catch (cause) {
        if (cause instanceof Cancelled || options.signal?.aborted) {
          return { ok: false, error: tallyError('cancelled', 'The call was cancelled.') };
        }
        deps.onInternal?.(cause);
        return { ok: false, error: tallyError('internal', 'The call to Zoom could not be made.') };
      }
    },
    dropConnections: () => exchange.drop(),
  };
}

type Attempt = Extract<ZoomResult<unknown>, { ok: true }> | ({ readonly ok: false } & Failure);

/** Repeating the call changes no more than making it once (RFC 9110, 9.2.2). */
function isRepeatable(operation: Operation): boolean {
  return operation.method === 'GET' || operation.method === 'PUT' || operation.method === 'DELETE';
}

/** What Zoom may say to a change it has made: to a password in use already `refused`, to a background gone `invalid-input`. */
const afterSuccess: readonly ErrorKind[] = [
  'not-found',
  'conflict',
  'refused',
  'invalid-input',
  'minute-limit',
  'daily-limit',
  'rate-limit',
];

/** A repeated call may be refused because its first try has worked; the person should know. */
function hedged(error: TallyError, perhapsDone: boolean): TallyError {
  if (!perhapsDone || !afterSuccess.includes(error.kind)) return error;
  return { ...error, why: 'An earlier try broke off and may have worked.' };
}

function requestHeaders(
  token: string,
  prepared: Prepared,
  upload: ReturnType<typeof multipart> | null,
): Record<string, string> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'Tally',
  };
  if (prepared.json !== null) headers['content-type'] = 'application/json';
  if (upload) {
    headers['content-type'] = upload.contentType;
    headers['content-length'] = String(upload.length);
  }
  return headers;
}

/** Splits the API's address and refuses those that would show the token to the network. */
function baseAddress(address: string): { origin: string; path: string } {
  const url = new URL(address);
  const local = url.hostname === '127.0.0.1' || url.hostname === '[::1]' || url.hostname === 'localhost';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new Error('the address of the API is not safe');
  }
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}

/** Rejects as soon as `signal` aborts, without waiting for `work`, whose own outcome is then ignored. */
function unlessCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new Cancelled());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
