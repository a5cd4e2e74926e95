/**
 * Measures what a person feels of Tally and prints one JSON line a figure; progress goes to stderr. A missed aim is told
 * (`"met": false`) and is no error; a figure that could not be measured is. When all could be, they go into docs/proof.md.
 *
 *     npm run bench -- [--built] [figure...]
 *
 * `--built` takes out/ as it is instead of building first.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fallback, findElectron, pinnedElectron, root } from '../../scripts/electron.mjs';
import { runInDesktop } from '../support/desktop/desktop.ts';
import { startPanel } from '../support/desktop/panel.ts';
import { advancedAnswer, advancedForm, advancedOpen, advancedSearch } from './advanced.ts';
import { automationIdle } from './automation.ts';
import { calendarParse } from './calendar.ts';
import { callOverhead } from './calls.ts';
import { cliStatus } from './command.ts';
import { dropFreeze, dropMemory, dropTray } from './drops.ts';
import { clickToRequest, practiceMemory, trayMemory, trayRegistered } from './figures.ts';
import { growthAccounts, growthHistory, growthLibrary } from './growth.ts';
import { clickToIcon } from './icon.ts';
import { idle } from './idle.ts';
import { uploadsOverLines } from './line.ts';
import type { Figure } from './numbers.ts';
import { previewTime, uploadByClient, uploadMemory, uploadTime } from './pictures.ts';
import { settingsOpen, settingsSearch } from './settings.ts';
import { bundleSizes } from './sizes.ts';
import { measuredWhere, withMeasured } from './table.ts';
import { popoverOpen, windowMemory, windowOpen, windowReady, windowReopen } from './windows.ts';

const figures = {
  'tray-registered': trayRegistered,
  'tray-memory': trayMemory,
  'tray-memory-practice': practiceMemory,
  'click-to-request': clickToRequest,
  'click-to-icon': clickToIcon,
  'window-open': windowOpen,
  'window-ready': windowReady,
  'window-reopen': windowReopen,
  'popover-open': popoverOpen,
  'window-memory': windowMemory,
  'cli-status': cliStatus,
  idle,
  'automation-idle': automationIdle,
  'call-overhead': callOverhead,
  'calendar-parse': calendarParse,
  'bundle-sizes': bundleSizes,
  upload: uploadTime,
  'upload-client': uploadByClient,
  ...uploadsOverLines,
  'upload-memory': uploadMemory,
  previews: previewTime,
  'drop-freeze': dropFreeze,
  'drop-tray': dropTray,
  'drop-memory': dropMemory,
  'settings-open': settingsOpen,
  'settings-search': settingsSearch,
  'advanced-open': advancedOpen,
  'advanced-search': advancedSearch,
  'advanced-form': advancedForm,
  'advanced-answer': advancedAnswer,
  'growth-accounts': growthAccounts,
  'growth-history': growthHistory,
  'growth-library': growthLibrary,
};
type Name = keyof typeof figures;
const names = Object.keys(figures) as Name[];

/** Set for the copy of this program that runs inside the private desktop. */
const inside = 'TALLY_BENCH_INSIDE';

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

/** The figures asked for; all unless some are named. Throws on a wrong command line. */
function readCommandLine(): { built: boolean; asked: Name[] } {
  const { values, positionals } = parseArgs({
    options: { built: { type: 'boolean' } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !Object.hasOwn(figures, name));
  if (unknown) throw new Error(`There is no figure "${unknown}". There are: ${names.join(', ')}`);
  const asked = names.filter((name) => positionals.length === 0 || positionals.includes(name));
  return { built: values.built === true, asked };
}

/** What the builder says goes to stderr: stdout has the figures alone. */
function build(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.ts'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The build failed');
}

/** Measures one after the other, however the others went; answers the exit code. */
async function measure(asked: readonly Name[]): Promise<number> {
  const panel = await startPanel();
  const measured: Figure[] = [];
  let code = 0;
  const begun = performance.now();
  const since = (from: number) => `${((performance.now() - from) / 1000).toFixed(0)} s`;
  for (const name of asked) {
    say(name);
    const from = performance.now();
    try {
      const figure = await figures[name](panel, (words) => say(`  ${words}`));
      process.stdout.write(`${JSON.stringify(figure)}\n`);
      say(`  took ${since(from)}`);
      measured.push(figure);
    } catch (error) {
      say(`  ${name} could not be measured: ${error instanceof Error ? error.message : error}`);
      code = 1;
    }
  }
  await panel.close();
  say(`All together took ${since(begun)}`);
  if (measured.length === names.length) writeProof(measured);
  return code;
}

/** Replaces the table in docs/proof.md. Figures of several runs, and so of several days, never stand in one table. */
function writeProof(measured: readonly Figure[]): void {
  const source = findElectron()?.source;
  const electron = {
    fallback: `${fallback.version} (the fallback)`,
    override: 'of ELECTRON_OVERRIDE_DIST_PATH',
  };
  const version = electron[source as keyof typeof electron] ?? pinnedElectron();
  const page = join(root, 'docs/proof.md');
  writeFileSync(page, withMeasured(readFileSync(page, 'utf8'), measured, measuredWhere(version, Date.now())));
}

try {
  const { built, asked } = readCommandLine();
  // What a figure that could not be measured has left open would keep the process from ending.
  if (process.env[inside]) process.exit(await measure(asked));
  else {
    if (process.platform !== 'linux')
      throw new Error('The bench needs Linux: it reads /proc and the tray over D-Bus');
    if (!built) build();
    const again = [process.execPath, fileURLToPath(import.meta.url), ...asked];
    process.exitCode = await runInDesktop(again, { [inside]: '1' });
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
