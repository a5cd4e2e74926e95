/** What has to be read before anything is shown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../scripts/electron.mjs';
import { type Figure, rounded } from './numbers.ts';

const most = 150;

function kilobytes(path: string): { plain: number; gzipped: number } {
  const bytes = readFileSync(join(root, 'out', path));
  return { plain: bytes.byteLength / 1000, gzipped: gzipSync(bytes).byteLength / 1000 };
}

/** The code and style that a file of the window names. */
function namedIn(path: string): string[] {
  const text = readFileSync(join(root, 'out/renderer', path), 'utf8');
  return [...text.matchAll(/"\.\/(?:assets\/)?([^"]+\.(?:js|css))"/g)].map(([, name]) => `assets/${name}`);
}

/**
 * The window's first code and style (all that index.html names, and its script), gzipped; `baseline` is the same as it lies on the
 * disk, which is what Electron reads. Main is told of by what it reads until the tray is there, and until it is connected.
 */
export async function bundleSizes(): Promise<Figure> {
  const page = namedIn('index.html');
  const scripts = page.filter((path) => path.startsWith('assets/index-')).flatMap(namedIn);
  const first = [...new Set([...page, ...scripts])].map((path) => kilobytes(`renderer/${path}`));
  const value = first.reduce((sum, { gzipped }) => sum + gzipped, 0);
  const baseline = first.reduce((sum, { plain }) => sum + plain, 0);
  const main = ['index', 'app'].map((name) => kilobytes(`main/${name}.cjs`).gzipped);
  return {
    figure: 'bundle-sizes',
    unit: 'KB',
    value: rounded(value),
    baseline: rounded(baseline),
    ratio: rounded(value / baseline),
    aim: `< ${most} gzipped, the window's first code and style`,
    met: value < most,
    runs: 1,
    mainUntilTray: rounded(main[0] as number),
    main: rounded(main[0] as number) + rounded(main[1] as number),
    undici: rounded(kilobytes('main/undici.cjs').gzipped),
    preload: rounded(kilobytes('preload/index.cjs').gzipped),
  };
}
