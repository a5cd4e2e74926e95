import { app } from 'electron';
import * as z from 'zod';
import { exitCodes } from '../../shared/exit-codes.ts';
import { isCommand } from '../../shared/link-word.ts';
import { linkAmong, readArguments, readLink } from '../../shared/links.ts';
import { timeContext } from '../../shared/said.ts';
import { commandLine as t } from '../../shared/words/en/command-line.ts';
import type { Clock } from '../core/ports.ts';
import type { Tally } from '../core/tally.ts';
import { print } from './cli/client.ts';
import { createCommands, type Outcome } from './cli/commands.ts';
import type { Answer, Question } from './cli/contract.ts';
import type { AppWindow } from './window.ts';

/** What another process says, or the system: any program of this person can. */
const launchSchema = z.union([
  z.object({ argv: z.array(z.string()), folder: z.string().optional() }),
  z.object({ link: z.string() }),
]);

/** Longer than this nobody waits for an answer, in ms; what was asked for is still done. */
const patience = 30_000;

interface Launches {
  /** Does what the launch of this process asks for. What comes of a command is said on its own terminal. */
  first(launch: { readonly argv: readonly string[] }): void;
  /** Does what a further launch or a link asks for; shows the window where it asks for nothing. */
  further(launch: unknown): void;
  /** Does a command, and says what came of it. */
  command(question: Question): Promise<Answer>;
}

/** What comes from outside: the words of a launch are the person's own, a link is anybody's and needs the preference. */
export function createLaunches(
  tally: Pick<
    Tally,
    'run' | 'feature' | 'snapshot' | 'subscribe' | 'addNotice' | 'removeNotice' | 'offerSetup'
  >,
  window: Pick<AppWindow, 'open'>,
  clock: Clock,
): Launches {
  const run = createCommands({ tally, window, clock, version: () => app.getVersion() });
  const times = () => timeContext(tally.snapshot().preferences, clock.now());
  const presets = () => tally.snapshot().presets.list;
  const linkTitle = t.linkNotFollowed;
  const commandTitle = t.commandNotDone;

  function follow(link: string): Promise<Outcome> {
    const isAllowed = tally.snapshot().preferences.allowLinks;
    return run(isAllowed ? readLink(link, times, presets) : { kind: 'refused', why: t.linksOff }, '');
  }

  let isTold = false;

  /** Shows in the window what was refused and nobody else is told, until a later one is done. */
  function told(outcome: Outcome, usualTitle: string, isRead: boolean): Outcome {
    const { refusal } = outcome;
    if (refusal && isRead) return outcome;
    // One that was dismissed would else stay dismissed.
    if (refusal || isTold) tally.removeNotice('not-done');
    isTold = refusal !== undefined;
    if (refusal) {
      const { title = usualTitle, detail } = refusal;
      tally.addNotice({ id: 'not-done', title, detail });
      window.open();
    }
    return outcome;
  }

  async function take(
    given: unknown,
    { isRead, nothing }: { isRead: boolean; nothing(): void },
  ): Promise<Outcome | undefined> {
    const launch = launchSchema.safeParse(given);
    if (!launch.success) return void nothing();
    const { link, argv, folder } = { link: undefined, argv: [], folder: undefined, ...launch.data };
    const asked = readArguments(argv, times, presets);
    const followed = link ?? linkAmong(argv);
    if (followed !== undefined) return told(await follow(followed), linkTitle, isRead);
    if (asked.kind === 'nothing') return void nothing();
    return told(await run(asked, folder ?? app.getPath('home')), commandTitle, isRead);
  }

  return {
    first(launch) {
      const done = take(launch, { isRead: false, nothing() {} });
      if (isCommand(launch.argv)) void done.then((outcome) => outcome && print(outcome));
    },
    further: (launch) => void take(launch, { isRead: false, nothing: () => window.open() }),
    async command({ argv, folder, terminal }) {
      let cancel = () => {};
      const late = new Promise<Answer>((resolve) => {
        cancel = clock.setTimeout(() => resolve(tooLate), patience);
      });
      const done = take({ argv, folder }, { isRead: terminal, nothing: () => window.open() });
      const answer = await Promise.race([done, late]);
      cancel();
      return answer ?? { code: exitCodes.worked, out: '', err: '' };
    },
  };
}

const tooLate: Answer = {
  code: exitCodes.unreached,
  out: '',
  err: `${t.late}\n`,
};

/** Registers the tally:// links with the system. On Linux the desktop file of the package says it. */
export function takeLinks(): void {
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('tally');
}
