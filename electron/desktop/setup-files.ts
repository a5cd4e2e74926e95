import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { type Result, tallyError } from '../../shared/errors.ts';
import type { Handlers } from '../../shared/ipc/channels.ts';
import type { Tally } from '../core/tally.ts';
import { readDocument } from './documents.ts';
import type { Pasted } from './media/pasted.ts';
import { done } from './with-feature.ts';

/** Most bytes of a file that is looked at for a setup. */
const largest = 1024 * 1024;

/** The content of a file that may be a setup, or why it cannot be read. */
export async function readSetupFile(path: string): Promise<Result<string>> {
  const read = await readDocument(path, largest);
  return read.ok ? { ok: true, value: read.value.text } : read;
}

/** What the window takes as setups: files that are dropped on the connect page, pasted or chosen there. */
export function setupHandlers(tally: Pick<Tally, 'offerSetup'>, pasted: Pasted): Handlers['setup'] {
  return {
    async offer(files) {
      const { paths, problem } = await pasted.take(files.slice(0, 2));
      const [path, further] = paths;
      if (further !== undefined) tally.offerSetup({ ok: false, error: several });
      else if (path === undefined) tally.offerSetup({ ok: false, error: problem ?? several });
      else tally.offerSetup(await readSetupFile(path));
      return done;
    },
  };
}

const several = tallyError('file', 'These are several files.', { why: 'Take one setup at a time.' });

/** Where an administrator places a setup for all users of a computer; nobody else can write there. */
const places: Partial<Record<NodeJS.Platform, () => string>> = {
  linux: () => '/etc/tally/setup.json',
  darwin: () => '/Library/Application Support/Tally/setup.json',
  win32: () => join(process.env.ProgramData ?? 'C:\\ProgramData', 'Tally', 'setup.json'),
};

/** What the administrator has placed; undefined where there is nothing. An unpackaged app may be told of another place. */
export async function administratorSetup(): Promise<Result<string> | undefined> {
  const other = app.isPackaged ? undefined : process.env.TALLY_ADMINISTRATOR_SETUP;
  const path = other ?? places[process.platform]?.();
  return path === undefined || !existsSync(path) ? undefined : readSetupFile(path);
}
