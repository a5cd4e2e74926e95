import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../../shared/zoom/types.gen.ts';
import type { MakeDispatcher } from '../http/connections.ts';
import { type Answer, createExchange, type Timeouts, usualTimeouts } from '../http/exchange.ts';
import { damageFailure, type Failure, failureOf, type Reached } from '../http/failures.ts';
import { multipart, type UploadFile } from '../http/multipart.ts';
import type { Clock, Network, TokenResult, ZoomSession } from '../ports.ts';
import { connectionErrors } from './connection-errors.ts';
import { fileError, judge } from './errors.ts';
import { createPacer, type LimitInfo, readLimits } from './limits.ts';
import { type Prepared, prepare } from './request.ts';
import { firstTry, isRepeatable, nextStep, type Refused } from './retry.ts';

export type ZoomResult<T> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly data: T;
      readonly limits: LimitInfo;
      readonly trackingId?: string;
    }
  | {
      readonly ok: false;
      readonly error: TallyError;
      /** `yes`: Zoom has answered, and did not do it. `no`: surely nothing was sent. `perhaps`: nobody knows what Zoom did. */
      readonly reached: Reached;
    };

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
   * Makes one call and resolves with its outcome; never rejects. Waits for its turn and tries again as
   * `nextStep` says. Limits of the minute and the day are reported with `retryAt`, not waited for.
   */
  call<K extends OperationId>(
    id: K,
    input?: ZoomInput<K>,
    options?: CallOptions,
  ): Promise<ZoomResult<OperationTypes[K]['result']>>;
  /** Closes pooled connections (after sleep, before quitting); the next call opens new ones. */
  dropConnections(): void;
}

class Cancelled extends Error {
  readonly reached: Reached;
  constructor(reached: Reached) {
    super('cancelled');
    this.reached = reached;
  }
}

/** The one way to call Zoom. */
export function createZoomClient(deps: ZoomClientDeps): ZoomClient {
  const { clock, session } = deps;
  const timeouts = { ...usualTimeouts, ...deps.timeouts };
  const exchange = createExchange(clock, timeouts, deps.network, deps.makeDispatcher);
  const pacer = createPacer(clock);

  async function attempt(
    operation: Operation,
    prepared: Prepared,
    token: string,
    options: CallOptions,
  ): Promise<Success | ({ readonly ok: false } & Refused)> {
    const sent = await exchangeOnce(operation, prepared, token, options);
    if (!('answer' in sent)) return { ok: false, ...sent };
    const { answer } = sent;
    options.onAnswer?.(answer, token);
    const now = clock.now();
    const limits = readLimits(operation.label, answer.headers, now);
    const verdict = judge({ operation, token }, answer, limits, now);
    pacer.saw(limits, !verdict.ok && verdict.error.kind === 'rate-limit');
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
  }

  /** Sends a request once; gives the answer, or why there is none. Throws Cancelled. */
  async function exchangeOnce(
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

  async function run(
    operation: Operation,
    prepared: Prepared,
    options: CallOptions,
  ): Promise<ZoomResult<unknown>> {
    const { signal } = options;
    let tries = firstTry(clock.now());
    let token: string | null = null;
    const before = (): Reached => (tries.perhapsDone ? 'perhaps' : 'no');
    const within = <T>(work: Promise<T>) => unlessCancelled(work, signal, before());
    const pause = (ms: number) => {
      let stop = () => {};
      const passed = new Promise<void>((done) => {
        stop = clock.setTimeout(done, ms);
      });
      return within(passed).finally(() => stop());
    };

    for (;;) {
      await within(pacer.turn(operation.label, signal));
      if (token === null) {
        const asked = await within(session.accessToken());
        if (!asked.ok) return { ...asked, reached: before() };
        token = asked.token;
      }
      if (!/^[\x21-\x7e]+$/.test(token)) {
        const error = tallyError('not-signed-in', 'The stored sign-in is damaged.');
        return { ok: false, error, reached: before() };
      }
      const tried = await attempt(operation, prepared, token, options);
      if (tried.ok) return tried;
      const next = nextStep(operation, tried, tries, { now: clock.now(), jitter: deps.random() });
      if (next.step === 'stop') return { ok: false, error: next.error, reached: next.reached };
      tries = next.tries;
      if (next.step === 'refresh') {
        const fresh: TokenResult = await within(session.refresh(token));
        // Zoom has answered the first try, with a no.
        if (!fresh.ok) return { ...fresh, reached: tries.perhapsDone ? 'perhaps' : 'yes' };
        token = fresh.token;
      } else {
        await pause(next.ms);
        token = null;
      }
    }
  }

  return {
    async call<K extends OperationId>(id: K, input: ZoomInput<K> = {}, options: CallOptions = {}) {
      type Result = ZoomResult<OperationTypes[K]['result']>;
      if (!Object.hasOwn(operations, id)) {
        const error = tallyError('invalid-input', 'Tally does not know this call.');
        return { ok: false, error, reached: 'no' };
      }
      const operation: Operation = operations[id];
      try {
        if (options.signal?.aborted) throw new Cancelled('no');
        const prepared = prepare(operation, input);
        // The catalogue's types describe what Zoom answers; the practice contract tests hold them to it.
        return (
          prepared.ok ? await run(operation, prepared, options) : { ...prepared, reached: 'no' }
        ) as Result;
      } catch (cause) {
        if (cause instanceof Cancelled || options.signal?.aborted) {
          const error = tallyError('cancelled', 'The call was cancelled.');
          return { ok: false, error, reached: cause instanceof Cancelled ? cause.reached : 'perhaps' };
        }
        deps.onInternal?.(cause);
        const error = tallyError('internal', 'The call to Zoom could not be made.');
        return { ok: false, error, reached: 'perhaps' };
      }
    },
    dropConnections: () => exchange.drop(),
  };
}

type Success = Extract<ZoomResult<unknown>, { ok: true }>;

/** A failure of the connection in words. */
function told({ reason, reached, passing }: Failure): Refused {
  return { error: connectionErrors[reason], reached, passing };
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
function unlessCancelled<T>(
  work: Promise<T>,
  signal?: AbortSignal,
  reached: Reached = 'perhaps',
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new Cancelled(reached));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
