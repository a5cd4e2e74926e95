import type { Fact } from '../../../../shared/automation/rule.ts';
import type { SettingsOf } from '../../../../shared/automation/rules.ts';
import type { BusyTime } from '../../calendar/reading.ts';
import type { Calendars } from '../../calendars/calendars.ts';
import type { Source, SourceDeps } from './source.ts';

/** Until when an event goes on that the person is in, or is about to be in. */
export function createCalendarSource({ calendars: load, changed }: SourceDeps): Source<'calendar'> {
  let wanted: SettingsOf<'calendar'> | undefined;
  let calendars: Pick<Calendars, 'watch' | 'times'> | undefined;
  let isLoading = false;

  async function begin(): Promise<void> {
    isLoading = true;
    calendars = await load();
    calendars?.watch(wanted !== undefined);
    changed();
  }

  return {
    watch(settings) {
      wanted = settings;
      calendars?.watch(settings !== undefined);
      if (settings && !isLoading) void begin();
    },
    fact: (now) => (wanted && calendars ? eventFact(calendars.times(), wanted, now) : undefined),
    plan: (from, to) =>
      wanted && calendars
        ? eventFacts(calendars.times(), wanted).filter(({ since, until }) => since < to && until > from)
        : [],
    isUntold: () => false,
    nextChange: (now) => (wanted && calendars ? nextEventChange(calendars.times(), wanted, now) : undefined),
  };
}

/** All-day events are those out of the office, unless they are left alone. */
const isAway = ({ kind, isAllDay }: BusyTime) => kind === 'away' || isAllDay;

type EventSettings = Pick<SettingsOf<'calendar'>, 'before' | 'tentative' | 'away'>;

const counts = (time: BusyTime, { tentative, away }: EventSettings) =>
  (tentative || time.kind !== 'tentative') && (away || !isAway(time));

const leadOf = ({ before }: EventSettings, time: BusyTime) => (isAway(time) ? 0 : before * 60_000);

/**
 * The events that count, the first of those that are on at some instant first: out of the office before others, then the one that began
 * first, so that it stays the same when another one begins meanwhile; of two the longer one.
 */
function eventFacts(times: readonly BusyTime[], settings: EventSettings) {
  return times
    .filter((time) => counts(time, settings))
    .sort((a, b) => Number(isAway(b)) - Number(isAway(a)) || a.from - b.from || b.to - a.to)
    .map((time) => ({
      since: time.from - leadOf(settings, time),
      until: time.to,
      begins: time.from,
      ...(time.title !== '' && { title: time.title }),
      ...(isAway(time) && { status: 'Out_of_Office' as const }),
    }));
}

/** The event that is on at `now` (epoch ms), or about to be. */
export function eventFact(
  times: readonly BusyTime[],
  settings: EventSettings,
  now: number,
): Fact | undefined {
  const fact = eventFacts(times, settings).find(({ since, until }) => since <= now && now < until);
  if (!fact) return undefined;
  const { begins, ...others } = fact;
  return begins > now ? fact : others;
}

/** When an event is about to begin, begins or ends; epoch ms. */
export function nextEventChange(
  times: readonly BusyTime[],
  settings: EventSettings,
  now: number,
): number | undefined {
  let next: number | undefined;
  for (const time of times) {
    if (!counts(time, settings)) continue;
    for (const at of [time.from - leadOf(settings, time), time.from, time.to])
      if (at > now && (next === undefined || at < next)) next = at;
  }
  return next;
}
