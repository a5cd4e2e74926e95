// One panel on a desktop of its own, and Tally in it: what a person sees and can do there, step by step. Started by run.ts; writes what it
// saw to out/desktops/<panel>.json, with a picture of the screen after each step.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPractice } from '../../electron/practice/server.ts';
import {
  type Colour,
  changedBox,
  difference,
  findIcon,
  type Point,
  type Screen,
  type Shot,
  until,
} from '../support/desktop/screen.ts';
import { type BareTally, startBare } from '../support/desktop/start.ts';
import { xScreen } from '../support/desktop/x-screen.ts';
import { createZoomControl } from '../support/desktop/zoom.ts';
import {
  aside,
  chooseByKeys,
  chooseByPointer,
  fetchWindow,
  hasOpened,
  openMenu,
  openPopover,
  type Picture,
  settling,
  showTooltip,
  toggleWindow,
} from './gestures.ts';
import { startGnome } from './gnome-screen.ts';
import { type PanelKind, panels, writeFiles } from './panels.ts';
import { startSway } from './sway-screen.ts';

const available: Colour = [31, 157, 77];
const busy: Colour = [221, 97, 16];
/** After how long without a panel in an unlocked session Tally says so, in ms. */
const untilSaid = 30_000;

const [name = ''] = process.argv.slice(2);
const kind = panels[name];
if (!kind) throw new Error(`There is no panel "${name}". There are: ${Object.keys(panels).join(', ')}`);
const folder = `out/desktops/${name}`;
mkdirSync(folder, { recursive: true });
const seen: Record<string, string> = {};
let failed = false;
/** The step that is being done, or was done last. */
let doing = '';
let screen: Screen = xScreen;
const compositors = { sway: startSway, gnome: startGnome };
const picture: Picture = (what) => screen.savePicture(join(folder, `${what.replaceAll(' ', '-')}.png`));

/** Does a step and writes down what came of it. Without an icon there is nothing to try but whether it comes late. */
async function step(title: string, act: () => Promise<void>): Promise<void> {
  if (seen.icon === '**no**' && title !== 'late panel') {
    seen[title] = '-';
    return;
  }
  doing = title;
  try {
    await act();
    seen[title] ??= 'yes';
  } catch (error) {
    failed = true;
    seen[title] = '**no**';
    process.stdout.write(`  ${name}, ${title}: ${error instanceof Error ? error.message : error}\n`);
  }
  await picture(title);
  process.stdout.write(`  ${name}, ${title}: ${seen[title]}\n`);
  // What a step left behind is none of the next one's.
  if (seen[title] !== 'yes') for (const id of await screen.windows()) await screen.putAway(id);
}

/** A window also goes, and a panel keeps an icon for a moment, when there is no Tally any more. */
function endedByItself(how: string): void {
  failed = true;
  seen[doing] = '**no**';
  process.stdout.write(`  ${name}, ${doing}: Tally ended by itself: ${how}\n`);
}

await trial(kind);
writeFileSync(`out/desktops/${name}.json`, `${JSON.stringify(seen, null, 2)}\n`);
process.exit(failed ? 1 : 0);

