/** What the rules cost while nothing happens: Tally with all of them on, against Tally with none. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/electron.mjs';
import { ruleNames } from '../../shared/automation/rules.ts';
import { calendarText } from '../support/calendars-server.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { startPipeWire } from '../support/desktop/pipewire.ts';
import { account, connected } from './figures.ts';
import { compared, type Figure, median, rounded } from './numbers.ts';
import { makeUserData, startApp } from './processes.ts';
import { startStampServer } from './stamp-server.ts';
import { type Progress, sideBySide, type Which } from './turns.ts';

/**
 * Milliseconds until the calendar is read and what has read it has ended, and for which the app is then watched. Half a minute
 * after its start, any Electron app tidies its memory with a hundred wakeups: it is over before.
 */
const settling = 14_000;
const watching = 10_000;
const aims = { wakeups: 1, memory: 6 } as const;

/** User data in which every rule is on, with a calendar in a file. The account that a run is given is called so. */
function withRules(): string {
  const userData = makeUserData();
  const path = join(userData, 'work.ics');
  const tomorrow = Date.now() + 86_400_000;
  writeFileSync(path, calendarText(tomorrow, tomorrow + 3_600_000));
  const settings = Object.fromEntries(ruleNames.map((name) => [name, { on: true }]));
  const keep = (name: string, given: object) =>
    writeFileSync(join(userData, `${name}.json`), JSON.stringify({ given }));
  keep('automation', { settings, state: {} });
  keep('calendars', { calendars: [{ id: 'bench', kind: 'file', place: 'work.ics', path }] });
  return userData;
}

/**
 * How often a thread of any process of the app wakes up, and how much memory all of them have. PipeWire is a stand-in, which tells
 * nothing more; a computer with a camera has three wakeups more every 5 seconds.
 */
export async function automationIdle(panel: Panel, progress: Progress): Promise<Figure> {
  const server = await startStampServer();
  const sound = startPipeWire();
  const env = { ...account(server), ...sound.env, PATH: `${sound.path}:${process.env.PATH}` };
  const memory: Record<Which, number[]> = { tally: [], hello: [] };
  try {
    const starts = {
      tally: () => startApp(root, ['--hidden'], env, withRules()),
      hello: () => startApp(root, ['--hidden'], env),
    };
    const ready = () => connected(panel);
    const { tally, hello } = await sideBySide({ rounds: 2, panel, progress, starts }, ready, async (apps) => {
      await delay(settling);
      if (!sound.isWatched()) throw new Error('The rules are not on');
      const wakeups = () => ({ tally: apps.tally.work().wakeups, hello: apps.hello.work().wakeups });
      const before = wakeups();
      await delay(watching);
      const after = wakeups();
      for (const which of ['tally', 'hello'] as const) memory[which].push(apps[which].memory());
      const aSecond = (which: Which) => ((after[which] - before[which]) / watching) * 1_000;
      return { tally: aSecond('tally'), hello: aSecond('hello') };
    });
    const [wakeups, megabytes] = [median(tally) - median(hello), median(memory.tally) - median(memory.hello)];
    return {
      figure: 'automation-idle',
      unit: 'a second',
      ...compared(tally, hello),
      aim: `< ${aims.wakeups} wakeup a second and ${aims.memory} MB over no rules`,
      met: wakeups < aims.wakeups && megabytes < aims.memory,
      more: rounded(wakeups),
      megabytes: rounded(megabytes),
    };
  } finally {
    sound.close();
    await server.close();
  }
}
