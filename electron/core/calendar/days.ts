export const dayMs = 86_400_000;

export interface LocalDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 to 366. */
  readonly yearDay: number;
  /** 0: Sunday. */
  readonly weekday: number;
}

/** A day by its number; day 0 is January 1, 1970. */
export function localDate(dayNumber: number): LocalDate {
  const date = new Date(dayNumber * dayMs);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    yearDay: dayNumber - firstDay(year) + 1,
    weekday: date.getUTCDay(),
  };
}

export function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function yearLength(year: number): number {
  return firstDay(year + 1) - firstDay(year);
}

/** The number of the week that a day is in, and how many its year has. Week 1 is the first one with four days of the year. */
export function weekOf(
  dayNumber: number,
  weekStart: number,
): { readonly week: number; readonly weeks: number } {
  // Its fourth day decides to which year a week belongs. The epoch was a Thursday.
  const weekBegin = Math.floor((dayNumber + 4 - weekStart) / 7) * 7 - 4 + weekStart;
  const { year, yearDay } = localDate(weekBegin + 3);
  const last = firstDay(year + 1) - 1;
  const lastBegin = Math.floor((last + 4 - weekStart) / 7) * 7 - 4 + weekStart;
  const ending = last - lastBegin >= 3 ? lastBegin : lastBegin - 7;
  return { week: Math.ceil(yearDay / 7), weeks: Math.ceil(localDate(ending + 3).yearDay / 7) };
}

/** The number of January 1. */
function firstDay(year: number): number {
  return Date.UTC(year, 0) / dayMs;
}
