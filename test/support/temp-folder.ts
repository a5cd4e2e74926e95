import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** Makes an empty folder, the system's or `parent`'s, that is gone after the test. To be called at the top of a test file. */
export function tempFolders(): (parent?: string) => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return (parent = tmpdir()) => {
    const folder = mkdtempSync(join(parent, 'tally-test-'));
    made.push(folder);
    return folder;
  };
}

/** Runs `use` while nothing can be written to the folder; as root, which may write anywhere, in the name of nobody. */
export function unwritable(folder: string, use: () => void): void {
  const root = process.getuid?.() === 0;
  chmodSync(folder, 0o555);
  if (root) {
    process.seteuid?.('nobody');
    const nobody = process.geteuid?.() ?? 0;
    process.seteuid?.(0);
    // What only its owner may read is theirs.
    for (const name of readdirSync(folder)) chownSync(join(folder, name), nobody, nobody);
    process.seteuid?.(nobody);
  }
  try {
    use();
  } finally {
    if (root) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
