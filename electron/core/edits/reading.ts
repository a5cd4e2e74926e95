import type { ErrorKind, TallyError } from '../../../shared/errors.ts';
import type { FeatureDeps } from '../feature.ts';
import { startWait } from '../lib/alarm.ts';
import { afterRead, forgetLocks } from './outcome.ts';
import type { EditState, Kept } from './state.ts';
import type { Subject } from './subject.ts';

/** How soon Zoom is asked again what became of a save without an answer, in ms. */
const lookAgain = 30_000;
/** What Zoom says where it does not tell this at all: it is asked again only when the person wants to see it. */
const final: readonly ErrorKind[] = ['missing-scope', 'forbidden', 'not-found', 'refused', 'not-signed-in'];

export interface EditsDeps<V> extends Pick<FeatureDeps, 'clock' | 'changed'> {
  /** Nothing changes any more once it is aborted. */
  readonly signal: AbortSignal;
  readonly stored: Kept<V>;
  save(kept: Kept<V>): void;
}

/** What Zoom has and the person wants, kept on the disk and up to date. */
export function createReading<V>(subject: Subject<V>, deps: EditsDeps<V>) {
  const { clock, signal } = deps;
  const [main] = subject.parts;
  let state: EditState<V> = {
    ...deps.stored,
    phase: 'unknown',
    values: {},
    read: new Set(),
    refused: {},
    locked: {},
    kept: {},
    contested: [],
    saving: false,
  };
  let reading: Promise<TallyError | undefined> | undefined;
  let sends = 0;
  let cancelLook = () => {};
  signal.addEventListener('abort', () => cancelLook());

  function set(next: EditState<V>): void {
    if (signal.aborted || next === state) return;
    const { edits, history, intent } = state;
    state = next;
    const isKept = next.edits === edits && next.history === history && next.intent === intent;
    if (!isKept) deps.save(next);
    deps.changed();
  }

  async function readOne(part: string): Promise<TallyError | undefined> {
    const asked = sends;
    const result = await subject.read(part);
    if (signal.aborted || asked !== sends) return undefined;
    if (!result.ok) return result.error;
    const now = clock.now();
    const next = afterRead(subject, state, { part, values: result.value }, now);
    const { error: _former, ...rest } = next;
    set(part === main ? { ...rest, phase: 'ready', readAt: now } : next);
    return undefined;
  }

  async function readToShow(part: string): Promise<TallyError | undefined> {
    const error = await readOne(part);
    if (error && part === main) set({ ...state, phase: 'failed', error });
    return error;
  }

  async function readAll(): Promise<TallyError | undefined> {
    const forgotten = forgetLocks(state, clock.now());
    set(state.phase === 'ready' ? forgotten : { ...forgotten, phase: 'loading' });
    const failures = await Promise.all(subject.parts.map(readToShow));
    const open = new Set(state.intent?.changes.map(({ key }) => subject.partOf(key)));
    look(failures.filter((_, index) => open.has(subject.parts[index] ?? '')));
    return failures[0];
  }

  /** Asks Zoom for all of it; a part that fails leaves the others alone. Resolves with what went wrong with the first. */
  function refresh(): Promise<TallyError | undefined> {
    // What failed already is not waited for: it is asked again once the rest has answered.
    if (reading && state.phase === 'failed') return reading.then(refresh);
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  /** Asks again what became of a save without an answer, until it is known. @param failures of the last time, in what it is about */
  function look(failures: readonly (TallyError | undefined)[] = []): void {
    cancelLook();
    const failed = failures.filter((one) => one !== undefined);
    if (!state.intent || signal.aborted || failed.some(({ kind }) => final.includes(kind))) return;
    const wish = Math.max(...failed.map(({ retryAt = 0 }) => retryAt - clock.now()), 0);
    cancelLook = startWait(clock, Math.max(lookAgain, wish), () => {
      if (!state.saving) void refresh();
    });
  }

  return {
    get state() {
      return state;
    },
    set,
    /** Puts what the person should know beside whatever is under way; nothing takes it away. */
    warn(problem: TallyError | undefined): void {
      const { problem: former, ...rest } = state;
      if (problem || former) set({ ...rest, ...(problem && { problem }) });
    },
    refresh,
    /** Asks for some parts, before something is sent. */
    async readFor(parts: readonly string[]): Promise<TallyError | undefined> {
      const failures = await Promise.all([...new Set(parts)].map(readOne));
      return failures.find((failure) => failure !== undefined);
    },
    /** Something is about to be sent: what was asked before tells nothing any more. */
    sends(): void {
      sends += 1;
    },
    look: () => look(),
    now: () => clock.now(),
  };
}
