import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type ErrorKind, type Result, tallyError } from '../../shared/errors.ts';
import { dialogs as t } from '../../shared/words/en/dialogs.ts';
import type { Documents } from '../core/ports.ts';
import { chooseOpen, chooseSave } from './dialogs.ts';

/** Most bytes of a file that is opened. */
const largest = 5 * 1024 * 1024;

const filters = [
  { name: 'JSON', extensions: ['json'] },
  { name: t.allFiles, extensions: ['*'] },
];

/** Files that the person names in a dialog of the system. */
export const documents: Documents = {
  async save(suggestedName, text, title) {
    try {
      const kinds = suggestedName.endsWith('.json') ? filters : filters.slice(1);
      const path = await chooseSave(suggestedName, { title, filters: kinds });
      return path === undefined ? { ok: true, value: false } : await writeDocument(path, text);
    } catch {
      return noDialog;
    }
  },
  async open() {
    try {
      const [path] = await chooseOpen({ title: t.compareWithFile, filters, properties: ['openFile'] });
      return path === undefined ? { ok: true, value: null } : await readDocument(path);
    } catch {
      return noDialog;
    }
  },
};

function failure(kind: ErrorKind, what: string, why: string | undefined): Result<never> {
  return { ok: false, error: tallyError(kind, what, why === undefined ? {} : { why }) };
}

const noDialog = failure('internal', 'The system couldn’t show its dialog for files.', undefined);

/**
 * Writes a file whole or not at all, readable by its owner alone: what it holds says much about an account. A file that
 * is there already is replaced.
 */
export async function writeDocument(path: string, text: string): Promise<Result<boolean>> {
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    return { ok: true, value: true };
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    return failure('storage', 'The file couldn’t be saved.', reasons[codeOf(cause)]);
  }
}

/** Reads a text file of at most so many bytes, 5 MB unless given. */
export async function readDocument(
  path: string,
  most = largest,
): Promise<Result<{ readonly name: string; readonly text: string }>> {
  try {
    // A pipe would keep this waiting until somebody writes to it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { size } = await checked(file, most);
      const bytes = Buffer.alloc(size + 1);
      let length = 0;
      while (length < bytes.length) {
        const room = bytes.length - length;
        const { bytesRead } = await file.read(bytes, length, room);
        length += bytesRead;
        // A file gives as much as it has.
        if (bytesRead < room) break;
      }
      if (length > size) throw new Unfit('It changed while it was read.');
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
      return { ok: true, value: { name: basename(path), text } };
    } finally {
      await file.close();
    }
  } catch (cause) {
    const isText = !(cause instanceof TypeError);
    const known = cause instanceof Unfit ? cause.message : reasons[codeOf(cause)];
    return failure('file', 'The file couldn’t be read.', isText ? known : 'It isn’t a text file.');
  }
}

class Unfit extends Error {}

async function checked(file: FileHandle, most: number): Promise<{ readonly size: number }> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new Unfit('It isn’t a file.');
  if (stats.size > most) throw new Unfit(`It is larger than ${Math.floor(most / 1024 / 1024)} MB.`);
  return { size: stats.size };
}

/** What the system says when a file cannot be read or written, in words; its own texts hold paths. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'You don’t have permission to do this in that folder.',
  EPERM: 'You don’t have permission to do this in that folder.',
  EROFS: 'Nothing can be written there.',
  ENOSPC: 'There is no space left there.',
  EDQUOT: 'There is no space left there.',
  ENOENT: 'It is no longer there.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'Its folder is no folder.',
  ENAMETOOLONG: 'Its name is too long.',
  EBUSY: 'Another program is using it.',
};

function codeOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
