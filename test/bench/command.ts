/** How long a key of a macro pad takes: the command of the packages at a Tally that runs, from its start to its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { connected } from './figures.ts';
import { compared, type Figure, median, p95, rounded } from './numbers.ts';
import { isDisturbed, quiet, startApp } from './processes.ts';
import type { Progress } from './turns.ts';

const rounds = 40;
const warmUps = 3;
const most = 120;
/** Times as long as Node, doing nothing, at most. */
const mostTimes = 2;

export async function cliStatus(panel: Panel, progress: Progress): Promise<Figure> {
  const app = startApp(root, ['--practice', '--hidden']);
  const command = join(root, 'resources/cli/tally');
  try {
    await connected(panel);
    const [tally, node]: [number[], number[]] = [[], []];
    while (tally.length < rounds + warmUps) {
      await quiet();
      const ours = await time(command, [`--user-data-dir=${app.userData}`, 'status']);
      const theirs = await time(process.execPath, ['-e', '0']);
      if (isDisturbed()) continue;
      tally.push(ours);
      node.push(theirs);
      if (tally.length % 10 === 0) progress(`${tally.length} of ${rounds + warmUps}`);
    }
    const [counted, baseline] = [tally.slice(warmUps), node.slice(warmUps)];
    const figures = compared(counted, baseline);
    return {
      figure: 'cli-status',
      unit: 'ms',
      ...figures,
      aim: `< ${most}, and < ${mostTimes} times node -e 0`,
      met: median(counted) < most && figures.ratio < mostTimes,
      p95: rounded(p95(counted)),
    };
  } finally {
    await app.stop();
    await panel.waitForNoItem();
  }
}

async function time(program: string, args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(program, args, { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return performance.now() - began;
}
