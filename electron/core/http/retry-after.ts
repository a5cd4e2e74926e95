const httpDate = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -](\d\d|\d{4}) \d\d:\d\d:\d\d GMT$/;
const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Longest Retry-After that is believed: a year. */
const longestSeconds = 366 * 86_400;

/**
 * Reads a Retry-After value: seconds and the three HTTP dates (RFC 9110, 5.6.7 and 10.2.3), and the ISO 8601 instant
 * that Zoom sends for daily limits. Date.parse alone would take nearly any text for a date.
 * @returns epoch milliseconds, or null when the value is none of these or over a year away.
 */
export function parseRetryAfter(value: string, now: number): number | null {
  const text = value.trim();
  const at = /^\d{1,12}(\.\d{1,6})?$/.test(text) ? now + Number(text) * 1000 : parseInstant(text);
  return Number.isFinite(at) && at - now <= longestSeconds * 1000 ? Math.ceil(at) : null;
}

function parseInstant(text: string): number {
  if (isoInstant.test(text)) return Date.parse(text);
  const isAsctime = asctimeDate.test(text);
  if (!isAsctime && !httpDate.test(text)) return Number.NaN;
  const at = Date.parse(isAsctime ? `${text} GMT` : text);
  // Date.parse makes March of the 31st of February.
  return new Date(at).getUTCDate() === Number(/\d+/.exec(text)?.[0]) ? at : Number.NaN;
}
