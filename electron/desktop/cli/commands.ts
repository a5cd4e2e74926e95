import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type LinkedAction, obstacle, uploadCommand } from '../../../shared/commands.ts';
import type { TallyError } from '../../../shared/errors.ts';
import { exitCodeOf, exitCodes } from '../../../shared/exit-codes.ts';
import type { Asked } from '../../../shared/links.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { commandLine as t } from '../../../shared/words/en/command-line.ts';
import { type SettableStatus, statusWord } from '../../../shared/zoom/presence.ts';
import type { Clock } from '../../core/ports.ts';
import type { Tally } from '../../core/tally.ts';
import { readSetupFile } from '../setup-files.ts';
import type { AppWindow } from '../window.ts';
import type { Answer } from './contract.ts';
import { currentWords, help, presenceJson, presenceWords, waitingWords } from './words.ts';

/** What came of a command. */
export interface Outcome extends Answer {
  /** Nothing was done, and no screen says why. */
  readonly refusal?: { readonly title?: string; readonly detail: string };
}

interface CommandDeps {
  readonly tally: Pick<Tally, 'run' | 'feature' | 'snapshot' | 'subscribe' | 'offerSetup'>;
  readonly window: Pick<AppWindow, 'open'>;
  readonly clock: Pick<Clock, 'now' | 'setTimeout'>;
  /** Tally's own. */
  readonly version: () => string;
}

/** The status is known some ms after the account is connected; longer than this it is not waited for. */
const firstStatus = 3_000;

const said = (out: string): Outcome => ({ code: exitCodes.worked, out, err: '' });

const failed = (code: number, err: string): Outcome => ({ code, out: '', err: `${err}\n` });

/** Nothing was done. */
const refused = (code: number, detail: string, title?: string): Outcome => ({
  ...failed(code, detail),
  refusal: { detail, ...(title !== undefined && { title }) },
});

const whatAndWhy = ({ what, why }: TallyError) => (why === undefined ? what : `${what} ${why}`);

/** Does what the words of a launch, or a link, ask for. Resolves when it is known what came of it, however long that takes. */
export function createCommands({ tally, window, clock, version }: CommandDeps) {
  /** Resolves with the first thing that is found in a snapshot, the present one included; undefined after `most` ms. */
  function until<T>(look: (snapshot: Snapshot) => T | undefined, most?: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      let stop = () => {};
      let cancel = () => {};
      const end = (found: T | undefined) => {
        stop();
        cancel();
        resolve(found);
      };
      const found = look(tally.snapshot());
      if (found !== undefined) return resolve(found);
      stop = tally.subscribe((snapshot) => {
        const later = look(snapshot);
        if (later !== undefined) end(later);
      });
      if (most !== undefined) cancel = clock.setTimeout(() => end(undefined), most);
    });
  }

  /** Waits until it is known whether there is an account to act for. */
  const settled = () => until(({ account }) => (account.phase === 'connecting' ? undefined : account));

  async function show(json: boolean): Promise<Outcome> {
    const account = await settled();
    if (account?.phase === 'none') return failed(exitCodes.refused, t.noAccount);
    if (account?.phase === 'failed') return failed(exitCodeOf(account.error), whatAndWhy(account.error));
    await until(({ presence }) => presence.current.status !== 'Unknown' || undefined, firstStatus);
    const { presence } = tally.snapshot();
    if (json) return said(`${JSON.stringify(presenceJson(presence), undefined, 2)}\n`);
    return said(`${presenceWords(presence, clock.now()).join('\n')}\n`);
  }

  async function act(action: LinkedAction): Promise<Outcome> {
    if (action.type === 'presence.set') await settled();
    const result = tally.run(action);
    if (!result.ok) return refused(exitCodeOf(result.error), result.error.what);
    if (action.type !== 'presence.set') return said('');
    const { status } = action;
    return (await until((snapshot) => becomeOf(status, snapshot, clock.now()))) ?? said('');
  }

  /** As if they were dropped. */
  async function upload(paths: readonly string[]): Promise<Outcome> {
    const missing = await missingAmong(paths);
    if (missing !== undefined) return refused(exitCodes.mistake, missing, t.notUploaded);
    await settled();
    const why = obstacle(uploadCommand, tally.snapshot().account);
    const backgrounds = why === undefined ? await tally.feature('backgrounds') : undefined;
    if (!backgrounds) return refused(exitCodes.refused, `${why ?? t.notConnected}.`, t.notUploaded);
    backgrounds.add({ paths });
    window.open('backgrounds');
    const { problem } = tally.snapshot().backgrounds ?? {};
    if (problem) return failed(exitCodeOf(problem), whatAndWhy(problem));
    const [path = ''] = paths;
    const what = paths.length === 1 ? basename(path) : t.files(paths.length);
    return said(`${t.uploading(what)}\n`);
  }

  /** As if it were dropped on the connect page. */
  async function offer(path: string): Promise<Outcome> {
    const missing = await missingAmong([path]);
    if (missing !== undefined) return refused(exitCodes.mistake, missing);
    const text = await readSetupFile(path);
    tally.offerSetup(text);
    window.open('accounts');
    const { offer } = tally.snapshot();
    const error = text.ok ? offer?.phase === 'refused' && offer.error : text.error;
    if (error) return failed(exitCodes.mistake, whatAndWhy(error));
    return said(`${t.hasSetup}\n`);
  }

  return async function run(asked: Asked, folder: string): Promise<Outcome> {
    switch (asked.kind) {
      case 'nothing':
        return said('');
      case 'help':
        return said(help);
      case 'version':
        return said(`Tally ${version()}\n`);
      case 'refused':
        return refused(exitCodes.mistake, asked.why);
      case 'show':
        return show(asked.json);
      case 'action':
        return act(asked.action);
      case 'setup':
        return offer(resolve(folder, asked.file));
      case 'upload':
        return upload(asked.files.map((file) => resolve(folder, file)));
    }
  };
}

/** The words for the first of these that is not there; undefined where all are. */
async function missingAmong(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isThere = await stat(path).then(
      () => true,
      ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR',
    );
    if (!isThere) return t.noFile(path);
  }
  return undefined;
}

/** What has become of a change to this status; undefined while Zoom is asked. */
function becomeOf(status: SettableStatus, { presence, account }: Snapshot, now: number): Outcome | undefined {
  const { current, sending, waiting, failed: refusal } = presence;
  if (account.phase === 'none' || account.phase === 'failed') return failed(exitCodes.refused, t.accountGone);
  if (refusal?.change.status === status) return failed(exitCodeOf(refusal.error), whatAndWhy(refusal.error));
  if (waiting?.change.status === status && (sending || waiting.dueAt > now))
    return failed(
      waiting.why === 'offline' ? exitCodes.unreached : exitCodes.limit,
      waitingWords(waiting, now),
    );
  if (sending || waiting) return undefined;
  if (current.status === status) return said(`${currentWords(presence, now)}\n`);
  return failed(exitCodes.inside, t.overtaken(statusWord(status)));
}
