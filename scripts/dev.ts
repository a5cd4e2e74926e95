// `npm run dev`: the window reloads as its files are saved, and the app restarts when main changes.
import { findElectron } from './electron.mjs';
import { run, tool } from './run.ts';

const electron = findElectron();
if (!electron) throw new Error('There is no Electron; run npm run setup.');
const flags = process.getuid?.() === 0 ? ['--noSandbox'] : [];
const [node, vite] = tool('electron-vite');
process.exitCode = run(node, [vite, 'dev', '--watch', ...flags, '--', '--practice'], {
  ELECTRON_EXEC_PATH: electron.path,
});
