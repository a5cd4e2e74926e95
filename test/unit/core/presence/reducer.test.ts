import { describe, expect, it } from 'vitest';
import { initialPresence, nextDeadline, viewPresence } from '../../../../electron/core/presence/reducer.ts';
import type { ErrorKind } from '../../../../shared/errors.ts';
import { settableStatuses } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, type Script, script, start } from '../../../support/presence-script.ts';

/** Away was taken by Zoom at `start`. */
const away = () => script().choose('Away').sent();

describe('choosing', () => {
  it('sends at once what Zoom does not have, and shows it only when Zoom has taken it', () => {
    for (const status of settableStatuses.filter((one) => one !== 'Available')) {
      const chosen = script().choose(status);
      expect(chosen.state.sending).toEqual(change(status));
      expect(chosen.state.current.status).toBe('Available');
      const { state } = chosen.jump(700).sent();
      expect(state.sending).toBeUndefined();
      expect(state.current).toEqual({ status, since: start + 700, cause: 'you' });
      expect(nextDeadline(state)).toBeUndefined();
    }
  });

  it('sends nothing when Zoom has just said it, and lets only the timer be new', () => {
    const same = script().choose('Available').state;
    expect(same.sending ?? same.waiting).toBeUndefined();
    expect(same.current).toEqual({ status: 'Available', since: start - 3_600_000, cause: 'you' });

    const timed = away().wait(minute).choose('Away', 30).state;
    expect(timed.sending ?? timed.waiting).toBeUndefined();
    expect(timed.current).toEqual({
      status: 'Away',
      since: start + minute,
      cause: 'you',
      until: start + 31 * minute,
      restoreTo: 'Available',
    });
  });

  it('sends it all the same when nobody has asked Zoom for a while: it may have been changed there', () => {
    expect(
      script()
        .jump(3 * minute)
        .choose('Available').state.sending,
    ).toEqual(change('Available'));
    expect(
      away()
        .wait(10 * minute)
        .choose('Away').state.sending,
    ).toEqual(change('Away'));
    const asked = away()
      .wait(10 * minute)
      .told('Away')
      .choose('Away').state;
    expect(asked.sending).toBeUndefined();
  });

  it('sends do not disturb again, as Zoom holds its length', () => {
    const dnd = script().choose('Do_Not_Disturb', 20).sent().wait(minute).choose('Do_Not_Disturb', 60);
    expect(dnd.state.sending).toEqual(change('Do_Not_Disturb', 60));
    expect(dnd.sent().state.current).toMatchObject({ until: start + 61 * minute, restoreTo: 'Available' });
  });

  it('takes a second click on what is on its way for the same', () => {
    const twice = script().choose('Do_Not_Disturb', 20).choose('Do_Not_Disturb', 20);
    expect(twice.state.waiting).toBeUndefined();
    expect(twice.sent().state.waiting).toBeUndefined();
    expect(script().choose('Away').choose('Busy').choose('Away').state.waiting).toBeUndefined();
    expect(script().choose('Away').choose('Away', 15).state.waiting?.change).toEqual(change('Away', 15));
  });
});

