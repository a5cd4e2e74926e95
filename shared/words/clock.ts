import { times as t } from './en/times.ts';
import { spoken } from './language.ts';

/** Times and days in words. All instants are epoch ms. */

/** Where the clock has 12 or 24 hours, of the most usual systems: to have Intl say it takes 4 MB, for as long as Tally runs. */
const knownClocks: Readonly<Record<string, 'h12' | 'h23'>> = {
  'en-US': 'h12',
  'en-GB': 'h23',
  'de-DE': 'h23',
  'fr-FR': 'h23',
  'it-IT': 'h23',
  'ja-JP': 'h23',
  'nl-NL': 'h23',
  'pl-PL': 'h23',
  'pt-BR': 'h23',
  'ru-RU': 'h23',
  'sv-SE': 'h23',
};

let known: 'h12' | 'h23' | undefined;

/** Has the locale that Intl would take by itself told by who knows it without Intl. */
export function tellLocale(locale: string): void {
  known = Object.hasOwn(knownClocks, locale) ? knownClocks[locale] : undefined;
}

const system = () => new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();

/**
 * The language of times in words: the words are English, so a system of another language gets British English ("Mon 23 Nov",
 * not "Mon, Nov 23"), and the digits are those of English, too.
 */
function clockLocale(): string {
  const { locale } = system();
  return /^en\b/.test(locale) ? locale : 'en-GB';
}

/** Formats an instant as a clock time, of 24 or 12 hours as the system is set to: "14:05", "2:05 PM". */
function clockFormat(seconds: boolean): Intl.DateTimeFormat {
  const { hour12 } = system();
  return new Intl.DateTimeFormat(clockLocale(), {
    hour: hour12 ? 'numeric' : '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    hourCycle: hour12 ? 'h12' : 'h23',
    timeZone: 'UTC',
  });
}

/** Whether the system's clock has 12 hours. */
export function hasHour12(): boolean {
  return known ? known === 'h12' : system().hour12 === true;
}

// Made when a time is first told: the first formatter of any kind reads 3 MB of ICU's data, for as long as Tally runs.
const formats = new Map<string, Intl.DateTimeFormat>();

function kept(name: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const format = formats.get(name) ?? make();
  formats.set(name, format);
  return format;
}

/** What the local clock shows at an instant, as if it were UTC: a formatter keeps the zone it was made in, and people travel. */
function asUtc(at: number): number {
  const local = new Date(at);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  return Date.UTC(year, month, day, local.getHours(), local.getMinutes(), local.getSeconds());
}

/** An instant as a clock time, of 24 or 12 hours as the system is set to: "14:05", "2:05 PM". */
export function timeOfDay(at: number, seconds = false): string {
  if (known) return written(new Date(at), seconds, known === 'h12');
  return kept(`clock ${seconds}`, () => clockFormat(seconds)).format(asUtc(at));
}

/** As Intl writes it in American English with 12 hours, and in British English with 24. */
function written(local: Date, seconds: boolean, hour12: boolean): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = local.getHours();
  const rest = [local.getMinutes(), ...(seconds ? [local.getSeconds()] : [])].map((part) => `:${two(part)}`);
  return hour12
    ? `${hours % 12 || 12}${rest.join('')} ${hours < 12 ? 'AM' : 'PM'}`
    : `${two(hours)}${rest.join('')}`;
}

/** Days from the day of `from` to the day of `to`, by the local calendar (a day of 23 or 25 hours is one day). */
function dayDifference(from: number, to: number): number {
  const dayOf = (at: number) => Math.floor(asUtc(at) / 86_400_000);
  return dayOf(to) - dayOf(from);
}

/** An instant as a clock time, with its day where that is not today: "14:05", "yesterday 14:05", "Monday 14:05". */
export function clockTime(at: number, now: number): string {
  const time = timeOfDay(at);
  const days = dayDifference(now, at);
  if (days === 0) return time;
  if (Math.abs(days) === 1) return days === 1 ? t.tomorrow(time) : t.yesterday(time);
  if (Math.abs(days) < 7) return t.onDay(t.weekdays[new Date(at).getDay() as keyof typeof t.weekdays], time);
  const date = () =>
    new Intl.DateTimeFormat(clockLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return t.onDay(spoken(kept('date', date).format(asUtc(at))), time);
}
