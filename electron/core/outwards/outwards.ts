import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { type Result, tallyError } from '../../../shared/errors.ts';
import {
  type Command,
  commandFields,
  type OutwardsAction,
  type OutwardsView,
} from '../../../shared/outwards.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { outwards as t } from '../../../shared/words/en/outwards.ts';
import { readStatus, type Status } from '../../../shared/zoom/presence.ts';
import { accepted } from '../feature.ts';
import type { Clock, ProgramEnd, RunProgram, Shell } from '../ports.ts';
import { statusEnvironment } from './environment.ts';
import { createQuiet, type QuietDeps } from './quiet.ts';
import { saidOf } from './said.ts';

/** How long a program may take, in ms. */
const patience = 10_000;

/** It is the computer's, not an account's. */
const key = 'own';

interface OutwardsDeps extends QuietDeps {
  readonly clock: Pick<Clock, 'now' | 'setTimeout'>;
  readonly shell: Pick<Shell, 'chooseFiles' | 'allowProgram'>;
  readonly runProgram: RunProgram;
}

type Shown = Pick<Snapshot, 'presence' | 'automation' | 'account'>;

interface Kept extends Command {
  readonly on: boolean;
  /** The status that the program was started for last. */
  readonly told?: Status | undefined;
}

/** Tells a program of the person's each change of the status that is shown: one run at a time, and always the newest. Tells the desktop, too. */
export function createOutwards(deps: OutwardsDeps) {
  const { clock, files, shell, runProgram, changed } = deps;
  const quiet = createQuiet(deps);
  let kept = readOutwards(files.kept('outwards', key));
  let failed: OutwardsView['failed'];
  let shown: Shown | undefined;
  let end: AbortController | undefined;
  let asking = false;
  let stopped = false;

  function keep(next: Kept): void {
    kept = next;
    files.keep('outwards', key, next);
  }

  function become(next: Kept): Result<null> {
    keep(next);
    failed = undefined;
    changed();
    look();
    return accepted;
  }

  /** What changes while a program runs is looked at when it has ended; so only the newest status ever waits. */
  function look(): void {
    const status = shown?.presence.current.status;
    if (stopped || end || !shown || !kept.on || status === undefined) return;
    if (status === 'Unknown' || status === kept.told) return;
    keep({ ...kept, told: status });
    void tell(shown);
  }

  async function tell(what: Shown): Promise<void> {
    const { program, args } = kept;
    const mine = new AbortController();
    end = mine;
    let cancel = () => {};
    const slow = new Promise<'slow'>((resolve) => {
      cancel = clock.setTimeout(() => resolve('slow'), patience);
    });
    const env = statusEnvironment(what, clock.now());
    const how = await Promise.race([runProgram({ program, args, env }, mine.signal), slow]);
    cancel();
    mine.abort();
    end = undefined;
    if (stopped) return;
    const isStillWanted = program === kept.program && args === kept.args;
    const problem = isStillWanted ? failureOf(how, clock.now()) : failed;
    if (problem || failed) {
      failed = problem;
      changed();
    }
    look();
  }

  function save({ program, args }: Command): Result<null> {
    if (!isAbsolute(program)) return refused(t.notWhole);
    const { on } = kept;
    become({ program, args, on: false });
    if (on) void ask();
    return accepted;
  }

  /** The window alone could name any program, so main asks by itself. */
  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    const { program, args } = kept;
    const isAllowed = await shell.allowProgram({ program, args });
    asking = false;
    if (isAllowed && !stopped && program === kept.program && args === kept.args)
      become({ program, args, on: true });
  }

  async function choose(): Promise<void> {
    const [program] = await shell.chooseFiles('program');
    if (program === undefined || stopped) return;
    if (commandFields().program.safeParse(program).success) {
      save({ program, args: kept.args });
    } else {
      failed = { kind: 'path', at: clock.now() };
      changed();
    }
  }

  return {
    view(): OutwardsView {
      const { on, program, args } = kept;
      return { on, program, args, quiet: quiet.view(), ...(failed && { failed }) };
    },
    run(action: OutwardsAction): Result<null> {
      switch (action.type) {
        case 'outwards.command':
          return save(action);
        case 'outwards.choose':
          void choose();
          return accepted;
        case 'outwards.on':
          if (!action.on) return become({ ...kept, on: false });
          if (kept.program === '') return refused(t.noProgram);
          if (!kept.on) void ask();
          return accepted;
        case 'outwards.quiet':
          quiet.set(action.on);
          return accepted;
      }
    },
    /** Whether the person has the desktop show no notifications; see FeatureDeps. */
    watchQuiet: quiet.watch,
    /** The status may be another one. */
    look(next: Shown): void {
      shown = next;
      look();
      quiet.look(next);
    },
    /** Ends what runs, and starts nothing any more; resolves when the desktop has back what it was lent. */
    stop(): Promise<void> {
      stopped = true;
      end?.abort();
      return quiet.stop();
    },
  };
}

function failureOf(how: ProgramEnd | 'slow', at: number): OutwardsView['failed'] {
  if (how === 'slow') return { kind: 'slow', at };
  switch (how.kind) {
    case 'done':
      return undefined;
    case 'exit':
    case 'signal':
      return { ...how, said: saidOf(how.said), at };
    default:
      return { ...how, at };
  }
}

const refused = (what: string): Result<never> => ({
  ok: false,
  error: tallyError('invalid-input', what, { action: 'check-input' }),
});

/** What was kept, as far as it can be used: half a command is none. */
function readOutwards(json: unknown): Kept {
  const command = z.object({
    ...commandFields(),
    on: z.boolean().catch(false),
    told: z.string().transform(readStatus).optional().catch(undefined),
  });
  const { success, data } = command.safeParse(json);
  return success && isAbsolute(data.program) ? data : { on: false, program: '', args: [] };
}
