import { join } from 'node:path';
import { root } from '../../../scripts/electron.mjs';
import { searchFiles } from './canaries.ts';

/** After the last test: no secret is in what was built or in what the tests left behind (traces, pictures, texts of failures). */
export default function searchEverything(): void {
  requireNoSecrets(join(root, 'out'));
}

/** Throws where a secret of the practice Zoom is in `folder`, naming each file; `except` names folders that are left out. */
export function requireNoSecrets(folder: string, except: readonly string[] = []): void {
  const leaks = searchFiles(folder, except);
  if (leaks.length === 0) return;
  const list = leaks.map(({ place, form }) => `  ${place} (${form})`).join('\n');
  throw new Error(`Secrets of the practice Zoom are outside the keychain:\n${list}`);
}
