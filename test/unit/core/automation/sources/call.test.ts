import { expect, it } from 'vitest';
import { createCallSource } from '../../../../../electron/core/automation/sources/call.ts';
import { createFakeAttendance } from '../../../../support/fake-attendance.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';
import { minute, start } from '../../../../support/presence-script.ts';

const settings = { on: true, status: 'Busy', ignored: [] as readonly string[], calm: 30 } as const;
const firefox = { device: 'microphone', program: 'Firefox' } as const;
const cheese = { device: 'camera', program: 'Cheese' } as const;

function begin() {
  const clock = createFakeClock(start);
  const attendance = createFakeAttendance();
  let changes = 0;
  const source = createCallSource({
    clock,
    attendance,
    watchQuiet: () => () => {},
    calendars: async () => undefined,
    changed: () => {
      changes += 1;
    },
  });
  source.watch(settings);
  return { clock, ...attendance, source, fact: () => source.fact(clock.now()), changes: () => changes };
}

it('is a call as long as one program or another uses a microphone or camera, by the one that uses the microphone', () => {
  const { clock, use, fact, changes } = begin();
  expect(fact()).toBeUndefined();
  use([cheese]);
  expect(fact()).toEqual({ since: start, ...cheese });
  clock.jump(minute);
  use([cheese, firefox]);
  expect(fact()).toEqual({ since: start, ...firefox });
  use([firefox]);
  expect(fact()).toEqual({ since: start, ...firefox });
  use([]);
  expect(fact()).toBeUndefined();
  use([firefox]);
  expect(fact()).toEqual({ since: start + minute, ...firefox });
  expect(changes()).toBe(6);
});

it('is another call after one that has ended, even where nobody has asked between them', () => {
  const { clock, use, fact } = begin();
  use([firefox]);
  clock.jump(minute);
  use([]);
  use([firefox]);
  expect(fact()).toEqual({ since: start + minute, ...firefox });
});

it.each(['zoom', 'zoom.real', 'Zoom', 'Zoom Workplace', 'ZOOM VoiceEngine', 'aomhost'])(
  'is none where %s is at it, which Zoom tells itself',
  (program) => {
    const { use, fact } = begin();
    use([{ device: 'microphone', program }]);
    expect(fact()).toBeUndefined();
    use([{ device: 'microphone' }]);
    expect(fact()).toEqual({ since: start, device: 'microphone' });
    use([{ device: 'microphone', program: 'Zoomer' }]);
    expect(fact()?.program).toBe('Zoomer');
  },
);

it('is none by programs that the person leaves out, from then on', () => {
  const { clock, use, fact, source } = begin();
  use([firefox, cheese]);
  source.watch({ ...settings, ignored: ['FIREFOX'] });
  expect(fact()).toEqual({ since: start, ...cheese });
  source.watch({ ...settings, ignored: ['Firefox', 'Cheese'] });
  expect(fact()).toBeUndefined();
  clock.jump(minute);
  source.watch(settings);
  expect(fact()?.since).toBe(start + minute);
});

it('has not begun in the future after the clock was put back', () => {
  const { clock, use, fact } = begin();
  use([firefox]);
  clock.jump(-minute);
  expect(fact()?.since).toBe(start - minute);
});

it('says where nothing tells, and forgets everything once it is off', () => {
  const { use, fact, source } = begin();
  use(undefined);
  expect([source.isUntold(), fact()]).toEqual([true, undefined]);
  use([firefox]);
  expect(source.isUntold()).toBe(false);
  source.watch(undefined);
  use([firefox]);
  expect(fact()).toBeUndefined();
});
