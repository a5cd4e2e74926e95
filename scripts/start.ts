// `npm start`: builds Tally and runs it on the practice account; without a display, the tour shows it on a virtual one.
import { spawnSync } from 'node:child_process';
import { build, runElectron } from './run.ts';

const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
if (display) {
  build();
  process.exitCode = runElectron(['--practice', ...process.argv.slice(2)]);
} else {
  process.stdout.write('There is no display here, so Tally is shown on a virtual one (npm run tour).\n');
  process.exitCode = spawnSync(process.execPath, ['scripts/tour.ts'], { stdio: 'inherit' }).status ?? 1;
}
