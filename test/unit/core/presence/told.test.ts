import { describe, expect, it } from 'vitest';
import { readPresence, storePresence } from '../../../../electron/core/presence/stored.ts';
import { type SettableStatus, settableStatuses } from '../../../../shared/zoom/presence.ts';
import { change, minute, script, start } from '../../../support/presence-script.ts';

/** Away was taken by Zoom at `start`. */
const away = () => script().choose('Away').sent();

describe('what Zoom says', () => {
  it('is shown, as caused by Zoom, and ends a timer', () => {
    const told = away().choose('Away', 15).wait(minute).told('In_A_Zoom_Meeting');
    expect(told.state.current).toEqual({
      status: 'In_A_Zoom_Meeting',
      since: start + minute,
      cause: 'zoom',
    });
    expect(told.state.checkedAt).toBe(start + minute);
    expect(told.wait(60 * minute).state.sending).toBeUndefined();
  });

  it('tells an Away or Busy that was set here and ended in Zoom, and nothing else', () => {
    const ended = (status: SettableStatus) =>
      script().choose(status).sent().wait(minute).told('Available').state.current.ended;
    expect(settableStatuses.filter((status) => ended(status))).toEqual(['Away', 'Busy']);
    expect(script().choose('Away', 120).sent().wait(minute).told('Available').state.current).toEqual({
      status: 'Available',
      since: start + minute,
      cause: 'zoom',
      ended: 'Away',
    });
    expect(away().wait(minute).told('In_A_Zoom_Meeting').state.current.ended).toBeUndefined();
    const byOthers = script().told('Away').wait(minute).told('Available').state.current;
    expect(byOthers.ended).toBeUndefined();
    const later = away().wait(minute).told('Available').wait(minute).told('Available');
    expect(later.state.current.ended).toBe('Away');
    expect(readPresence(storePresence(later.state, later.now), later.now).state.current.ended).toBe('Away');
    expect(later.choose('Busy').sent().state.current.ended).toBeUndefined();
  });

  it('leaves the story alone when it is the same', () => {
    const before = away().choose('Away', 15).wait(minute);
    const { checkedAt, ...rest } = before.told('Away').state;
    expect(checkedAt).toBe(before.now);
    expect(rest).toEqual((({ checkedAt: _, ...others }) => others)(before.state));
  });

  it('does not count when it was asked before the last change was taken', () => {
    const asked = script().jump(1_000);
    const taken = asked.choose('Away').jump(500).sent();
    expect(taken.jump(300).told('Available', undefined, asked.now).state).toBe(taken.state);
    // Within the same millisecond nobody can tell which was first.
    expect(taken.told('Available').state).toBe(taken.state);
    expect(asked.choose('Away').told('Available').state.current.status).toBe('Available');
    expect(asked.choose('Away').told('Busy').state.sending).toEqual(change('Away'));
  });

  it('gives do not disturb its end, and corrects it by more than a minute only', () => {
    const dnd = script().told('Do_Not_Disturb', 90 * minute);
    expect(dnd.state.current.until).toBe(start + 90 * minute);
    expect(dnd.state.current.restoreTo).toBeUndefined();
    const own = script().choose('Do_Not_Disturb', 60).sent();
    expect(own.jump(minute).told('Do_Not_Disturb', 58.5 * minute).state.current.until).toBe(
      start + 60 * minute,
    );
    const shorter = own.jump(minute).told('Do_Not_Disturb', 20 * minute).state.current;
    expect(shorter).toMatchObject({ since: start, until: start + 21 * minute, restoreTo: 'Available' });
    const longer = own.jump(minute).told('Do_Not_Disturb', 1440 * minute).state.current;
    expect(longer).toMatchObject({ since: start + minute, until: start + 1441 * minute });
  });

  it('gives no other status an end', () => {
    expect(script().told('Busy', 5 * minute).state.current.until).toBeUndefined();
  });

  it('never makes a deadline of an end that is past by this clock, or more than a day away', () => {
    for (const past of [0, -minute, -90 * minute]) {
      expect(script().told('Do_Not_Disturb', past).state.current.until).toBe(start + minute);
    }
    expect(script().told('Do_Not_Disturb', 400 * 1440 * minute).state.current.until).toBeUndefined();
  });

  it('clears a failure that it has made good', () => {
    const failed = script().choose('Away').refused('timeout');
    expect(failed.told('Busy').state.failed).toBeDefined();
    expect(failed.told('Away').state.failed).toBeUndefined();
  });

  it('sends what was refused for want of the Zoom app once somebody is signed in again, within a quarter of an hour', () => {
    const refused = away()
      .wait(2 * minute)
      .told('Offline')
      .choose('Busy')
      .refused('not-in-zoom-client');
    expect(refused.state.failed?.change).toEqual(change('Busy'));
    const back = refused.wait(3 * minute).told('Away');
    expect(back.state).toMatchObject({ sending: change('Busy'), current: { status: 'Away' } });
    expect(back.state.failed).toBeUndefined();
    expect(refused.wait(16 * minute).told('Away').state).toMatchObject({
      failed: { change: change('Busy') },
      current: { status: 'Away' },
    });
    expect(refused.wait(minute).told('Available').state.sending).toEqual(change('Busy'));
    // Chosen in Zoom since, or not known.
    expect(refused.wait(minute).told('Presenting').state.sending).toBeUndefined();
    expect(refused.wait(minute).told('Unknown').state.sending).toBeUndefined();
    expect(refused.event({ type: 'dismiss' }).wait(minute).told('Away').state.sending).toBeUndefined();
    const other = away()
      .wait(2 * minute)
      .told('Offline')
      .choose('Busy')
      .refused('timeout');
    expect(other.wait(minute).told('Away').state.sending).toBeUndefined();
  });

  it('may be a status that cannot be chosen, which is never restored', () => {
    const offline = away().wait(minute).told('Offline');
    expect(offline.choose('Busy', 30).sent().state.current.restoreTo).toBe('Away');
    const unknown = script().told('Unknown');
    expect(unknown.state.current.status).toBe('Unknown');
    expect(unknown.choose('Available', 30).sent().state.current.restoreTo).toBe('Available');
  });
});

