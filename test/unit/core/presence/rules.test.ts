import { describe, expect, it } from 'vitest';
import {
  nextDeadline,
  type PresenceState,
  viewPresence,
} from '../../../../electron/core/presence/reducer.ts';
import { readPresence, storePresence } from '../../../../electron/core/presence/stored.ts';
import type { ErrorKind } from '../../../../shared/errors.ts';
import type { PresenceChange } from '../../../../shared/presence.ts';
import { minute, type Script, script, start } from '../../../support/presence-script.ts';

const rules: PresenceChange = { status: 'Away', cause: 'rule', restoreTo: 'Busy' };
const choose = (one: Script, change: PresenceChange) => one.event({ type: 'choose', change });
const acting = () => choose(script(), rules);

describe('what a rule sets', () => {
  it('lasts until the rule says so, and keeps what is below it', () => {
    const { state, wait } = acting().sent();
    expect(state.current).toEqual({ status: 'Away', since: start, cause: 'rule', restoreTo: 'Busy' });
    expect(nextDeadline(state)).toBeUndefined();
    expect(wait(120 * minute).state.current).toEqual(state.current);
    const own: PresenceChange = { status: 'Away', cause: 'you', restoreTo: 'Busy' };
    expect(choose(script(), own).sent().state.current).toEqual({
      status: 'Away',
      since: start,
      cause: 'you',
    });
  });

  it('cannot be undone by the person, who never chose it', () => {
    expect(acting().sent().state.before).toBeUndefined();
    const chosen = choose(script().choose('Busy').sent().wait(minute), rules).sent();
    expect(chosen.state.before).toBeUndefined();
  });

  it('is replaced by a choice that is undone to what was below', () => {
    const chosen = acting().sent().wait(minute).choose('Available').sent();
    expect(chosen.state.before).toEqual({ status: 'Busy' });
  });
});

describe('what a rule sent without an answer', () => {
  const unsureAfter = (kind: ErrorKind, change = rules) =>
    choose(script(), change).refused(kind).event({ type: 'cancel' });

  it.each<[ErrorKind, boolean]>([
    ['network', true],
    ['timeout', true],
    ['zoom-down', true],
    ['forbidden', false],
    ['not-in-zoom-client', false],
  ])('after %s, Zoom may have: %s', (kind, isUnsure) => {
    expect(unsureAfter(kind).state.unsure).toEqual(isUnsure ? rules : undefined);
    const told = unsureAfter(kind).jump(5_000).told('Away').state;
    expect(told.current).toMatchObject({ since: start + 5_000, cause: isUnsure ? 'rule' : 'zoom' });
    expect(told.current.restoreTo).toBe(isUnsure ? 'Busy' : undefined);
    expect(told.lastSetAt).toBe(isUnsure ? start + 5_000 : undefined);
    expect(told.unsure).toBeUndefined();
  });

  it('is none of what the person sent, nor of the end of a rule', () => {
    expect(unsureAfter('timeout', { ...rules, cause: 'you' }).state.unsure).toBeUndefined();
    expect(unsureAfter('timeout', { status: 'Away', cause: 'rule' }).state.unsure).toBeUndefined();
    expect(unsureAfter('timeout', { ...rules, cause: 'restored' }).state.unsure).toBeUndefined();
  });

  it('is forgotten once Zoom tells of another status, or of the same as before', () => {
    const other = unsureAfter('timeout').jump(5_000).told('Busy').state;
    expect(other.current).toEqual({ status: 'Busy', since: start + 5_000, cause: 'zoom' });
    expect(other.unsure).toBeUndefined();
    expect(unsureAfter('timeout').jump(5_000).told('Available').state.unsure).toBeUndefined();
  });

  it('is forgotten once Zoom takes another change, and is nothing to be seen', () => {
    const unsure = unsureAfter('timeout').event({ type: 'dismiss' });
    expect(viewPresence(unsure.state)).not.toHaveProperty('unsure');
    expect(unsure.choose('Busy').sent().state.unsure).toBeUndefined();
  });
});