describe('the minute rule', () => {
  it('queues a second choice until a minute after Zoom took the first', () => {
    const queued = away().jump(10_000).choose('Busy');
    expect(queued.state.sending).toBeUndefined();
    expect(queued.state.waiting).toEqual({
      change: change('Busy'),
      dueAt: start + minute,
      why: 'minute-limit',
    });
    expect(queued.state.current.status).toBe('Away');
    expect(queued.wait(49_999).state.sending).toBeUndefined();
    expect(queued.wait(50_000).state.sending).toEqual(change('Busy'));
    expect(queued.wait(50_000).state.waiting).toBeUndefined();
  });

  it('lets the newest choice win, without a longer wait', () => {
    const queued = away().jump(10_000).choose('Busy').jump(20_000).choose('Presenting');
    expect(queued.state.waiting).toMatchObject({ change: change('Presenting'), dueAt: start + minute });
    expect(queued.wait(minute).sent().state).toMatchObject({ current: { status: 'Presenting' } });
  });

  it('counts the minute from when Zoom took the change, not from when it was chosen', () => {
    const slow = script().choose('Away').jump(5_000).choose('Busy').jump(15_000).sent();
    expect(slow.state.waiting?.dueAt).toBe(start + 20_000 + minute);
    expect(slow.wait(minute - 1).state.sending).toBeUndefined();
    expect(slow.wait(minute).state.sending).toEqual(change('Busy'));
  });

  it('sends one at a time, however long an answer takes', () => {
    const slow = script()
      .choose('Away')
      .choose('Busy')
      .jump(5 * minute)
      .event({ type: 'tick' });
    expect(slow.state.sending).toEqual(change('Away'));
    expect(slow.state.waiting?.change).toEqual(change('Busy'));
    expect(nextDeadline(slow.state)).toBeUndefined();
  });

  it('cancels what waits, also by choosing what Zoom has', () => {
    const queued = away().choose('Busy');
    for (const back of [queued.event({ type: 'cancel' }), queued.choose('Away')]) {
      expect(back.state.waiting ?? back.state.sending).toBeUndefined();
      expect(back.wait(5 * minute).state.sending).toBeUndefined();
      expect(back.state.current.status).toBe('Away');
    }
  });

  it('cancels what waits behind what is being sent, which goes on', () => {
    const both = script().choose('Away').choose('Busy').event({ type: 'cancel' });
    expect(both.state.sending).toEqual(change('Away'));
    expect(both.sent().wait(5 * minute).state).toMatchObject({ current: { status: 'Away' } });
    expect(both.sent().state.waiting).toBeUndefined();
  });
});

describe('timers', () => {
  it('times do not disturb and brings back what was there before', () => {
    const dnd = script().choose('Do_Not_Disturb', 60).jump(500).sent();
    const until = start + 500 + 60 * minute;
    expect(dnd.state.current).toMatchObject({ until, restoreTo: 'Available' });
    expect(nextDeadline(dnd.state)).toBe(until);
    expect(dnd.wait(60 * minute - 1).state.sending).toBeUndefined();
    const over = dnd.wait(60 * minute);
    expect(over.state.sending).toEqual({ status: 'Available', cause: 'restored' });
    expect(over.sent().state.current).toEqual({
      status: 'Available',
      since: over.now,
      cause: 'restored',
    });
  });

  it('does not stack temporary statuses: the one beneath them comes back', () => {
    const stacked = script()
      .choose('Busy')
      .sent()
      .wait(minute)
      .choose('Do_Not_Disturb', 60)
      .sent()
      .wait(5 * minute)
      .choose('Presenting', 15)
      .sent();
    expect(stacked.state.current.restoreTo).toBe('Busy');
    expect(stacked.wait(15 * minute).state.sending?.status).toBe('Busy');
    expect(stacked.choose('Presenting', 30).state.current.restoreTo).toBe('Busy');
  });

  it('does not go back to a do not disturb that Zoom has ended', () => {
    const dnd = script()
      .told('Busy')
      .told('Do_Not_Disturb', 30 * minute);
    expect(dnd.choose('Away', 60).sent().state.current.restoreTo).toBe('Busy');
  });

  it('goes back to the one before when the current status is timed', () => {
    expect(away().choose('Away', 15).state.current.restoreTo).toBe('Available');
    const first = script({ ...initialPresence(start), checkedAt: start })
      .told('Away')
      .choose('Away', 15);
    expect(first.state.current.restoreTo).toBe('Available');
  });

  it('keeps a status by dropping its timer, except do not disturb, which Zoom ends', () => {
    const kept = away().choose('Away', 15).event({ type: 'keep' });
    expect(kept.state.current.until).toBeUndefined();
    expect(kept.state.current.restoreTo).toBeUndefined();
    expect(kept.wait(60 * minute).state.sending).toBeUndefined();
    const dnd = script().choose('Do_Not_Disturb', 60).sent();
    expect(dnd.event({ type: 'keep' }).state.current).toEqual(dnd.state.current);
  });

  /** Presenting until 15 minutes after `start`, and one minute left. */
  const ending = () =>
    script()
      .choose('Presenting', 15)
      .sent()
      .wait(14 * minute);

  it('lets a newer choice replace the timer', () => {
    const replaced = ending().choose('Away').sent();
    expect(replaced.state.current).toMatchObject({ status: 'Away', cause: 'you' });
    expect(replaced.wait(60 * minute).state.current.status).toBe('Away');
    expect(replaced.wait(60 * minute).state.sending).toBeUndefined();
  });

  it.each<[string, (offline: Script) => Script]>([
    ['cancelled', (offline) => offline.event({ type: 'cancel' })],
    ['refused', (offline) => offline.wait(minute).refused('not-in-zoom-client')],
  ])('still brings the former status back when the newer choice is %s', (_, end) => {
    const offline = ending().choose('Away').refused('network').wait(0).refused('network');
    const late = [1, 2, 3, 4, 5, 6].reduce((story) => story.wait(minute).refused('network'), offline);
    expect(late.now).toBeGreaterThan(start + 15 * minute);
    expect(late.state.current.restoreTo).toBe('Available');
    const after = end(late).wait(1);
    expect(after.state.sending).toEqual({ status: 'Available', cause: 'restored' });
  });

  it('keeps a failure in view while the former status comes back', () => {
    const refused = ending().choose('Away').refused('not-in-zoom-client').wait(minute).sent();
    expect(refused.state.current).toMatchObject({ status: 'Available', cause: 'restored' });
    expect(refused.state.failed?.change).toEqual(change('Away'));
  });

  it('restores to what the person chose in place of a timer that ended meanwhile', () => {
    const offline = ending().choose('Busy', 30).refused('network');
    const sent = offline
      .wait(5_000)
      .jump(2 * minute)
      .sent();
    expect(sent.state.current).toMatchObject({ status: 'Busy', restoreTo: 'Available' });
  });
});

