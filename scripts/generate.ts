// Writes the generated part of shared/zoom, and docs/operations.md, from openapi.yaml. With --check it writes nothing and exits 1 when a file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { readCatalogue } from './generate/catalogue.ts';
import { makeLimits } from './generate/limits.ts';
import { makeOperations } from './generate/operations.ts';
import { makeOperationsPage } from './generate/operations-page.ts';
import { makeSchemas } from './generate/schemas.ts';
import { makeSettings } from './generate/settings.ts';
import { makeTypes } from './generate/types.ts';

const root = new URL('../', import.meta.url);
const catalogue = readCatalogue(new URL('shared/zoom/openapi.yaml', root));
const schemas = makeSchemas(catalogue);
const files = {
  'shared/zoom/operations.gen.ts': makeOperations(catalogue),
  'shared/zoom/types.gen.ts': makeTypes(catalogue, schemas.document),
  'shared/zoom/schemas.gen.json': schemas.text,
  'shared/zoom/settings.gen.ts': makeSettings(catalogue),
  'docs/operations.md': makeOperationsPage(catalogue),
  'shared/zoom/limits.gen.ts': makeLimits(catalogue, schemas.document),
};

const stale = Object.entries(files).filter(([name, text]) => current(name) !== text);
if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stderr.write(`Stale: ${name} (run npm run generate)\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(new URL(name, root), text);
  process.stdout.write(`${catalogue.entries.length} operations; ${stale.length} files written\n`);
}

function current(name: string): string | undefined {
  try {
    return readFileSync(new URL(name, root), 'utf8');
  } catch {
    return undefined;
  }
}