describe('a clock that jumps', () => {
  const day = 24 * 3_600_000;

  it('forward: ends timers and waits at once', () => {
    expect(
      away()
        .choose('Busy')
        .jump(2 * day)
        .event({ type: 'tick' }).state.sending?.status,
    ).toBe('Busy');
    const timed = away()
      .choose('Away', 30)
      .jump(2 * day)
      .event({ type: 'tick' });
    expect(timed.state.sending).toEqual({ status: 'Available', cause: 'restored' });
  });

  it('back: no wait is longer than a minute, no timer longer than it was', () => {
    const queued = away()
      .choose('Busy')
      .jump(-2 * day)
      .event({ type: 'tick' });
    expect(queued.state.waiting?.dueAt).toBe(queued.now + minute);
    expect(queued.wait(minute).state.sending?.status).toBe('Busy');

    const timed = away()
      .choose('Away', 30)
      .jump(-2 * day)
      .event({ type: 'tick' });
    expect(timed.state.current).toMatchObject({ since: timed.now, until: timed.now + 30 * minute });
    expect(timed.wait(30 * minute).state.sending?.status).toBe('Available');

    const limited = script()
      .choose('Away')
      .refused('rate-limit', start + 5 * minute);
    const back = limited.jump(-2 * day).event({ type: 'tick' });
    expect(back.state.waiting?.dueAt).toBeLessThanOrEqual(back.now + 5 * minute);
    expect(back.wait(5 * minute).state.sending?.status).toBe('Away');
  });

  it('back: what Zoom says of the end of do not disturb is no longer measured by it', () => {
    const quiet = script().choose('Do_Not_Disturb', 60).sent();
    const back = quiet
      .jump(-2 * day)
      .event({ type: 'tick' })
      .told('Do_Not_Disturb', 2 * day + 60 * minute);
    expect(back.state.current).toMatchObject({ since: back.now, until: back.now + 60 * minute });
    const elsewhere = script().told('Do_Not_Disturb', 2 * day).state.current;
    expect(elsewhere.until).toBeUndefined();
    // Seconds of difference are no reason to doubt it.
    const longest = script().told('Do_Not_Disturb', day + minute);
    expect(longest.state.current.until).toBe(longest.now + day);
  });

  it('back: the minute starts anew and what was checked is not of the future', () => {
    const back = away()
      .jump(-2 * day)
      .event({ type: 'tick' });
    expect(back.choose('Busy').state.waiting?.dueAt).toBe(back.now + minute);
    expect(script().jump(-day).event({ type: 'tick' }).state.checkedAt).toBe(start - day);
  });
});