describe('an end by the clock', () => {
  const until = start + 30 * minute;
  const ending = { ...change('Away'), until };
  const end = (story: Script) => story.event({ type: 'choose', change: ending });

  it('stays where it is, whenever Zoom takes the change', () => {
    const waited = end(script().choose('Busy').sent().jump(10_000)).wait(50_000);
    expect(waited.state.sending).toEqual(ending);
    const { state } = waited.jump(700).sent();
    expect(state.current).toMatchObject({ status: 'Away', until, restoreTo: 'Busy' });
    expect(nextDeadline(state)).toBe(until);
  });

  it('makes a timer of a status that Zoom has, and is another wish than one without', () => {
    expect(end(away().wait(minute)).state.current).toMatchObject({ until, restoreTo: 'Available' });
    expect(end(script().choose('Away')).state.waiting?.change).toEqual(ending);
  });

  it('that has passed is said and sends nothing, also when the wait for Zoom took too long', () => {
    const error = expect.objectContaining({ kind: 'cancelled', action: 'none' });
    const late = end(away().jump(30 * minute)).state;
    expect(late.failed).toEqual({ change: ending, error });
    expect(late.sending ?? late.waiting).toBeUndefined();
    expect(late.current.status).toBe('Away');
    let offline = end(script());
    for (let tries = 0; tries < 3; tries += 1) offline = offline.refused('network').wait(20_000);
    const back = offline
      .refused('network')
      .jump(30 * minute)
      .event({ type: 'tick' }).state;
    expect(back.failed).toEqual({ change: ending, error });
    expect(back.sending ?? back.waiting).toBeUndefined();
  });

  it('never makes a longer timer than there are, whatever the clock did', () => {
    const put = end(script())
      .jump(-48 * 60 * minute)
      .sent().state.current;
    expect((put.until ?? 0) - put.since).toBe(48 * 60 * minute + 30 * minute);
    const dnd = script()
      .event({ type: 'choose', change: { ...change('Do_Not_Disturb'), until } })
      .jump(-48 * 60 * minute)
      .sent().state.current;
    expect((dnd.until ?? 0) - dnd.since).toBe(1440 * minute);
  });
});

