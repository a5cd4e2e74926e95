import type { TallyError } from '../../../shared/errors.ts';
import type { ZoomResult } from '../zoom/client.ts';
import type { Fate } from './outcome.ts';
import type { ByKey } from './state.ts';

/** Changes that go to Zoom together. */
export interface Batch {
  readonly keys: readonly string[];
  /** Makes the calls for some of these changes, one after the other as far as they are asked for. */
  send(keys: readonly string[]): AsyncIterable<ZoomResult<unknown>>;
}

/** What a refusal of Zoom's means. */
export interface Refusals {
  /** What it says is locked; empty where it is about something else. */
  lockedBy(error: TallyError, keys: readonly string[]): readonly string[];
  /** What it finds wrong with single values, in words. */
  wrongBy(error: TallyError, keys: readonly string[]): ByKey<string>;
}

/** What Zoom did with some changes. */
interface Delivery {
  readonly fates: Map<string, Fate>;
  /** What Zoom said is locked, with its words. */
  readonly locked: Record<string, string>;
  /** Values that Zoom found wrong, with words. */
  refused: ByKey<string>;
  /** What ended it before its end. */
  error?: TallyError;
}

/**
 * Sends changes, one batch after the other. What Zoom says is locked is left out and the others are sent again; any other
 * refusal ends it. Never rejects.
 */
export async function sendBatches(
  refusals: Refusals,
  batches: readonly Batch[],
): Promise<Readonly<Delivery>> {
  const delivery: Delivery = { fates: new Map(), locked: {}, refused: {} };
  for (const batch of batches) {
    let { keys } = batch;
    while (keys.length > 0 && !delivery.error) keys = await sendOnce(refusals, batch, keys, delivery);
  }
  return delivery;
}

/** Sends some of a batch; gives what is left to be sent. */
async function sendOnce(
  { lockedBy, wrongBy }: Refusals,
  batch: Batch,
  keys: readonly string[],
  delivery: Delivery,
): Promise<readonly string[]> {
  const { fates, locked } = delivery;
  const mark = (fate: Fate, some = keys) => {
    for (const key of some) fates.set(key, fate);
  };
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
    return [];
  }
  const { error, reached } = failed;
  const shut = lockedBy(error, keys);
  if (shut.length === 0) {
    if (reached !== 'no') mark(reached === 'perhaps' ? 'unsure' : 'refused');
    Object.assign(delivery, { refused: wrongBy(error, keys), error });
    return keys;
  }
  mark('refused', shut);
  for (const key of shut) locked[key] = error.zoom?.message ?? error.what;
  return keys.filter((key) => !shut.includes(key));
}

/** Zoom's complaints about fields, in words, at what they mean. */
export function complaints<K extends string>(
  { zoom }: TallyError,
  keys: readonly K[],
  isMeant: (key: K, field: string) => boolean,
): ByKey<string> {
  const wrong: Record<string, string> = {};
  for (const { field, message } of zoom?.fields ?? []) {
    // Of a list Zoom names the entry: `domains[0]`, `domains.0.name`.
    const name = field.replace(/\[\d+\]|(?<=\.)\d+(?=\.|$)/g, '').replace(/\.+$/, '');
    const isBare = message === '' || /^invalid field\.?$/i.test(message);
    const words = isBare ? 'Zoom does not take this value.' : `Zoom does not take this value: ${message}`;
    for (const key of keys.filter((one) => isMeant(one, name))) wrong[key] = words;
  }
  return wrong;
}
