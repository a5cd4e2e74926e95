/** A span that began in the future (the clock was put back since) begins now, and is as long as it was; instants in epoch ms. */
export function moveBack<T extends { readonly since: number; readonly until?: number }>(
  span: T,
  now: number,
): T {
  const by = Math.max(span.since - now, 0);
  return { ...span, since: span.since - by, ...(span.until !== undefined && { until: span.until - by }) };
}