describe('what a rule has made of the status, after a restart', () => {
  const again = ({ state, now }: Script) =>
    readPresence(JSON.parse(JSON.stringify(storePresence(state, now))), now).state;

  it('is the rule’s still, with what is below it', () => {
    const set = acting().sent();
    expect(again(set).current).toEqual(set.state.current);
    const own = script().choose('Away').sent();
    expect(again(own).current).toEqual({ status: 'Away', since: start, cause: 'you' });
  });

  it('is known to be perhaps Zoom’s, where Tally ended before the answer', () => {
    const wanted = { status: 'Away', restoreTo: 'Busy', cause: 'rule' };
    expect(again(acting())).toMatchObject({ unsure: wanted });
    const unsure = acting().refused('timeout').event({ type: 'cancel' });
    expect(again(unsure)).toMatchObject({ unsure: wanted });
    expect(again(acting())).not.toHaveProperty('waiting');
    expect(again(acting().sent())).not.toHaveProperty('unsure');
    expect(again(script().choose('Away'))).not.toHaveProperty('unsure');
  });

  it('is given up where what is kept of it is none', () => {
    const kept = storePresence(acting().state, start);
    for (const intent of [{}, { status: 'Away' }, { status: 'Offline', restoreTo: 'Busy' }])
      expect(readPresence({ ...kept, intent }, start).ok).toBe(false);
    const current = { ...kept.current, byRule: false };
    expect(readPresence({ ...kept, current }, start).ok).toBe(false);
  });
});

describe('to the millisecond', () => {
  const known: PresenceState = {
    current: { status: 'Available', since: start - minute, cause: 'zoom' },
    checkedAt: start,
  };

  it('Zoom is believed for two minutes', () => {
    expect(
      script(known)
        .jump(2 * minute - 1)
        .choose('Available').state.sending,
    ).toBeUndefined();
    expect(
      script(known)
        .jump(2 * minute)
        .choose('Available').state.sending,
    ).toBeDefined();
  });

  it('the same do not disturb is known where it ends within a minute of what Zoom says', () => {
    const dnd = script().choose('Do_Not_Disturb', 20).sent().jump(1);
    const ends = dnd.state.current.until ?? 0;
    expect(dnd.told('Do_Not_Disturb', ends - dnd.now + minute).state.current.until).toBe(ends);
    const longer = dnd.told('Do_Not_Disturb', ends - dnd.now + minute + 1).state.current;
    expect(longer).toMatchObject({ until: ends + minute + 1, since: dnd.now });
    const shorter = dnd.told('Do_Not_Disturb', ends - dnd.now - minute - 1).state.current;
    expect(shorter).toMatchObject({ until: ends - minute - 1, since: start });
  });

  it('a limit of a quarter of an hour is waited out, and no longer one', () => {
    const refused = (ms: number) =>
      script()
        .choose('Away')
        .refused('rate-limit', start + ms).state;
    expect(refused(15 * minute).waiting).toMatchObject({ dueAt: start + 15 * minute, why: 'rate-limit' });
    expect(refused(15 * minute + 1).waiting).toBeUndefined();
  });

  it('what was refused for want of a Zoom app is sent for a quarter of an hour', () => {
    const back = (ms: number) =>
      script().told('Offline').choose('Busy').refused('not-in-zoom-client').jump(ms).told('Available').state;
    expect(back(15 * minute).sending).toMatchObject({ status: 'Busy' });
    expect(back(15 * minute + 1).sending).toBeUndefined();
    const other = script()
      .told('Offline')
      .choose('Busy')
      .refused('forbidden')
      .jump(1_000)
      .told('Available').state;
    expect(other.sending).toBeUndefined();
  });

  it('the soonest of the end of a timer and of a change that waits is the next deadline', () => {
    const timed = (until: number, dueAt: number): PresenceState => ({
      current: { status: 'Do_Not_Disturb', since: start, cause: 'you', until },
      waiting: { change: { status: 'Busy', cause: 'you' }, dueAt, why: 'minute-limit' },
    });
    expect(nextDeadline(timed(start + 5, start + 9))).toBe(start + 5);
    expect(nextDeadline(timed(start + 9, start + 5))).toBe(start + 5);
  });
});
