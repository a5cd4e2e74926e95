import { type FormEvent, useState } from 'react';
import type { Action } from '../../../shared/actions.ts';
import { timeContext, understood } from '../../../shared/said.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { readTime, type TimeProblem, type TimeRead } from '../../../shared/times.ts';
import { times } from '../../../shared/words/en/times.ts';
import { type SettableStatus, statusWord } from '../../../shared/zoom/presence.ts';
import { useRun } from '../../lib/actions.ts';
import { chosenStatus } from '../../lib/words.ts';

/** What more typing would not mend. */
const plainlyWrong: readonly TimeProblem[] = ['too-long', 'dnd-too-long', 'passed'];

export interface Timed {
  readonly status: SettableStatus;
  pick(status: SettableStatus): void;
  /** The time as it is typed. */
  readonly text: string;
  type(text: string): void;
  readonly read: TimeRead;
  /** What it means, before anything is sent: "Away until 2:30 PM, then Available". */
  readonly means: string | undefined;
  /** What is wrong with it, once that is certain. */
  readonly problem: string | undefined;
  set(lasting: Omit<Extract<Action, { type: 'presence.set' }>, 'type' | 'status'>): void;
  submit(event: FormEvent): void;
}

/**
 * A status for a time, as it is being chosen: the status, and a time as people say it. It begins with the status that was chosen, or with
 * do not disturb while that is Available; a choice made elsewhere since counts more than the one made here.
 */
export function useTimed({ presence, preferences }: Snapshot, now: number, asked?: SettableStatus): Timed {
  const run = useRun();
  const chosen = chosenStatus(presence);
  const [picked, setPicked] = useState(asked && { status: asked, after: chosen });
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const usual = chosen && chosen !== 'Available' ? chosen : 'Do_Not_Disturb';
  const status = picked && picked.after === chosen ? picked.status : usual;
  const read = readTime(text, status, timeContext(preferences, now));
  const isWrong = !read.ok && (tried || plainlyWrong.includes(read.problem));
  const set: Timed['set'] = (lasting) => void run({ type: 'presence.set', status, ...lasting });
  const type = (typed: string) => {
    setText(typed);
    if (typed === '') setTried(false);
  };
  return {
    status,
    pick: (wanted) => setPicked({ status: wanted, after: chosen }),
    text,
    type,
    read,
    means: read.ok ? `${statusWord(status)} ${understood(read, status, { presence, now })}` : undefined,
    problem: isWrong ? times.problems[read.problem] : undefined,
    set,
    submit(event) {
      event.preventDefault();
      setTried(!read.ok);
      if (!read.ok) return;
      set(read.lasting);
      type('');
    },
  };
}
