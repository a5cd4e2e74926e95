import * as z from 'zod';
import { tallyError } from '../../../shared/errors.ts';
import { takenBack } from '../../../shared/presence.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { isSettable, readStatus, type SettableStatus } from '../../../shared/zoom/presence.ts';
import { initialPresence, intentOf, longestTimer, type PresenceState, pause } from './reducer.ts';

const instant = z.number().int().min(0).max(8.64e15);
const settable = z.string().refine(isSettable) as unknown as z.ZodType<SettableStatus>;
const longest = dndMinutes.max * 60_000;
/** A choice that was not sent for this long, in ms, because Tally was not running, is asked about and not sent. */
const freshFor = 15 * 60_000;

/** An older Tally knows no rules, and would drop all of the entry for a cause that it does not know. */
const causes = z.enum(['you', 'restored', 'zoom']);

const storedChange = z.object({
  status: settable,
  lastsMs: z.number().int().min(60_000).max(longest).exactOptional(),
  until: instant.exactOptional(),
  restoreTo: settable.exactOptional(),
  cause: causes,
});

const stored = z.object({
  current: z
    .object({
      status: z.string().transform(readStatus),
      since: instant,
      cause: causes,
      until: instant.exactOptional(),
      restoreTo: settable.exactOptional(),
      ended: z.enum(takenBack).exactOptional(),
      byRule: z.literal(true).exactOptional(),
    })
    .refine(({ status, since, until }) => {
      const most = status === 'Do_Not_Disturb' ? longest : longestTimer;
      return until === undefined || until - since <= most;
    }),
  former: settable.exactOptional(),
  lastSetAt: instant.exactOptional(),
  pending: storedChange.extend({ keptAt: instant }).exactOptional(),
  intent: z.object({ status: settable, restoreTo: settable }).exactOptional(),
});

/**
 * What survives a restart, as JSON. The person's change that was on the wire or waiting at `now` (epoch ms) is kept as `pending`;
 * what a rule wants is found out again after a restart, but whether Zoom has what it sent is told by Zoom alone.
 */
export function storePresence(state: PresenceState, now: number): z.input<typeof stored> {
  const { cause, ...current } = state.current;
  const pending = state.waiting?.change ?? state.sending;
  const { status, restoreTo } = intentOf(state.sending) ?? state.unsure ?? {};
  return {
    current: cause === 'rule' ? { ...current, cause: 'restored', byRule: true } : { ...current, cause },
    ...(state.former && { former: state.former }),
    ...(state.lastSetAt !== undefined && { lastSetAt: state.lastSetAt }),
    ...(status && restoreTo && { intent: { status, restoreTo } }),
    ...(pending &&
      pending.cause !== 'rule' && { pending: { ...pending, cause: pending.cause, keptAt: now } }),
  };
}

/**
 * Reads what `storePresence` wrote. Anything that is not exactly that gives the initial state and `ok: false`;
 * nothing at all (undefined) is a first start. Never throws.
 */
export function readPresence(
  json: unknown,
  now: number,
): { readonly ok: boolean; readonly state: PresenceState } {
  if (json === undefined) return { ok: true, state: initialPresence(now) };
  const parsed = stored.safeParse(json);
  if (!parsed.success) return { ok: false, state: initialPresence(now) };
  const { pending, current, intent, ...others } = parsed.data;
  const { byRule, ...told } = current;
  const rest = {
    ...others,
    current: byRule ? { ...told, cause: 'rule' as const } : told,
    ...(intent && { unsure: { ...intent, cause: 'rule' as const } }),
  };
  if (!pending) return { ok: true, state: rest };
  const { keptAt, ...change } = pending;
  if (now - keptAt > freshFor)
    return { ok: true, state: { ...rest, failed: { change, error: quitTooEarly } } };
  // Never further ahead than Zoom's pause, whatever the clock did since.
  const dueAt = Math.min(Math.max((rest.lastSetAt ?? 0) + pause, now), now + pause);
  return { ok: true, state: { ...rest, waiting: { change, dueAt, why: 'minute-limit' } } };
}

const quitTooEarly = tallyError('cancelled', 'Tally quit before this was sent.', { action: 'retry' });
