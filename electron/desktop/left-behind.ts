import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Clipboard } from '../core/ports.ts';

/** The system's clipboard, which can be looked through. */
export interface SearchedClipboard {
  copy(text: string): Promise<boolean>;
  /** Empties each selection whose text `isIt` says is it; `left`: the first holds something else. */
  clear(isIt: (text: string) => boolean): Promise<'cleared' | 'left'>;
}

/** A token with a signature, as a ZAK is: nobody finds it out by its hash, as they could a passcode or a link with one. */
const signed = /^ey[\w-]*\.[\w-]+\.[\w-]{40,}$/;
const hashForm = /^[0-9a-f]{64}$/;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * A clipboard that remembers in `file`, by its hash, which signed token it holds. Where clipboards outlive programs (Windows, macOS,
 * wl-copy, clipboard managers), `takeBack` takes what a Tally that was killed has left.
 */
export function rememberCopies(
  board: SearchedClipboard,
  file: string,
): Clipboard & { takeBack(): Promise<void> } {
  /** Undefined also where the file is spoiled, a link or a pipe. */
  function read(): string | undefined {
    try {
      const stats = lstatSync(file);
      const hash = stats.isFile() && stats.size === 64 ? readFileSync(file, 'latin1') : '';
      return hashForm.test(hash) ? hash : undefined;
    } catch {
      return undefined;
    }
  }

  function write(hash: string | undefined): void {
    try {
      rmSync(file, { force: true });
      if (hash !== undefined) writeFileSync(file, hash, { mode: 0o600, flag: 'wx' });
    } catch {
      // A disk that takes nothing keeps nobody from copying.
    }
  }

  return {
    async copy(text) {
      const former = read();
      write(signed.test(text) ? hashOf(text) : undefined);
      const isCopied = await board.copy(text);
      if (!isCopied) write(former);
      return isCopied;
    },
    async clear(text) {
      const outcome = await board.clear((held) => held === text);
      if (read() === hashOf(text)) write(undefined);
      return outcome;
    },
    async takeBack() {
      const hash = read();
      if (hash === undefined) return;
      // Looked for once: a clipboard that does not answer now holds nobody up at every start.
      await board.clear((text) => signed.test(text) && hashOf(text) === hash).catch(() => 'left');
      if (read() === hash) write(undefined);
    },
  };
}
