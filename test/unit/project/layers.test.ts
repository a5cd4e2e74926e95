import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolders } from '../../support/temp-folder.ts';

const folderOf = tempFolders();

const forbidden = {
  'electron/core/a.ts': "import 'electron';",
  'electron/core/b.ts': "import 'electron/main';",
  'electron/core/c.ts': "import 'keytar';",
  'electron/core/d.ts': "import '../desktop/clock.ts';",
  'electron/core/e.ts': "import '../practice/server.ts';",
  'electron/core/f.ts': 'setTimeout(() => {}, 1);',
  'electron/practice/a.ts': "import '../core/tally.ts';",
  'electron/practice/b.ts': "import 'electron';",
  'electron/desktop/a.ts': "import 'keytar';",
  'electron/a.ts': "import 'keytar';",
  'renderer/a.ts': "import '../electron/core/tally.ts';",
  'renderer/b.ts': "import 'zod';",
  'renderer/c.ts': "import 'fs';",
  'scripts/a.ts': "import 'keytar';",
  'shared/a.ts': "import 'node:fs';",
  'shared/b.ts': "import 'react';",
};

const allowed = {
  'electron/desktop/secrets.ts': "import 'keytar';",
  'electron/desktop/z.ts': "import '../core/tally.ts';",
  'electron/core/z.ts': "import '../../../shared/state.ts';",
  'renderer/z.ts': "import '../shared/lengths.ts';",
};

it('lint refuses every import against the one way that dependencies point, and no other', () => {
  const folder = folderOf();
  copyFileSync('biome.json', join(folder, 'biome.json'));
  for (const [path, code] of Object.entries({ ...forbidden, ...allowed })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${code}\n`);
  }
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const refused = [...stdout.matchAll(/^::error .*?file=([^,]+),/gm)].map(([, file]) =>
    relative(folder, file as string),
  );
  expect([...new Set(refused)].sort()).toEqual(Object.keys(forbidden).sort());
});
