import type { Plugin } from 'vite';

/** What is read of a chunk to follow what it loads. */
interface Loaded {
  /** The chunks that it loads before its own code runs. */
  readonly imports: readonly string[];
  /** The files whose code is in it. */
  readonly moduleIds: readonly string[];
}

const app = /[\\/]electron[\\/]desktop[\\/]app\.ts$/;

/**
 * Fails a build whose entry loads the app before the tray is there: the bundler decides which chunks share code, and one
 * setting of it is enough to have the icon wait for everything.
 */
export function trayFirst(): Plugin {
  return {
    name: 'tally-tray-first',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const byName = new Map<string, Loaded>(chunks.map((chunk) => [chunk.fileName, chunk]));
      if (!chunks.some(({ moduleIds }) => moduleIds.some((id) => app.test(id))))
        this.error(`no chunk has ${app}`);
      const early = loadedWith('index.cjs', byName).find((id) => app.test(id));
      if (early)
        this.error(`index.cjs loads ${early} at once, so that the icon in the tray waits for the app`);
    },
  };
}

/** All files whose code is loaded before that of a chunk runs, its own included. */
export function loadedWith(entry: string, chunks: ReadonlyMap<string, Loaded>): string[] {
  const met = new Set([entry]);
  const files: string[] = [];
  // A set goes on to what is added to it meanwhile.
  for (const name of met) {
    const chunk = chunks.get(name);
    files.push(...(chunk?.moduleIds ?? []));
    for (const next of chunk?.imports ?? []) met.add(next);
  }
  return files;
}
