/**
 * Gives this process, and all that it starts, a time zone in which it is between ten and eleven in the morning. The apps under
 * test have the computer's own clock: at another hour, what is to end at half past two could be a minute away, or tomorrow.
 */
export function makeItMorning(): void {
  // Playwright's workers read the configuration anew, maybe in the next hour.
  process.env.TALLY_TEST_ZONE ??= zoneOfMorning(new Date().getUTCHours());
  process.env.TZ = process.env.TALLY_TEST_ZONE;
}

/** Zones without daylight saving time; by POSIX, those west of Greenwich have a plus. */
function zoneOfMorning(utcHour: number): string {
  const west = utcHour - 10;
  if (west > 12) return `Etc/GMT-${24 - west}`;
  return west < 0 ? `Etc/GMT-${-west}` : `Etc/GMT+${west}`;
}