describe('undo', () => {
  const undo = (story: Script) => story.event({ type: 'undo' });

  it('goes back to what was there before, within the minute rule', () => {
    const { state } = undo(away().jump(5_000));
    expect(state.waiting).toEqual({
      change: change('Available'),
      dueAt: start + minute,
      why: 'minute-limit',
    });
    const back = undo(away().jump(5_000)).wait(minute).sent().state;
    expect(back.current).toMatchObject({ status: 'Available', cause: 'you' });
    // And there again.
    expect(back.before).toEqual({ status: 'Away' });
  });

  it('forgets what is only waiting, and calls back what is on its way', () => {
    const waiting = undo(away().choose('Busy')).state;
    expect(waiting.waiting).toBeUndefined();
    expect(waiting.current.status).toBe('Away');
    const sending = undo(script().choose('Away')).state;
    expect(sending.waiting?.change).toEqual(change('Available'));
  });

  it('brings back a timer with its end and what it promised, or that where it is over', () => {
    const timed = script().choose('Away', 30).sent().wait(minute).choose('Busy').sent();
    const restored = undo(timed.wait(minute)).sent().state.current;
    expect(restored).toMatchObject({ status: 'Away', until: start + 30 * minute, restoreTo: 'Available' });
    expect(undo(timed.wait(31 * minute)).state.sending).toEqual(change('Available'));
    const kept = script().choose('Away', 30).sent().event({ type: 'keep' });
    expect(undo(kept).state.current).toMatchObject({ until: start + 30 * minute });
  });

  it('does nothing where the person did nothing', () => {
    for (const story of [
      script(),
      script().told('Busy'),
      away().wait(minute).told('Busy'),
      script()
        .choose('Away', 5)
        .sent()
        .wait(6 * minute)
        .sent(),
    ]) {
      const { state } = undo(story);
      expect(state).toEqual(story.state);
    }
  });
});

