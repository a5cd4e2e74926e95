import type { TallyError } from '../../../shared/errors.ts';
import { sendBatches } from './batches.ts';
import { afterSave, type Fate, replaceValues, withIntent } from './outcome.ts';
import type { createReading } from './reading.ts';
import { type ByKey, type EditState, mapRecord, type Saved } from './state.ts';
import type { Subject } from './subject.ts';

/** Sends changes, and looks what Zoom made of them. Gives what the person should know, and the state after it. */
export async function deliver<V>(
  subject: Subject<V>,
  reading: ReturnType<typeof createReading<V>>,
  intent: Saved<V>,
  shut: readonly string[],
): Promise<[problem: TallyError | undefined, next: EditState<V>]> {
  const { partOf, words } = subject;
  const { changes } = intent;
  reading.sends();
  reading.set(withIntent(reading.state, intent, changes));
  const sent = await sendBatches(subject, subject.batches(changes, reading.state.values));
  const { fates, refused, found, error } = sent;
  const { values } = reading.state;
  const parts = [...fates.keys()].flatMap((key) => [partOf(key), ...(subject.alsoIn?.(key, values) ?? [])]);
  const { state, told, unread } = await readBack(subject, reading, new Set(parts));
  const next = afterSave(subject, state, { intent, fates, readBack: told });
  const open = next.intent?.changes.map(({ key }) => key) ?? [];
  const isKnown = open.every((key) => told.has(partOf(key)));
  const isSaved = (key: string, fate: Fate) => fate === 'taken' || (fate === 'unsure' && !open.includes(key));
  const locked = mapRecord(sent.locked, (said) => ({ words: said, at: reading.now() }));
  const allLocked = [...shut, ...Object.keys(locked)];
  const problem = saveProblem({
    total: changes.length + shut.length,
    saved: [...fates].filter(([key, fate]) => isSaved(key, fate)).length,
    unsure: open.length === 0 ? 'none' : isKnown ? 'not-there' : 'unknown',
    locked: allLocked.length > 0 ? words.locked?.(allLocked) : undefined,
    refused: refusedError(words, found),
    error,
    unread,
  });
  return [problem, { ...next, locked: { ...next.locked, ...locked }, refused }];
}

/** Asks Zoom for parts after something was sent. */
async function readBack<V>(
  subject: Subject<V>,
  reading: ReturnType<typeof createReading<V>>,
  parts: ReadonlySet<string>,
) {
  const ask = async (part: string) => ({ part, result: await subject.read(part) });
  const answers = await Promise.all([...parts].map(ask));
  const told = answers.flatMap(({ part, result }) => (result.ok ? [{ part, values: result.value }] : []));
  const failed = answers.find(({ result }) => !result.ok)?.result;
  return {
    state: told.reduce((before, one) => replaceValues(subject, before, one), reading.state),
    told: new Set(told.map(({ part }) => part)),
    unread: failed && !failed.ok ? failed.error : undefined,
  };
}

/** How a save ended, in numbers of changes. */
interface Ending {
  readonly total: number;
  /** Of those that Zoom has now. */
  readonly saved: number;
  /** Of those without an answer: whether Zoom could be asked what it has. */
  readonly unsure: 'none' | 'not-there' | 'unknown';
  /** What is said of those that are locked. */
  readonly locked: TallyError | undefined;
  /** What is said of those that Zoom refused while it took others. */
  readonly refused: TallyError | undefined;
  /** What ended it before its end. */
  readonly error: TallyError | undefined;
  /** Why Zoom could not be asked what it has now. */
  readonly unread: TallyError | undefined;
}

/** What the person should know of a save; undefined when all went well. */
function saveProblem(ending: Ending): TallyError | undefined {
  const { total, saved, unsure, locked, refused, error, unread } = ending;
  const some = saved > 0 ? `${saved} of ${total} changes ${saved === 1 ? 'was' : 'were'} saved. ` : '';
  const failed = saved < total && error ? unanswered(error, unsure) : both(locked, refused);
  if (failed) return { ...failed, what: some + failed.what };
  if (!unread) return undefined;
  return {
    ...unread,
    what: 'The changes were saved, but Zoom couldn’t be asked what it kept.',
    action: 'none',
  };
}

function refusedError<V>({ refused }: Subject<V>['words'], found: ByKey<TallyError>): TallyError | undefined {
  const last = Object.values(found).at(-1);
  return last && { ...last, what: refused?.(Object.keys(found)) ?? last.what };
}

function both(locked: TallyError | undefined, refused: TallyError | undefined): TallyError | undefined {
  return locked && refused ? { ...refused, what: `${locked.what} ${refused.what}` } : (locked ?? refused);
}

function unanswered(error: TallyError, unsure: Ending['unsure']): TallyError {
  if (unsure === 'none') return error;
  const { why: _technical, ...rest } = error;
  return unsure === 'not-there'
    ? { ...rest, what: 'Zoom didn’t confirm the changes, and doesn’t have them so far.', action: 'retry' }
    : {
        ...rest,
        what: 'It isn’t known whether Zoom took the changes.',
        why: 'The connection broke while they were sent. Tally asks Zoom again by itself.',
      };
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
    const words = isBare ? 'Zoom doesn’t take this value.' : `Zoom doesn’t take this value: ${message}`;
    for (const key of keys.filter((one) => isMeant(one, name))) wrong[key] = words;
  }
  return wrong;
}
