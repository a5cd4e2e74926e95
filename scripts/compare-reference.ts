/**
 * Makes a file of facts of a reference of Zoom's, its OpenAPI document as JSON, whose name has its month (official-2026-06.json).
 *
 *     npm run --silent compare-reference -- --take FILE
 *
 * Exit code: 0 it is written, 2 the file cannot be read.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { factsToText } from './reference/facts.ts';
import { parseExact } from './reference/parse.ts';
import { takeFacts } from './reference/take.ts';
import { Unreadable } from './reference/unreadable.ts';

const root = new URL('../', import.meta.url);
const folder = 'test/fixtures/zoom/';

function fileToTake(): string {
  try {
    const { take } = parseArgs({ options: { take: { type: 'string' } } }).values;
    if (take !== undefined) return take;
  } catch (cause) {
    throw new Unreadable('the command line', (cause as Error).message);
  }
  throw new Unreadable('the command line', '--take names no file');
}

function take(file: string): void {
  const [month] = /\d{4}-\d{2}/.exec(basename(file)) ?? [];
  if (month === undefined) throw new Unreadable(file, 'the name has no month, such as official-2026-06.json');
  const facts = reading(file, (text) => takeFacts(parseExact(text)));
  writeFileSync(new URL(`${folder}reference-${month}.json`, root), factsToText(facts));
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
  take(fileToTake());
} catch (cause) {
  if (!(cause instanceof Unreadable)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 2;
}
