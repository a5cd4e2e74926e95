import * as z from 'zod';
import {
  type MediaAnswer,
  type MediaOrder,
  mostRead,
  type VideoEvent,
} from '../../../shared/ipc/media-process.ts';
import { startPatience } from '../../core/lib/patience.ts';
import { hasCrashed, Refusal } from '../../core/media/problem.ts';
import type { Clock } from '../../core/ports.ts';

/** The media process as main sees it: a way in and a way out. */
export interface MediaHost {
  send(order: MediaOrder): void;
  /** What comes is not to be trusted: it works on files from anywhere. */
  onAnswer(listener: (answer: unknown) => void): void;
  /** Called once, however it ended. */
  onGone(listener: () => void): void;
  /** What it takes, in bytes; 0 while that is not known. */
  memory(): number;
  /** Ends it, whatever it is doing. */
  end(): void;
}

type Unnumbered<Order> = Order extends unknown ? Omit<Order, 'id'> : never;
type Answer = Exclude<MediaAnswer, { failed: true }>;

/** A started media process, for as long as one piece of work has it for itself. */
export interface Worker {
  /** What is open is so in this one alone. */
  readonly host: MediaHost;
  /** Sends an order that is answered, one at a time. `during` is told what is said of it meanwhile. */
  ask(
    order: Unnumbered<Extract<MediaOrder, { order: 'open' | 'encode' | 'video' }>>,
    during?: (event: VideoEvent) => void,
  ): Asked;
  /** Sends what belongs to the order with that number. */
  tell(order: Extract<MediaOrder, { order: 'bytes' | 'unread' | 'close' }>): void;
}

interface Asked {
  /** The order's number. */
  readonly id: number;
  /** Undefined: it could not be done. Rejects with a Refusal when the process ends meanwhile. */
  readonly answer: Promise<Answer | undefined>;
}

interface Pending {
  readonly id: number;
  during?(event: VideoEvent): void;
  resolve(answer: Answer | undefined): void;
  reject(why: Refusal): void;
  /** ms without a word. */
  readonly patience: number;
  cancelPatience(): void;
  cancelWatch(): void;
}

interface Piece {
  readonly urgent: boolean;
  /** Does the work; may not reject. */
  begin(): Promise<void>;
  /** Does not do it. */
  leave(): void;
}

/** Without any work for this long the process is ended, in ms. */
const keepIdle = 2 * 60_000;
/** How long something given up may still go on before the process is ended, in ms. */
const grace = 300;
/** How long one order may take in which nothing is said of it, in ms; a process that is well speaks of a video every second. */
const longest = { picture: 60_000, video: 15_000 } as const;
/** The most memory that an order may take, in bytes. Files that came to an end took 0.7 GB; a spoiled one can fill whatever there is. */
const mostMemory = 1.2e9;
/** Between two looks at that memory, in ms. */
const betweenLooks = 250;

const side = () => z.int().min(1).max(100_000);
const lookSchema = () =>
  z.strictObject({
    width: side(),
    height: side(),
    seconds: z.number().min(0).max(1e9),
    codec: z.string().max(40),
    decodes: z.boolean(),
    encodes: z.boolean(),
  });
const answerSchema = z.lazy(() =>
  z.union([
    z.strictObject({ id: z.int(), failed: z.literal(true) }),
    z.strictObject({ id: z.int(), width: side(), height: side(), opaque: z.boolean() }),
    z.strictObject({ id: z.int(), size: z.int().min(1), bytes: z.instanceof(Uint8Array).optional() }),
    z.strictObject({ id: z.int(), look: lookSchema() }),
    z.strictObject({ id: z.int(), at: z.int().min(0), length: z.int().min(1).max(mostRead) }),
    z.strictObject({ id: z.int(), share: z.number().min(0).max(1) }),
    z.strictObject({ id: z.int(), alive: z.literal(true) }),
  ]),
);

const crashed = () =>
  new Refusal('crashed', 'This picture couldn’t be opened: the part of Tally that opens pictures broke off.');
const slow = () => new Refusal('slow', 'Opening this file takes too long.');
const greedy = () => new Refusal('slow', 'Opening this file takes too much memory.');
const cancelled = () => new Refusal('cancelled', 'Cancelled.');

/**
 * Runs pieces of work in the media process, one at a time, so that no more than one large picture is worked on. It is started for
 * the first, and ended two minutes after the last, or at once after a large picture. A piece that is given up is waited for no longer than a moment: then the process
 * is ended, and started anew for the next.
 */
