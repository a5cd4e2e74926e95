import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { root } from '../electron.mjs';

/** Where each build says which npm packages it took code of. */
export const bundledFolder = join(root, 'out/bundled');

/** What Vite and Rolldown write into a bundle of their own accord, by what the names of such modules begin with. */
const helpers: Readonly<Record<string, string>> = { '\0vite/': 'vite', '\0rolldown/': 'rolldown' };

/** Writes the folders of the npm packages whose code is in a build's chunks to `out/bundled/<build>.json`. */
export function recordBundled(build: string): Plugin {
  const folders = new Set<string>();
  return {
    name: 'tally-record-bundled',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(output.modules)) {
          const folder = renderedLength > 0 ? packageFolder(id) : undefined;
          if (folder) folders.add(folder);
        }
      }
    },
    writeBundle() {
      mkdirSync(bundledFolder, { recursive: true });
      writeFileSync(join(bundledFolder, `${build}.json`), JSON.stringify([...folders].sort()));
    },
  };
}

/** The folder of the package that a module belongs to, from the project's on; undefined for Tally's own. */
export function packageFolder(id: string): string | undefined {
  const helper = Object.entries(helpers).find(([start]) => id.startsWith(start));
  if (helper) return `node_modules/${helper[1]}`;
  return /(?<=^|[\\/])node_modules[\\/](?:.*[\\/]node_modules[\\/])?(?:@[^\\/]+[\\/])?[^\\/]+/
    .exec(id)?.[0]
    .replaceAll('\\', '/');
}
