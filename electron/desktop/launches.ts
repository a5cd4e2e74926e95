import { resolve } from 'node:path';
import { app } from 'electron';
import * as z from 'zod';
import { obstacle, uploadCommand } from '../../shared/commands.ts';
import { type Asked, linkAmong, readArguments, readLink } from '../../shared/links.ts';
import { timeContext } from '../../shared/said.ts';
import type { Tally } from '../core/tally.ts';
import { clock } from './clock.ts';
import { readSetupFile } from './setup-files.ts';
import type { AppWindow } from './window.ts';

/** What another process says, or the system: any program of this person can. */
const launchSchema = z.union([
  z.object({ argv: z.array(z.string()), folder: z.string().optional() }),
  z.object({ link: z.string() }),
]);

interface Launches {
  /** Does what the launch of this process asks for. */
  first(launch: unknown): void;
  /** Does what a further launch or a link asks for; shows the window where it asks for nothing. */
  further(launch: unknown): void;
}

/** What comes from outside: the words of a launch are the person's own, a link is anybody's and needs the preference. */
export function createLaunches(
  tally: Pick<
    Tally,
    'run' | 'feature' | 'snapshot' | 'subscribe' | 'addNotice' | 'removeNotice' | 'offerSetup'
  >,
  window: Pick<AppWindow, 'open'>,
): Launches {
  function refuse(title: string, detail: string): void {
    // One that was dismissed would else stay dismissed.
    tally.removeNotice('not-done');
    tally.addNotice({ id: 'not-done', title, detail });
    window.open();
  }

  const times = () => timeContext(tally.snapshot().preferences, clock.now());

  /** Waits until it is known whether there is an account to act for. */
  function settled(): Promise<void> {
    if (tally.snapshot().account.phase !== 'connecting') return Promise.resolve();
    return new Promise((done) => {
      const stop = tally.subscribe(({ account }) => {
        if (account.phase === 'connecting') return;
        stop();
        done();
      });
    });
  }

  /** As if they were dropped. */
  async function upload(paths: readonly string[]): Promise<void> {
    await settled();
    const why = obstacle(uploadCommand, tally.snapshot().account);
    const backgrounds = why === undefined ? await tally.feature('backgrounds') : undefined;
    if (!backgrounds) return refuse('Nothing was uploaded', `${why ?? 'Not connected'}.`);
    backgrounds.add({ paths });
    window.open('backgrounds');
  }

  /** As if it were dropped on the connect page. */
  async function offer(path: string): Promise<void> {
    tally.offerSetup(await readSetupFile(path));
    window.open('accounts');
  }

  async function act(asked: Extract<Asked, { kind: 'action' }>, title: string): Promise<void> {
    if (asked.action.type === 'presence.set') await settled();
    const result = tally.run(asked.action);
    if (!result.ok) refuse(title, result.error.what);
  }

  function answer(asked: Asked, title: string, folder: string): void {
    if (asked.kind === 'refused') refuse(title, asked.why);
    else if (asked.kind === 'action') void act(asked, title);
    else if (asked.kind === 'setup') void offer(resolve(folder, asked.file));
    else if (asked.kind === 'upload') void upload(asked.files.map((file) => resolve(folder, file)));
  }

  function follow(link: string): void {
    const title = 'A tally:// link was not followed';
    if (tally.snapshot().preferences.allowLinks) answer(readLink(link, times), title, '');
    else refuse(title, 'Links are switched off. If you trust where it came from, allow them in Preferences.');
  }

  function take(given: unknown, nothing: () => void): void {
    const launch = launchSchema.safeParse(given);
    if (!launch.success) nothing();
    else if ('link' in launch.data) follow(launch.data.link);
    else {
      const { argv, folder = app.getPath('home') } = launch.data;
      const link = linkAmong(argv);
      const asked = readArguments(argv, times);
      if (link !== undefined) follow(link);
      else if (asked.kind === 'nothing') nothing();
      else answer(asked, 'Tally did not do what the command says', folder);
    }
  }

  return {
    first: (launch) => take(launch, () => {}),
    further: (launch) => take(launch, () => window.open()),
  };
}

/** Registers the tally:// links with the system. On Linux the desktop file of the package says it. */
export function takeLinks(): void {
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('tally');
}
