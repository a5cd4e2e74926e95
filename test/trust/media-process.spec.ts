import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { findElectron, root } from '../../scripts/electron.mjs';
import { expect, test } from '../support/desktop/tally.ts';
import type { FuzzReport } from '../support/trust/media-fuzz-app.ts';

/**
 * Spoiled pictures and videos in the real media process: whatever a file does to that, the app goes on and knows what became of the
 * file. Those that Tally refuses by their structure, and never opens, do not count.
 */

/** Fewer for a quick look: TALLY_MUTATIONS=500. */
const mutations = Number(process.env.TALLY_MUTATIONS ?? 10_000);
/** The same files again: TALLY_SEED as it was printed. */
const seed = Number(process.env.TALLY_SEED ?? Date.now() % 1_000_000);

/** Where the app of the test is built. It takes the built page of the media process from out/preload, beside it. */
const folder = join(root, 'out/media-fuzz');

test.setTimeout(60_000 + mutations * 300);

test('spoiled files end as files: each is opened or refused in time, and the memory is given back', async () => {
  process.stdout.write(`TALLY_SEED=${seed}\n`);
  await buildApp();
  const { code, reports, errors } = await runApp();
  expect(errors).toBe('');
  expect(code).toBe(0);
  const { reached, refused, outcomes, bad, longest, most, mostGivenUp, main } = reports.at(-1) as FuzzReport;
  process.stdout.write(
    `${reached} opened, ${refused} refused before: ${JSON.stringify(outcomes)}; ended or late: ${bad.join(', ') || 'none'}; longest ${Math.round(longest)} ms; most ${Math.round(most / 1e6)} MB, given up ${Math.round(mostGivenUp / 1e6)} MB; main ${main.map((bytes) => Math.round(bytes / 1e6)).join(' to ')} MB\n`,
  );
  expect(reached).toBeGreaterThanOrEqual(mutations);
  expect(longest).toBeLessThan(60_000);
  expect(bad.length).toBeLessThan(reached / 100);
  // Enough of them are whole enough to be decoded.
  expect((outcomes.opened ?? 0) / reached).toBeGreaterThan(0.2);
  expect(outcomes.frame).toBeGreaterThan(0);
  expect(outcomes.made).toBeGreaterThan(0);
  // A picture of 100 megapixels takes 400 MB where it cannot be decoded in part.
  expect(most).toBeLessThan(900_000_000);
  // One that a file sends round and round is ended at 1.2 GB; four times a second it is looked at.
  expect(mostGivenUp).toBeLessThan(2_000_000_000);
  expect((main[1] ?? 0) - (main[0] ?? 0)).toBeLessThan(100_000_000);
});

async function buildApp(): Promise<void> {
  const output = { format: 'cjs', entryFileNames: 'main.cjs', codeSplitting: false } as const;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'test/support/trust/media-fuzz-app.ts',
      outDir: folder,
      rollupOptions: { external: ['electron'], output },
    },
  });
  const description = { name: 'media-fuzz', version: '0.0.0', private: true, main: 'main.cjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description));
}

/** Runs the app to its end; `errors` is what it says of faults of its own. */
async function runApp() {
  const userData = mkdtempSync(join(tmpdir(), 'tally-fuzz-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(findElectron()?.path ?? '', [folder, ...sandbox, `--user-data-dir=${userData}`], {
    env: { ...process.env, FUZZ_COUNT: String(mutations), FUZZ_SEED: String(seed) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, log] = ['', ''];
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    log += data;
  });
  const [code] = await once(child, 'close');
  rmSync(userData, { recursive: true, force: true });
  const reports = output.split('\n').flatMap((line): FuzzReport[] => {
    return line.startsWith('{') ? [JSON.parse(line)] : [];
  });
  const errors = /^\w*Error\b.*/ms.exec(log)?.[0] ?? '';
  return { code: code as number | null, reports, errors };
}
