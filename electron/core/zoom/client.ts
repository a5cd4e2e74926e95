import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../../shared/zoom/types.gen.ts';
import type { MakeDispatcher } from '../http/connections.ts';
import { createExchange, type Timeouts, usualTimeouts } from '../http/exchange.ts';
import type { Reached } from '../http/failures.ts';
import type { UploadFile } from '../http/multipart.ts';
import type { Network, TokenResult, ZoomSession } from '../ports.ts';
import { type AttemptDeps, type CallOptions, createAttempt, type Success } from './attempt.ts';
import { Cancelled, unlessCancelled } from './cancel.ts';
import { createPacer } from './limits.ts';
import { type Prepared, prepare } from './request.ts';
import { firstTry, nextStep, type Tries } from './retry.ts';

export type ZoomResult<T> =
  | Success<T>
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

export interface ZoomClientDeps extends AttemptDeps {
  readonly session: ZoomSession;
  /** 0 to under 1, for jitter. */
  random(): number;
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

/** The one way to call Zoom. */
export function createZoomClient(deps: ZoomClientDeps): ZoomClient {
  const { clock, session } = deps;
  const timeouts = { ...usualTimeouts, ...deps.timeouts };
  const exchange = createExchange(clock, timeouts, deps.network, deps.makeDispatcher);
  const pacer = createPacer(clock);
  const attempt = createAttempt(deps, exchange, pacer);

  async function pause(ms: number, signal: AbortSignal | undefined, reached: Reached): Promise<void> {
    let stop = () => {};
    const passed = new Promise<void>((done) => {
      stop = clock.setTimeout(done, ms);
    });
    await unlessCancelled(passed, signal, reached).finally(() => stop());
  }

  async function run(
    operation: Operation,
    prepared: Prepared,
    options: CallOptions,
  ): Promise<ZoomResult<unknown>> {
    const { signal } = options;
    let tries = firstTry(clock.now());
    let access: TokenResult | undefined;
    for (;;) {
      const before = reachedBefore(tries, 'no');
      await unlessCancelled(pacer.turn(operation.label, signal), signal, before);
      access ??= await unlessCancelled(session.accessToken(), signal, before);
      const sendable = checkToken(access);
      if (!sendable.ok) return { ...sendable, reached: before };
      const tried = await attempt(operation, prepared, sendable.token, options);
      if (tried.ok) return tried;
      const next = nextStep(operation, tried, tries, { now: clock.now(), jitter: deps.random() });
      if (next.step === 'stop') return { ok: false, error: next.error, reached: next.reached };
      tries = next.tries;
      if (next.step === 'refresh') {
        access = await unlessCancelled(session.refresh(sendable.token), signal, before);
        // Zoom has answered the first try, with a no.
        if (!access.ok) return { ...access, reached: reachedBefore(tries, 'yes') };
      } else {
        await pause(next.ms, signal, reachedBefore(tries, 'no'));
        access = undefined;
      }
    }
  }

  return {
    async call<K extends OperationId>(id: K, input: ZoomInput<K> = {}, options: CallOptions = {}) {
      type Result = ZoomResult<OperationTypes[K]['result']>;
      if (!Object.hasOwn(operations, id)) {
        const error = tallyError('invalid-input', 'Tally doesn’t know this call.');
        return { ok: false, error, reached: 'no' };
      }
      const operation: Operation = operations[id];
      try {
        if (options.signal?.aborted) throw new Cancelled('no');
        const prepared = prepare(operation, input, options);
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
        const error = tallyError('internal', 'The call to Zoom couldn’t be made.');
        return { ok: false, error, reached: 'perhaps' };
      }
    },
    dropConnections: () => exchange.drop(),
  };
}

/** What Zoom has had of the tries so far; `otherwise` unless one of them leaves it open. */
function reachedBefore({ perhapsDone }: Tries, otherwise: Reached): Reached {
  return perhapsDone ? 'perhaps' : otherwise;
}

/** Refuses a token that no header takes. */
function checkToken(access: TokenResult): TokenResult {
  return !access.ok || /^[\x21-\x7e]+$/.test(access.token) ? access : { ok: false, error: damagedToken };
}

const damagedToken = tallyError('not-signed-in', 'The stored sign-in is damaged.');
