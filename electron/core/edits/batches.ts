import type { ErrorKind, TallyError } from '../../../shared/errors.ts';
import type { ZoomResult } from '../zoom/client.ts';
import type { Fate } from './outcome.ts';
import type { ByKey } from './state.ts';
import type { Batch, Subject } from './subject.ts';

/** What Zoom did with some changes. */
interface Delivery {
  readonly fates: Map<string, Fate>;
  /** What Zoom said is locked, with its words. */
  readonly locked: Record<string, string>;
  /** Values that Zoom found wrong, with words. */
  readonly refused: Record<string, string>;
  /** Changes that were found to be what Zoom refuses, while it took others. */
  readonly found: Record<string, TallyError>;
  /** What ended it before its end. */
  error?: TallyError;
}

/** Sends changes, one batch after the other. Never rejects. */
export async function sendBatches<V>(
  subject: Subject<V>,
  batches: readonly Batch[],
): Promise<Readonly<Delivery>> {
  const delivery: Delivery = { fates: new Map(), locked: {}, refused: {}, found: {} };
  for (const batch of batches) {
    if (!delivery.error) await sendBatch(subject, batch, delivery);
  }
  return delivery;
}

/** After so many refusals of single changes, and none that was taken, the refusal is believed to be about them all. */
const mostRefusals = 8;

/**
 * Sends a batch. What Zoom says is locked is left out and the others are sent again. A refusal that names none of several
 * changes is narrowed down by sending each half by itself, until what is refused is sent alone. Any other refusal ends it.
 */
async function sendBatch<V>(subject: Subject<V>, batch: Batch, delivery: Delivery): Promise<void> {
  const found = new Map<string, TallyError>();
  const isTaken = () => batch.keys.some((key) => delivery.fates.get(key) === 'taken');
  const waiting = [batch.keys];
  let narrowed = false;
  for (let keys = waiting.shift(); keys; keys = waiting.shift()) {
    const refusal = await sendOnce(subject, batch, keys, delivery);
    if (!refusal) continue;
    const { error, shut, wrong, isRefused } = refusal;
    const named = [...shut, ...Object.keys(wrong)];
    if (isRefused && named.length === 0 && keys.length > 1) {
      narrowed = true;
      const middle = Math.ceil(keys.length / 2);
      waiting.unshift(keys.slice(0, middle), keys.slice(middle));
      continue;
    }
    Object.assign(delivery.refused, wrong);
    if (shut.length === 0 && !(narrowed && isRefused)) {
      delivery.error = error;
      return;
    }
    const these = named.length > 0 ? named : keys;
    if (shut.length === 0) for (const key of these) found.set(key, error);
    waiting.unshift(without(keys, these));
    if (found.size >= mostRefusals && !isTaken()) break;
  }
  settle(delivery, found, isTaken());
}

function without(keys: readonly string[], some: readonly string[]): readonly string[] {
  return keys.filter((key) => !some.includes(key));
}

/** What was refused alone is told as such where Zoom took others; where it took none, it refused the save. */
function settle(delivery: Delivery, found: ReadonlyMap<string, TallyError>, isTaken: boolean): void {
  const [last] = [...found.values()].slice(-1);
  if (!last) return;
  if (!isTaken && Object.keys(delivery.locked).length === 0) {
    delivery.error = last;
    return;
  }
  for (const [key, error] of found) {
    delivery.found[key] = error;
    delivery.refused[key] ??= error.zoom?.message ? `Zoom refused this: ${error.zoom.message}` : error.what;
  }
}

/** A no to some changes, or no answer. */
interface Refusal {
  readonly error: TallyError;
  /** Those that Zoom says are locked. */
  readonly shut: readonly string[];
  /** What Zoom found wrong with the others, in words. */
  readonly wrong: ByKey<string>;
  /** Zoom answered, and with a no to what was sent: not to the sign-in, and not for now only. */
  readonly isRefused: boolean;
}

const aboutContent: readonly ErrorKind[] = ['forbidden', 'refused', 'invalid-input'];

/** Sends some of a batch; gives what was said against it. */
async function sendOnce<V>(
  { lockedBy, wrongBy }: Subject<V>,
  batch: Batch,
  keys: readonly string[],
  { fates, locked }: Delivery,
): Promise<Refusal | undefined> {
  const mark = (fate: Fate, some = keys) => {
    for (const key of some) fates.set(key, fate);
  };
  if (keys.length === 0) return undefined;
  let failed: Extract<ZoomResult<unknown>, { ok: false }> | undefined;
  for await (const result of batch.send(keys)) {
    if (!result.ok) {
      failed = result;
      break;
    }
    // Until all of its calls went well, Zoom has a part at most.
    mark('refused');
  }
  if (!failed) {
    mark('taken');
    return undefined;
  }
  const { error, reached } = failed;
  const shut = lockedBy(error, keys);
  for (const key of shut) locked[key] = error.zoom?.message ?? error.what;
  if (shut.length > 0) mark('refused', shut);
  else if (reached !== 'no') mark(reached === 'perhaps' ? 'unsure' : 'refused');
  const wrong = shut.length > 0 ? {} : wrongBy(error, keys);
  return { error, shut, wrong, isRefused: reached === 'yes' && aboutContent.includes(error.kind) };
}