describe('refusals', () => {
  it('waits as long as the minute limit says and sends then', () => {
    const refused = script()
      .choose('Away')
      .refused('minute-limit', start + 41_000);
    expect(refused.state.failed).toBeUndefined();
    expect(refused.state.waiting).toEqual({
      change: change('Away'),
      dueAt: start + 41_000,
      why: 'minute-limit',
    });
    expect(refused.wait(41_000).sent().state.current.status).toBe('Away');
    // A choice during the wait waits as well.
    expect(refused.choose('Busy').state.waiting).toMatchObject({ dueAt: start + 41_000 });
    expect(refused.event({ type: 'cancel' }).choose('Busy').state.sending).toBeUndefined();
  });

  it('waits a minute where no instant is named, and never less than a second', () => {
    expect(script().choose('Away').refused('minute-limit').state.waiting?.dueAt).toBe(start + minute);
    expect(
      script()
        .choose('Away')
        .refused('rate-limit', start - 5).state.waiting?.dueAt,
    ).toBe(start + 1_000);
  });

  it('waits out a rate limit of minutes, whatever happens meanwhile', () => {
    const refused = script()
      .choose('Away')
      .refused('rate-limit', start + 10 * minute);
    expect(refused.state.waiting?.why).toBe('rate-limit');
    const later = refused.wait(30_000).event({ type: 'tick' }).told('Available').choose('Busy');
    expect(later.state.waiting?.dueAt).toBe(start + 10 * minute);
    expect(later.wait(9 * minute).state.sending).toBeUndefined();
    expect(later.wait(10 * minute).state.sending).toEqual(change('Busy'));
  });

  it('leaves a longer rate limit to the person', () => {
    const refused = script()
      .choose('Away')
      .choose('Busy')
      .refused('rate-limit', start + 60 * minute);
    expect(refused.state.waiting ?? refused.state.sending).toBeUndefined();
    expect(refused.state.failed).toMatchObject({
      change: change('Busy'),
      error: { kind: 'rate-limit', retryAt: start + 60 * minute },
    });
  });

  it('tries a lost connection again after 5, 10, 20, 40, 60, 60 ... seconds for a quarter of an hour', () => {
    let story = script().choose('Away').refused('network');
    const waits: number[] = [];
    while (story.state.waiting) {
      expect(story.state.waiting.why).toBe('offline');
      const wait = story.state.waiting.dueAt - story.now;
      waits.push(wait / 1000);
      expect(story.wait(wait - 1).state.sending).toBeUndefined();
      story = story.wait(wait).refused('network');
    }
    expect(waits.slice(0, 6)).toEqual([5, 10, 20, 40, 60, 60]);
    expect(story.now - start).toBeGreaterThanOrEqual(15 * minute);
    expect(story.now - start).toBeLessThan(16 * minute);
    expect(story.state.failed).toMatchObject({ change: change('Away'), error: { kind: 'network' } });
    // The next choice starts with all patience.
    expect(story.choose('Busy').refused('network').state.waiting?.dueAt).toBe(story.now + 5_000);
  });

  it('does not give up because the computer slept, or because its clock was put forward', () => {
    const woken = script()
      .choose('Away')
      .refused('network')
      .jump(8 * 3_600_000)
      .event({ type: 'tick' });
    expect(woken.refused('network').state.waiting).toMatchObject({ why: 'offline' });
  });

  it('gives up after as many tries when the clock was put back', () => {
    let story = script()
      .choose('Away')
      .refused('network')
      .jump(-48 * 3_600_000)
      .event({ type: 'tick' });
    for (let tries = 1; tries < 19; tries += 1) story = story.wait(minute).refused('network');
    expect(story.state.failed?.error.kind).toBe('network');
  });

  it('sends the newest choice once the connection is back', () => {
    const offline = script().choose('Away').refused('network').jump(1_000).choose('Busy');
    expect(offline.state.sending).toEqual(change('Busy'));
    expect(offline.sent().state).toMatchObject({ current: { status: 'Busy' } });
    const meanwhile = script().choose('Away').choose('Busy').refused('network');
    expect(meanwhile.state.waiting?.change).toEqual(change('Busy'));
  });

  const finalKinds: ErrorKind[] = [
    'not-in-zoom-client',
    'forbidden',
    'missing-scope',
    'not-signed-in',
    'invalid-input',
    'refused',
    'zoom-down',
    'timeout',
    'bad-answer',
    'daily-limit',
    'internal',
  ];
  it.each(finalKinds)('tells of "%s" and keeps the confirmed status in view', (kind) => {
    const refused = away().wait(minute).choose('Busy', 30).refused(kind);
    expect(refused.state.failed).toEqual({ change: change('Busy', 30), error: refusal(kind) });
    expect(refused.state.current).toMatchObject({ status: 'Away' });
    expect(refused.state.sending ?? refused.state.waiting).toBeUndefined();
    expect(nextDeadline(refused.state)).toBeUndefined();
    expect(refused.event({ type: 'retry' }).state).toMatchObject({ sending: change('Busy', 30) });
    expect(refused.event({ type: 'retry' }).state.failed).toBeUndefined();
    expect(refused.event({ type: 'dismiss' }).state.failed).toBeUndefined();
    expect(refused.choose('Presenting').state.failed).toBeUndefined();
  });

  it('sends a newer choice at once when the older is refused: refused is not taken', () => {
    const refused = script().choose('Away').jump(2_000).choose('Busy').refused('not-in-zoom-client');
    expect(refused.state.sending).toEqual(change('Busy'));
    expect(refused.state.failed).toBeUndefined();
  });

  it('ignores answers to what was never sent, and retries of nothing', () => {
    const story = script();
    expect(story.sent().state).toBe(story.state);
    expect(story.refused('network').state).toBe(story.state);
    expect(story.event({ type: 'retry' }).state).toBe(story.state);
    expect(story.event({ type: 'tick' }).state).toBe(story.state);
  });
});

it('shows the window and the tray only what they need', () => {
  const { state } = away().choose('Busy').jump(1_000).told('Away');
  expect(Object.keys(viewPresence(state)).sort()).toEqual([
    ...['before', 'checkedAt', 'current', 'former', 'waiting'],
  ]);
});
