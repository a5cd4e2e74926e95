import { setFlagsFromString } from 'node:v8';
import { app, Menu } from 'electron';
import { isCommand } from '../shared/link-word.ts';
import { claimInstance, ownLaunch } from './desktop/instance.ts';
import { menuBar } from './desktop/menus.ts';
import { registerScheme } from './desktop/protocol.ts';
import { refuseSwitches } from './desktop/switches.ts';
import { createTrayIcon } from './desktop/tray/tray.ts';

// Before anything that a debugger could see.
const isRefused = refuseSwitches();

// Some developers' shells have it because of a company's proxy. It would have every certificate taken.
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;

// A tray app waits for nearly all of its life: with this V8 grows the heap as it does for a tab in the background, which leaves
// 4 MB less of what the start needed once, and costs nothing that the bench could measure.
setFlagsFromString('--optimize-for-size');
// Nor are its functions compiled to unoptimized machine code, as Chromium has it: a megabyte and more of what runs a few times.
setFlagsFromString('--no-sparkplug');
// The start ends in the middle of a collection. The threads that mark beside this one would hold 3 MB until it ends, which at rest
// is never; without them it marks in steps of its own.
setFlagsFromString('--no-concurrent-marking');
// Zoom's answers are parsed by WebAssembly, which is fast enough as it is: to optimize it takes 40 MB for a moment after the first call.
setFlagsFromString('--wasm-tiering-budget=1000000000');

// The order is the point: one instance, then the tray, then everything else. The tray is what a person waits for; the
// rest (state, account, window) is a chunk of its own, loaded while the panel takes the icon.
app.setName('Tally');
registerScheme();
// On Windows the taskbar, the Start menu's link and notifications know an app by these; without them Electron makes up others and
// writes them into the link that the installer made. The first is electron-builder.yml's appId.
if (process.platform === 'win32') {
  app.setAppUserModelId('io.github.tallyauthors.Tally');
  app.setToastActivatorCLSID('{6F1B7D1E-5C0B-4E55-9B1C-0C0A3B7E4C52}');
}
// Where there is a menu bar; elsewhere this saves the cost of the default one.
const bar = menuBar(process.platform);
Menu.setApplicationMenu(bar && Menu.buildFromTemplate(bar));

/** What a panel takes to answer, in ms; longer than that and it waits for the rest to be loaded. */
const registering = 50;

async function start(): Promise<void> {
  if (isCommand(ownLaunch().argv) && (await isDone())) return;
  if (!(await claimInstance())) return app.quit();
  // A tray app lives on without a window.
  app.on('window-all-closed', () => {});
  await app.whenReady();
  const tray = createTrayIcon();
  // The icon reaches the panel by several turns over D-Bus on this very thread; to load the rest now would hold them up.
  await new Promise((resolve) => setTimeout(resolve, registering));
  const { startApp } = await import('./desktop/app.ts');
  startApp(tray);
}

/** Whether a command is done with, without a Tally of its own. */
async function isDone(): Promise<boolean> {
  const { finish } = await import('./desktop/cli/launch.ts');
  return finish(ownLaunch());
}

if (!isRefused) void start();
