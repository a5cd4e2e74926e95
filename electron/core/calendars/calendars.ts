import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import {
  type CalendarEntry,
  type CalendarPart,
  type CalendarProblem,
  type CalendarsAction,
  type CalendarsView,
  mostCalendars,
} from '../../../shared/calendars.ts';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { addressProblems, calendarsRefused } from '../../../shared/words/calendars.ts';
import type { BusyTime } from '../calendar/reading.ts';
import { accepted, byType, type FeatureDeps } from '../feature.ts';
import { createAlarm } from '../lib/alarm.ts';
import { calendarItem } from '../sign-in/vault.ts';
import { readAddress } from './address.ts';
import { createKeeper } from './keeper.ts';
import { cut, type Parse, type Read, read, withoutPrivate } from './read.ts';
import { type CalendarSecret, fitsKeychain } from './secrets.ts';
import { type Copy, type KeptCalendar, mostOrigins, readCalendars } from './stored.ts';
import { createWeb } from './web.ts';

const minute = 60_000;
/** How often each is read, in ms. A file is on this computer, and says at once whether it was changed. */
const every = { address: 15 * minute, file: 5 * minute, login: 15 * minute } as const;
/** What could not be read is tried again after so long, in ms, the longer the more often that was so. */
const again = [1, 2, 5, 10, 15].map((minutes) => minutes * minute);

/** What goes on until the person does something about it. */
const lasting: readonly CalendarProblem[] = [
  'nearby',
  'login-refused',
  'leads-to-http',
  'leads-elsewhere',
  'keychain',
  'address-gone',
];

export interface CalendarsDeps
  extends Pick<
    FeatureDeps,
    'key' | 'own' | 'clock' | 'network' | 'files' | 'disk' | 'shell' | 'secrets' | 'changed'
  > {
  readonly parse: Parse;
  /** The way to servers; a test may have one of its own. */
  readonly web?: ReturnType<typeof createWeb>;
}

/** What is known of a calendar beside what is kept. */
interface Live {
  isReading: boolean;
  problem?: CalendarProblem | undefined;
  /** Where it leads to, of `leads-elsewhere`. */
  elsewhere?: URL | undefined;
  /** When it was found to be as it was, or to be another one; epoch ms. */
  readAt?: number;
  retryAt?: number | undefined;
  failures: number;
}

export type Calendars = ReturnType<typeof createCalendars>;

