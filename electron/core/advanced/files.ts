import type { CallFile } from '../../../shared/advanced.ts';
import { kindFacts } from '../../../shared/media.ts';
import { checkedFile } from '../backgrounds/queue-file.ts';
import type { UploadFile } from '../http/multipart.ts';
import { FileBytes, openFile } from '../media/file.ts';
import { readKind } from '../media/kind.ts';
import { shownName } from '../media/name.ts';
import type { Disk } from '../ports.ts';
import type { CodeFile } from './code.ts';

/** So many files wait to be sent; the oldest goes first. */
const mostWaiting = 50;

/** Files that the person dropped or chose. They are read when they are sent, and then must be as they were. */
export function createAdvancedFiles(disk: Disk, newId: () => string) {
  const waiting = new Map<
    string,
    { readonly shown: CallFile; readonly path: string; readonly mtimeMs: number }
  >();
  const found = (id: string | undefined) => waiting.get(id ?? '');

  function upload(id: string | undefined): UploadFile | undefined {
    const file = found(id);
    if (!file) return undefined;
    const { path, mtimeMs, shown } = file;
    const made = checkedFile(disk, path, shown.name, { sha256: '', size: shown.size, mtimeMs }).file;
    return shown.type === undefined ? made : { ...made, type: shown.type };
  }

  return {
    /** Looks at a file that is to be sent; null where it is none that can be read. */
    async offer(path: string): Promise<CallFile | null> {
      const seen = await look(disk, path).catch(() => null);
      if (!seen) return null;
      const shown = { id: newId(), name: shownName(path), ...seen.facts };
      waiting.set(shown.id, { shown, path, mtimeMs: seen.mtimeMs });
      for (const id of waiting.keys()) if (waiting.size > mostWaiting) waiting.delete(id);
      return shown;
    },
    of: (id: string | undefined): CallFile | undefined => found(id)?.shown,
    upload,
    forCode(id: string | undefined): CodeFile | undefined {
      const file = found(id);
      const type = upload(id)?.type;
      return file && type !== undefined ? { path: file.path, name: file.shown.name, type } : undefined;
    },
  };
}

async function look(disk: Disk, path: string) {
  const file = await openFile(disk, path);
  try {
    const { size, mtimeMs } = await file.state();
    const bytes = new FileBytes(file, size, () => {});
    const kind = size === 0 ? undefined : await readKind(bytes, '').catch(() => undefined);
    return { facts: { size, ...(kind && { type: kindFacts(kind).type }) }, mtimeMs };
  } finally {
    await file.close();
  }
}
