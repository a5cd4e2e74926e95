/**
 * Says how the catalogue differs from Zoom's own reference, with the reason of each difference.
 *
 *     npm run --silent compare-reference
 *     npm run --silent compare-reference -- --take FILE
 *
 * `--take` first makes a file of facts of a reference, Zoom's OpenAPI document as JSON, whose name has its month
 * (official-2026-06.json). Exit code: 0 all is explained, 1 something is not, 2 a file cannot be read.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCatalogue } from './generate/catalogue.ts';
import { compare } from './reference/compare.ts';
import { type Facts, factsFromText, factsToText } from './reference/facts.ts';
import { commonErrors, factsOfCatalogue } from './reference/ours.ts';
import { parseExact } from './reference/parse.ts';
import { explain, readReasons } from './reference/reasons.ts';
import { report } from './reference/report.ts';
import { takeFacts } from './reference/take.ts';
import { Unreadable } from './reference/unreadable.ts';

const root = new URL('../', import.meta.url);
const folder = 'test/fixtures/zoom/';

function run(): number {
  const file = fileToTake();
  if (file !== undefined) take(file);
  const catalogue = readCatalogue(new URL('shared/zoom/openapi.yaml', root));
  const zoom = newestFacts();
  const reasons = reading(new URL(`${folder}differences.yaml`, root), readReasons);
  const differences = compare(factsOfCatalogue(catalogue), zoom, commonErrors(catalogue));
  const explained = explain(differences, reasons);
  process.stdout.write(report(explained));
  const open = explained.differences.some(({ reason }) => !reason);
  return open || explained.faults.length > 0 ? 1 : 0;
}

function fileToTake(): string | undefined {
  try {
    return parseArgs({ options: { take: { type: 'string' } } }).values.take;
  } catch (cause) {
    throw new Unreadable('the command line', (cause as Error).message);
  }
}

function take(file: string): void {
  const [month] = /\d{4}-\d{2}/.exec(basename(file)) ?? [];
  if (month === undefined) throw new Unreadable(file, 'the name has no month, such as official-2026-06.json');
  const facts = reading(file, (text) => takeFacts(parseExact(text)));
  writeFileSync(new URL(`${folder}reference-${month}.json`, root), factsToText(facts));
}

function newestFacts(): Facts {
  const newest = globSync(`${folder}reference-*.json`, { cwd: fileURLToPath(root) })
    .sort()
    .at(-1);
  if (newest === undefined) throw new Unreadable(folder, 'there is no file of facts');
  return reading(new URL(newest, root), factsFromText);
}

/** Reads a file; a fault in it is told with its name. */
function reading<T>(file: string | URL, read: (text: string) => T): T {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Unreadable || (cause as NodeJS.ErrnoException).code !== undefined) {
      throw new Unreadable(basename(String(file)), (cause as Error).message);
    }
    throw cause;
  }
}

try {
  process.exitCode = run();
} catch (cause) {
  if (!(cause instanceof Unreadable)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 2;
}