/** The calendars of an account: where they come from, and what they say is busy. */
export function createCalendars(deps: CalendarsDeps) {
  const { key, clock, files, changed } = deps;
  const web = deps.web ?? createWeb(clock, deps.network);
  let { calendars, hidesPrivate, isUnclean } = readCalendars(files.kept('calendars', key));
  let written = '';
  const live = new Map<string, Live>();
  const ending = new AbortController();
  let isWatched = false;
  const alarm = createAlarm(clock, look);
  const ids = () => calendars.map(({ id }) => id);
  const keeper = createKeeper({ ...deps, item: calendarItem(key), ids, changed: settled });
  if (isUnclean || calendars.some(needsSecret)) void keeper.settle(false);

  function liveOf(id: string): Live {
    const known = live.get(id) ?? { isReading: false, failures: 0 };
    live.set(id, known);
    return known;
  }

  /** The keychain has said something. */
  function settled(): void {
    for (const { id } of calendars) {
      const state = liveOf(id);
      if (state.problem === 'keychain' && keeper.isOpen()) state.problem = undefined;
    }
    save();
    tell();
  }

  function save(inCopies = false): void {
    isUnclean = !keeper.isSettled() && (isUnclean || calendars.some(needsSecret));
    const json = { calendars, hidesPrivate, isUnclean };
    const text = JSON.stringify(json);
    if (text === written && !inCopies) return;
    written = text;
    files.keep('calendars', key, json, inCopies);
  }

  function tell(): void {
    look();
    changed();
  }

  /** Reads what is due, and waits for what will be next. */
  function look(): void {
    if (ending.signal.aborted) return;
    const now = clock.now();
    if (isWatched)
      for (const one of calendars) if ((dueAt(one, now) ?? Infinity) <= now) void readNow(one.id);
    const instants = calendars.flatMap((one) => [dueAt(one, now) ?? [], nextOf(one, now)?.to ?? []].flat());
    const next = instants.filter((at) => at > now);
    alarm.set(isWatched && next.length > 0 ? Math.min(...next) : undefined);
  }

  /** When a calendar is to be read; undefined: not by itself. After the clock was put back nothing was read in the future. */
  function dueAt({ id, kind, copy }: KeptCalendar, now: number): number | undefined {
    const { isReading, problem, retryAt, readAt = copy?.readAt } = liveOf(id);
    if (isReading || (problem && lasting.includes(problem))) return undefined;
    if (retryAt !== undefined) return Math.min(retryAt, now + 24 * 60 * minute);
    return readAt === undefined || readAt > now ? now : readAt + every[kind];
  }

  async function readNow(id: string): Promise<void> {
    const calendar = calendars.find((one) => one.id === id);
    const state = liveOf(id);
    if (!calendar || state.isReading) return;
    const secret = keeper.get(id);
    if (needsSecret(calendar) && !secret) {
      state.problem = keeper.isOpen() ? 'address-gone' : 'keychain';
      changed();
      return;
    }
    state.isReading = true;
    changed();
    const me = deps.own.email === '' ? [] : [deps.own.email];
    const outcome = await read({ calendar, secret, hidesPrivate }, { ...deps, web, me }, ending.signal);
    if (ending.signal.aborted) return;
    state.isReading = false;
    const isOtherChoice = outcome.ok && outcome.parts?.some((one) => countOf(id, one) !== one.counts);
    arrived(id, state, outcome);
    save();
    tell();
    if (isOtherChoice) void readNow(id);
  }

  function arrived(id: string, state: Live, outcome: Read): void {
    if (!outcome.ok) {
      const wait = again[Math.min(state.failures, again.length - 1)] ?? minute;
      state.failures += 1;
      state.problem = outcome.problem;
      state.elsewhere = outcome.elsewhere;
      state.retryAt = Math.max(outcome.retryAt ?? 0, clock.now() + wait);
      return;
    }
    Object.assign(state, { problem: undefined, retryAt: undefined, failures: 0, readAt: clock.now() });
    const { copy, name, parts } = outcome;
    if (parts) change(id, { parts: parts.map((one) => ({ ...one, counts: countOf(id, one) })) });
    // It was read while the person wanted titles to be hidden, or shown again.
    if (copy) change(id, { copy: withTitles(copy, hidesPrivate), ...(name !== undefined && { name }) });
  }

  /** Whether a part counts, as the person has chosen meanwhile. */
  function countOf(id: string, part: CalendarPart): boolean {
    const parts = calendars.find((one) => one.id === id)?.parts;
    return parts?.find((one) => one.id === part.id)?.counts ?? part.counts;
  }

  function change(id: string, patch: Partial<KeptCalendar>): void {
    calendars = calendars.map((one) => (one.id === id ? { ...one, ...patch } : one));
  }

  function entry(calendar: KeptCalendar): CalendarEntry {
    const { id, kind, place, name, counts, parts, copy } = calendar;
    const { isReading, problem, elsewhere, retryAt, readAt = copy?.readAt } = liveOf(id);
    const leadsTo = problem === 'leads-elsewhere' ? elsewhere?.host : copy?.leadsTo;
    const next = nextOf(calendar, clock.now());
    return {
      id,
      kind,
      place,
      ...(name !== undefined && { name }),
      counts,
      isReading,
      ...(readAt !== undefined && { readAt }),
      ...(problem !== undefined && { problem }),
      ...(problem !== undefined && retryAt !== undefined && !lasting.includes(problem) && { retryAt }),
      ...(leadsTo !== undefined && { leadsTo }),
      isKept: !needsSecret(calendar) || keeper.isKept(id) || !keeper.get(id),
      isCut: copy?.isCut ?? false,
      ...(parts && { parts }),
      ...(next && { next }),
    };
  }

  function add(
    fields: Pick<KeptCalendar, 'kind' | 'place'> & Partial<KeptCalendar>,
    secret?: CalendarSecret,
  ) {
    const id = randomUUID().slice(0, 8);
    if (calendars.length >= mostCalendars) return refused(calendarsRefused.tooMany(mostCalendars));
    if (secret && !fitsKeychain({ ...keeper.all(), [id]: secret })) return refused(calendarsRefused.noRoom);
    calendars = [...calendars, { id, counts: true, mayBeNearby: false, ...fields }];
    if (secret) keeper.put(id, secret);
    save();
    void readNow(id);
    return accepted;
  }

  function addAddress(text: string, login?: Omit<CalendarSecret, 'url'>): Result<null> {
    const found = readAddress(text);
    if (!found.ok) return refused(addressProblems[found.problem]);
    const { href: url, host } = found.url;
    const isKnown = Object.values(keeper.all()).some((one) => one.url === url && one.user === login?.user);
    if (isKnown) return refused(calendarsRefused.known);
    if (login) return add({ kind: 'login', place: cut(`${login.user} · ${host}`) }, { url, ...login });
    return add({ kind: 'address', place: host }, { url, ...found.login });
  }

  async function addFile(): Promise<void> {
    const [path] = await deps.shell.chooseFiles('calendar');
    if (path === undefined || calendars.some((one) => one.path === path)) return;
    add({ kind: 'file', place: basename(path), path });
    tell();
  }

  /** The login may go where its server leads to, if that is still where the person saw it lead. */
  function follow(id: string, host: string): void {
    const { problem, elsewhere } = liveOf(id);
    if (problem !== 'leads-elsewhere' || elsewhere?.host !== host) return;
    const { alsoAt = [] } = calendars.find((one) => one.id === id) ?? {};
    change(id, { alsoAt: [elsewhere.origin, ...alsoAt].slice(0, mostOrigins) });
    save();
    void readNow(id);
  }

  function remove(id: string): void {
    const isSecret = calendars.some((one) => one.id === id && needsSecret(one));
    calendars = calendars.filter((one) => one.id !== id);
    live.delete(id);
    isUnclean ||= isSecret;
    save(true);
    if (isSecret) void keeper.settle(true);
    tell();
  }

  async function refresh(id: string | undefined): Promise<void> {
    if (calendars.some(needsSecret) && !keeper.isSettled()) await keeper.settle(true);
    const now = clock.now();
    for (const one of calendars) {
      const { problem, retryAt = 0 } = liveOf(one.id);
      // The server has said when.
      const isEarly = problem === 'too-often' && retryAt > now;
      if ((id === undefined || one.id === id) && !isEarly) void readNow(one.id);
    }
  }

  function hide(hides: boolean): void {
    hidesPrivate = hides;
    calendars = calendars.map((one) => (one.copy ? { ...one, copy: withTitles(one.copy, hides) } : one));
    save(true);
    if (!hides) void refresh(undefined);
    tell();
  }

  const run = byType<Exclude<CalendarsAction, { type: 'calendars.add' | 'calendars.login' }>>({
    'calendars.open': tell,
    'calendars.file': () => void addFile(),
    'calendars.allow': ({ id }) => {
      change(id, { mayBeNearby: true });
      save();
      void readNow(id);
    },
    'calendars.follow': ({ id, host }) => follow(id, host),
    'calendars.count': ({ id, part, counts }) => {
      const { parts } = calendars.find((one) => one.id === id) ?? {};
      if (part === undefined) change(id, { counts });
      else change(id, { parts: (parts ?? []).map((one) => (one.id === part ? { ...one, counts } : one)) });
      save();
      tell();
      if (part !== undefined) void readNow(id);
    },
    'calendars.refresh': ({ id }) => void refresh(id),
    'calendars.remove': ({ id }) => remove(id),
    'calendars.private': ({ hides }) => hide(hides),
  });

  return {
    view: (): CalendarsView => ({ calendars: calendars.map(entry), hidesPrivate }),
    run(action: CalendarsAction): Result<null> {
      if (action.type === 'calendars.add') return addAddress(action.address);
      if (action.type !== 'calendars.login') return run(action);
      const { address, user, password } = action;
      return addAddress(address, { user, password });
    },
    /** Reads them regularly from now on, or no longer. */
    watch(on: boolean): void {
      if (on === isWatched) return;
      isWatched = on;
      look();
    },
    /** What is busy in those that count, as far as it is known. */
    times: (): readonly BusyTime[] =>
      calendars.flatMap(({ counts, copy }) => (counts ? (copy?.times ?? []) : [])),
    /** There is nothing of theirs at Zoom. */
    refresh() {},
    wake(): void {
      web.drop();
      look();
    },
    async stop(): Promise<void> {
      ending.abort();
      alarm.set(undefined);
      keeper.stop();
      web.drop();
    },
  };
}

const needsSecret = ({ kind }: KeptCalendar) => kind !== 'file';

function withTitles(copy: Copy, hidesPrivate: boolean): Copy {
  return { ...copy, times: copy.times.map((time) => withoutPrivate(time, hidesPrivate)) };
}

function nextOf({ copy }: KeptCalendar, now: number): CalendarEntry['next'] {
  const next = copy?.times.find(({ to }) => to > now);
  if (!next) return undefined;
  const { from, to, title, isAllDay } = next;
  return { from, to, isAllDay, ...(title !== '' && { title }) };
}

const refused = (what: string): Result<never> => ({
  ok: false,
  error: tallyError('invalid-input', what, { action: 'check-input' }),
});
