import { describe, expect, it } from 'vitest';
import { createOutwards } from '../../../../electron/core/outwards/outwards.ts';
import type { ProgramEnd, RunProgram } from '../../../../electron/core/ports.ts';
import type { OutwardsAction } from '../../../../shared/outwards.ts';
import type { Status } from '../../../../shared/zoom/presence.ts';
import { createFakeAttendance } from '../../../support/fake-attendance.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { connected, snapshot } from '../../../support/snapshot.ts';

const command = { program: '/opt/lamp', args: ['--door'] };

interface World {
  readonly json?: unknown;
  /** What the person answers when they are asked about a program. */
  allows?: boolean;
  readonly chosen?: string;
}

/** A command over a file that holds this; what was started waits until the test ends it. */
function outwardsOver(world: World = {}) {
  const clock = createFakeClock();
  const kept: unknown[] = [];
  const asked: unknown[] = [];
  const started: string[] = [];
  const aborted: string[] = [];
  let end: (how: ProgramEnd) => void = () => {};
  const runProgram: RunProgram = ({ env }, signal) => {
    const status = String(env.TALLY_STATUS);
    started.push(status);
    signal.addEventListener('abort', () => aborted.push(status));
    return new Promise((resolve) => {
      end = resolve;
    });
  };
  const outwards = createOutwards({
    clock,
    quiet: createFakeAttendance().desktopQuiet,
    files: {
      kept: (_name, key) => (key === 'own' ? world.json : undefined),
      keep: (_name, _key, json) => void kept.push(json),
    },
    shell: {
      chooseFiles: async () => (world.chosen === undefined ? [] : [world.chosen]),
      async allowProgram(what) {
        asked.push(what);
        return world.allows ?? true;
      },
    },
    runProgram,
    changed() {},
  });
  return {
    ...outwards,
    clock,
    kept,
    asked,
    started,
    aborted,
    async act(action: OutwardsAction) {
      const result = outwards.run(action);
      await settle();
      return result.ok ? undefined : result.error.what;
    },
    async status(status: Status) {
      const { presence } = snapshot();
      outwards.look({
        account: connected,
        presence: { ...presence, current: { status, since: 0, cause: 'you' } },
      });
      await settle();
    },
    async ends(how: ProgramEnd = { kind: 'done' }) {
      end(how);
      await settle();
    },
  };
}

const quiet = { on: false };
const on = (told?: Status) => ({ json: { ...command, on: true, ...(told && { told }) } });

describe('the command', () => {
  it('is off until it is switched on, and the person is asked about it by main', async () => {
    const world: World = { allows: false };
    const made = outwardsOver(world);
    await made.status('Away');
    expect(await made.act({ type: 'outwards.on', on: true })).toBe('Choose a program first.');
    expect(await made.act({ type: 'outwards.command', ...command, program: 'lamp' })).toContain('whole path');
    await made.act({ type: 'outwards.command', ...command });
    expect(made.asked).toEqual([]);
    await made.act({ type: 'outwards.on', on: true });
    expect(made.asked).toEqual([command]);
    expect(made.view().on).toBe(false);
    expect(made.started).toEqual([]);
    world.allows = true;
    await made.act({ type: 'outwards.on', on: true });
    expect(made.view()).toEqual({ ...command, on: true, quiet });
    expect(made.started).toEqual(['Away']);
  });

  it('is asked about again once it is another one, and is off until that is answered', async () => {
    const world: World = { ...on('Away'), allows: false, chosen: '/opt/other' };
    const made = outwardsOver(world);
    await made.act({ type: 'outwards.choose' });
    expect(made.asked).toEqual([{ ...command, program: '/opt/other' }]);
    await made.status('Busy');
    expect(made.view().on).toBe(false);
    expect(made.started).toEqual([]);
  });

  it('takes no program by the dialog whose path could not be shown as it is', async () => {
    const made = outwardsOver({ ...on('Away'), chosen: '/opt/\u202elamp' });
    await made.act({ type: 'outwards.choose' });
    const failed = { kind: 'path', at: made.clock.now() };
    expect(made.view()).toEqual({ ...command, on: true, quiet, failed });
  });

  it('is run once a change, and not for what it was told before, also by an earlier Tally', async () => {
    const made = outwardsOver(on('Away'));
    await made.status('Unknown');
    await made.status('Away');
    expect(made.started).toEqual([]);
    await made.status('Busy');
    await made.status('Busy');
    await made.ends();
    await made.status('Busy');
    expect(made.started).toEqual(['Busy']);
    expect(made.kept.at(-1)).toEqual({ ...command, on: true, told: 'Busy' });
  });

  it('runs one at a time, for the newest status alone', async () => {
    const made = outwardsOver(on());
    await made.status('Away');
    await made.status('Busy');
    await made.status('Available');
    expect(made.started).toEqual(['Away']);
    await made.ends();
    expect(made.started).toEqual(['Away', 'Available']);
    await made.status('Busy');
    await made.status('Available');
    await made.ends();
    expect(made.started).toEqual(['Away', 'Available']);
  });

  it('is ended after ten seconds, which is told until it goes well', async () => {
    const made = outwardsOver(on());
    await made.status('Away');
    await made.clock.advance(9_999);
    expect(made.aborted).toEqual([]);
    await made.clock.advance(1);
    expect(made.aborted).toEqual(['Away']);
    expect(made.view().failed).toEqual({ kind: 'slow', at: made.clock.now() });
    await made.status('Busy');
    await made.ends();
    expect(made.view().failed).toBeUndefined();
    expect(made.clock.pending()).toEqual([]);
  });

  it('tells how it failed, without what is secret', async () => {
    const made = outwardsOver(on());
    await made.status('Away');
    await made.ends({ kind: 'exit', code: 1, said: 'no lamp at mqtt://door:hunter2@lamp\n' });
    expect(made.view().failed).toMatchObject({ kind: 'exit', code: 1, said: 'no lamp at mqtt://…@lamp' });
    expect(made.kept.some((json) => JSON.stringify(json).includes('lamp at'))).toBe(false);
    await made.status('Busy');
    await made.ends({ kind: 'missing' });
    expect(made.view().failed).toMatchObject({ kind: 'missing' });
    await made.act({ type: 'outwards.on', on: false });
    expect(made.view().failed).toBeUndefined();
  });

  it('is ended with Tally, and nothing is started any more', async () => {
    const made = outwardsOver(on());
    await made.status('Away');
    await made.status('Busy');
    made.stop();
    expect(made.aborted).toEqual(['Away']);
    await made.ends();
    expect(made.started).toEqual(['Away']);
  });

  it.each([
    undefined,
    'text',
    { ...command, program: 'lamp', on: true },
    { ...command, args: ['a', 3], on: true },
    { program: '/opt/lamp\n', args: [], on: true },
    { on: true },
  ])('is none where what was kept is no whole command: %j', (json) => {
    expect(outwardsOver({ json }).view()).toEqual({ on: false, program: '', args: [], quiet });
  });
});