async function trial(panel: PanelKind): Promise<void> {
  const home = process.env.HOME as string;
  process.env.XDG_CONFIG_HOME = join(home, '.config');
  Object.assign(process.env, panel.env);
  writeFiles(panel, home);
  await startBuses();
  if (panel.compositor) screen = await compositors[panel.compositor](folder, panel.swayConfig);
  const practice = await startPractice();
  const zoom = createZoomControl(practice);
  for (const command of panel.before) start(command);
  let running = start(panel.panel);
  /** The panel goes. */
  const leave = () => (panel.panelEnd ? run(panel.panelEnd) : stop(running));
  /** With the window for a click, which can be minimized and left on another workspace; a popover cannot. */
  const launch = (trayClick: 'window' | 'popover' = 'window') => {
    const userData = mkdtempSync(join(home, 'tally-'));
    writeFileSync(join(userData, 'preferences.json'), JSON.stringify({ trayClick }));
    const tally = startBare({ userData, hidden: true, args: panel.args ?? [] }, practice);
    void tally.ended.then((code) => {
      const how = tally.signal() ?? `exit code ${code}`;
      appendFileSync(join(folder, 'tally.log'), `${tally.output()}== Ended: ${how}\n`);
      if (how !== 'SIGKILL') endedByItself(how);
    });
    return tally;
  };
  const icon = async (colour: Colour, without?: Shot): Promise<Point> => {
    // Plasma draws the icon that the pointer is on in another color.
    await screen.move(aside);
    return until(
      async () => findIcon(await screen.takeShot(), colour, without),
      `the icon in the color ${colour}`,
    );
  };
  /** The icon in the color of the status that Zoom has. */
  const currentIcon = async () => icon((await zoom.presence()).status === 'Busy' ? busy : available, empty);
  const opensNothing = async () => {
    await delay(settling);
    if (await hasOpened(screen)) throw new Error('A window opened that nobody asked for');
  };
  const empty = await atRest();
  let tally: BareTally = launch();
  let place: Point = { x: 0, y: 0 };

  await step('icon', async () => {
    place = await icon(available, empty);
    await opensNothing();
    place = await icon(available, empty);
  });
  await step('left click', async () => {
    if (panel.leftClick === 'the window') return toggleWindow(screen, place, picture);
    const closed = await openMenu(screen, place, 1);
    await screen.press('Escape');
    await until(async () => !changedBox(closed, await screen.takeShot()), 'no menu after Escape');
  });
  if (panel.leftClick === 'the window') await step('window anywhere', () => fetchWindow(screen, place));
  if (panel.tooltips !== false) {
    await step('tooltip', () => showTooltip(screen, place, picture));
  }
  if (panel.menus !== false) {
    let closed = empty;
    await step('right click', async () => {
      closed = await openMenu(screen, place, 3);
    });
    await step('menu works', async () => {
      const { intoSubmenu = ['Right'] } = panel;
      // Presets and recent, Available, Busy, its submenu, "Until I change it".
      const keys = ['Down', 'Down', 'Down', ...(intoSubmenu ?? []), 'Return'];
      await (intoSubmenu ? chooseByKeys(screen, keys, picture) : chooseByPointer(screen, closed, picture));
      await until(async () => (await zoom.presence()).status === 'Busy', 'Busy at Zoom');
    });
  }
  await step('status change', async () => {
    if ((await zoom.presence()).status !== 'Busy') {
      await startBare({ userData: tally.userData, args: ['status', 'busy'] }, practice).ended;
    }
    place = await icon(busy, empty);
  });
  if (panel.lock) {
    const { lock, unlock, takesPanel } = panel.lock;
    await step('lock', async () => {
      const before = await screen.takeShot();
      await run(lock);
      await until(async () => difference(before, await screen.takeShot()) > 300, 'the lock');
      if (!takesPanel) {
        await leave();
        await delay(untilSaid);
      }
      await delay(settling);
      if (await hasOpened(screen)) throw new Error('A window opened when the screen was locked');
      if (!takesPanel) running = start(panel.panel);
      await run(unlock);
      place = await currentIcon();
      await opensNothing();
    });
  }
  await step('panel restart', async () => {
    await leave();
    await delay(settling);
    if (await hasOpened(screen)) throw new Error('A window opened when the panel went');
    running = start(panel.panel);
    place = await currentIcon();
    await opensNothing();
    place = await currentIcon();
  });
  await step('late panel', async () => {
    await tally.kill();
    await leave();
    tally = launch();
    await delay(settling);
    if (await hasOpened(screen)) throw new Error('A window opened before the panel came');
    running = start(panel.panel);
    place = await currentIcon();
    await opensNothing();
  });
  await tally.kill();
  if (panel.leftClick === 'the window') {
    await step('popover', async () => {
      const hasIcon = async () => findIcon(await screen.takeShot(), busy, empty) !== undefined;
      await until(async () => !(await hasIcon()), 'no icon of a Tally that has ended');
      tally = launch('popover');
      place = await currentIcon();
      // On Wayland no window can be placed, and the click opens the window all the same.
      await (panel.compositor ? toggleWindow : openPopover)(screen, place, picture);
    });
    await tally.kill();
  }
  await practice.close();
  screen.close();
}

/**
 * A bus that starts services, as a desktop's does: settings stores, activity managers. Its programs end with this desktop. And a
 * second one in the place of the system's, with nothing on it: GNOME Shell does not start without.
 */
async function startBuses(): Promise<void> {
  for (const [kind, variable] of [
    ['desktop', 'DBUS_SESSION_BUS_ADDRESS'],
    ['system', 'DBUS_SYSTEM_BUS_ADDRESS'],
  ] as const) {
    const address = `unix:path=${process.env.XDG_RUNTIME_DIR}/${kind}-bus`;
    start(['dbus-daemon', '--session', `--address=${address}`, '--nofork', '--nopidfile']);
    process.env[variable] = address;
  }
  await delay(500);
}

function start([program = '', ...args]: readonly string[]): ChildProcess {
  const log = openSync(join(folder, `${program}.log`), 'a');
  return spawn(program, args, { stdio: ['ignore', log, log] });
}

async function run([program = '', ...args]: readonly string[]): Promise<void> {
  await once(spawn(program, args, { stdio: 'ignore' }), 'exit');
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill();
  const slow = setTimeout(() => program.kill('SIGKILL'), settling);
  await ended;
  clearTimeout(slow);
}

/** The screen once the panel draws nothing new. */
async function atRest(): Promise<Shot> {
  let last = await screen.takeShot();
  await delay(settling);
  return until(async () => {
    const next = await screen.takeShot();
    const calm = difference(last, next) < 200;
    last = next;
    await delay(1_000);
    return calm && next;
  }, 'a panel at rest');
}
