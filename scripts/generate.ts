// Writes the generated part of shared/zoom from openapi.yaml. With --check it writes nothing and exits 1 when a file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { readCatalogue } from './generate/catalogue.ts';
import { makeOperations } from './generate/operations.ts';
import { makeSchemas } from './generate/schemas.ts';
import { makeSettings } from './generate/settings.ts';
import { makeTypes } from './generate/types.ts';

const folder = new URL('../shared/zoom/', import.meta.url);
const catalogue = readCatalogue(new URL('openapi.yaml', folder));
const schemas = makeSchemas(catalogue);
const files = {
  'operations.gen.ts': makeOperations(catalogue),
  'types.gen.ts': makeTypes(catalogue, schemas.document),
  'schemas.gen.json': schemas.text,
  'settings.gen.ts': makeSettings(catalogue),
};

const stale = Object.entries(files).filter(([name, text]) => current(name) !== text);
if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stderr.write(`Stale: shared/zoom/${name} (run npm run generate)\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(new URL(name, folder), text);
  process.stdout.write(`${catalogue.entries.length} operations; ${stale.length} files written\n`);
}

function current(name: string): string | undefined {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return undefined;
  }
}