export function createMediaProcess(start: () => MediaHost, clock: Clock) {
  let host: MediaHost | undefined;
  let last = 0;
  let running = false;
  let stopped = false;
  let swollen = false;
  const waiting: Piece[] = [];
  let cancelEnd = () => {};
  /** What is waited for; one at a time. */
  let pending: Pending | undefined;

  function settle(how: { readonly answer?: Answer; readonly refusal?: Refusal }): void {
    const settled = pending;
    pending = undefined;
    settled?.cancelPatience();
    settled?.cancelWatch();
    if (how.refusal) settled?.reject(how.refusal);
    else settled?.resolve(how.answer);
  }

  function ready(): MediaHost {
    if (host) return host;
    const started = start();
    host = started;
    swollen = false;
    started.onAnswer((given) => {
      const { success, data } = answerSchema.safeParse(given);
      if (!success || data.id !== pending?.id) return;
      if ('share' in data || 'at' in data || 'alive' in data) {
        goesOn();
        pending.during?.(data);
      } else settle('failed' in data ? {} : { answer: data as Answer });
    });
    started.onGone(() => {
      if (host !== started) return;
      host = undefined;
      settle({ refusal: crashed() });
    });
    return started;
  }

  function end(): void {
    const ended = host;
    host = undefined;
    ended?.end();
  }

  function next(): void {
    cancelEnd();
    const piece = waiting.shift();
    running = piece !== undefined;
    if (piece) void piece.begin().then(next);
    else if (!stopped) cancelEnd = clock.setTimeout(end, swollen ? 0 : keepIdle);
  }

  function goesOn(): void {
    if (!pending) return;
    pending.cancelPatience();
    pending.cancelPatience = beginPatience(pending.patience);
  }

  function beginPatience(ms: number): () => void {
    return startPatience(clock, ms, () => giveUp(slow()));
  }

  function giveUp(refusal: Refusal): void {
    settle({ refusal });
    end();
  }

  function watchMemory(of: MediaHost): () => void {
    const look = () => {
      if (of.memory() > mostMemory) giveUp(greedy());
      else cancel = clock.setTimeout(look, betweenLooks);
    };
    let cancel = clock.setTimeout(look, betweenLooks);
    return () => cancel();
  }

  function worker(of: MediaHost): Worker {
    return {
      host: of,
      ask(order, during) {
        const id = ++last;
        const patience = order.order === 'video' ? longest.video : longest.picture;
        const answer = new Promise<Answer | undefined>((resolve, reject) => {
          if (host === of)
            pending = {
              id,
              resolve,
              reject,
              patience,
              cancelPatience: beginPatience(patience),
              cancelWatch: watchMemory(of),
              ...(during && { during }),
            };
          else reject(stopped ? cancelled() : crashed());
        });
        // Whoever asked may still be busy with what belongs to the order.
        answer.catch(() => {});
        of.send({ ...order, id } as MediaOrder);
        return { id, answer };
      },
      tell(order) {
        of.send(order);
        if (pending?.id === order.id) goesOn();
      },
    };
  }

  return {
    /**
     * Gives the process to one piece of work and resolves with what comes of it. Work that the process ended with is done once
     * more in a new one: it may have ended for any reason, such as memory that others needed.
     * @param urgent goes before what waits and is not
     */
    use<T>(work: (worker: Worker) => Promise<T>, signal?: AbortSignal, urgent = false): Promise<T> {
      return new Promise((resolve, reject) => {
        const leave = () => {
          const at = waiting.indexOf(piece);
          if (at >= 0) waiting.splice(at, 1);
          reject(cancelled());
        };
        const piece: Piece = {
          urgent,
          leave,
          async begin() {
            signal?.removeEventListener('abort', leave);
            let cancelWait = () => {};
            const leaveOff = () => {
              reject(cancelled());
              cancelWait = clock.setTimeout(() => giveUp(cancelled()), grace);
            };
            signal?.addEventListener('abort', leaveOff, { once: true });
            try {
              const attempt = async () => {
                if (stopped || signal?.aborted) throw cancelled();
                return work(worker(ready()));
              };
              const again = (cause: unknown) => {
                if (hasCrashed(cause)) return attempt();
                throw cause;
              };
              resolve(await attempt().catch(again));
            } catch (cause) {
              reject(cause);
            } finally {
              cancelWait();
              signal?.removeEventListener('abort', leaveOff);
            }
          },
        };
        if (stopped || signal?.aborted) return reject(cancelled());
        signal?.addEventListener('abort', leave, { once: true });
        const behind = urgent ? waiting.findIndex((other) => !other.urgent) : -1;
        waiting.splice(behind < 0 ? waiting.length : behind, 0, piece);
        if (!running) next();
      });
    },
    /** The process that runs now, if one does: what is open in another is lost. */
    host: () => host,
    /** It has had a large picture, whose memory Chromium keeps for the next: it is ended as soon as nothing waits for it. */
    swell(): void {
      swollen = true;
      if (!running) next();
    },
    /** Ends it for good: it would have a window, which keeps the app from quitting. */
    stop(): void {
      stopped = true;
      cancelEnd();
      for (const piece of waiting.splice(0)) piece.leave();
      settle({ refusal: cancelled() });
      end();
    },
  };
}

export type MediaProcess = ReturnType<typeof createMediaProcess>;
