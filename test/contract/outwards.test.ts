import { expect, it } from 'vitest';
import type { RunProgram } from '../../electron/core/ports.ts';
import { ready, status, withTally } from '../support/tally-rig.ts';

it('a command of the person’s is told of each status that Zoom has taken, and holds none up', () => {
  const told: (string | undefined)[][] = [];
  const runProgram: RunProgram = async ({ env }) => {
    told.push([env.TALLY_STATUS, env.TALLY_STATUS_CAUSE]);
    return { kind: 'exit', code: 1, said: 'no lamp' };
  };
  return withTally(
    async ({ tally, until }) => {
      await tally.connect();
      await until(ready);
      tally.run({ type: 'outwards.command', program: '/opt/lamp', args: [] });
      tally.run({ type: 'outwards.on', on: true });
      await until(({ outwards }) => outwards.failed !== undefined);
      tally.run({ type: 'presence.set', status: 'Away' });
      await until((snapshot) => status(snapshot) === 'Away');
      expect(told).toEqual([
        ['Available', 'zoom'],
        ['Away', 'you'],
      ]);
      expect(tally.snapshot().outwards).toMatchObject({ on: true, failed: { kind: 'exit', code: 1 } });
    },
    { runProgram },
  );
});
