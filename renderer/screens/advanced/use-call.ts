import { useCallback, useEffect, useState } from 'react';
import type { CallInput } from '../../../shared/advanced.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { ask } from '../../lib/bridge.ts';
import { keep, keptOf, type Outcome } from './kept.ts';

/** One call at a time of an operation, and what came of the last one; also of one that was left while it was under way. */
export function useCall(account: string, operation: OperationId) {
  const before = keptOf(account, operation);
  const [running, setRunning] = useState(before.running);
  const [outcome, setOutcome] = useState(before.outcome);
  useEffect(() => {
    if (!running) return;
    let over = false;
    void running.done.then((came) => {
      if (over) return;
      setRunning(undefined);
      setOutcome(came);
    });
    return () => {
      over = true;
    };
  }, [running]);
  const show = useCallback(
    (next: Outcome) => {
      keep(account, operation, { outcome: next });
      setOutcome(next);
    },
    [account, operation],
  );
  /** Resolves when it is over, with whether it worked. */
  const send = useCallback(
    async (input: CallInput, how: { readonly anyway?: boolean; readonly confirmed?: string }) => {
      const call = crypto.randomUUID();
      const done = ask(window.tally.advanced.send({ call, input, ...how })).then<Outcome>((result) =>
        result.ok ? { kind: 'answer', answer: result.value } : { kind: 'refused', error: result.error },
      );
      const begun = { call, since: Date.now(), done };
      keep(account, operation, { running: begun });
      setRunning(begun);
      const came = await done;
      // Whoever went to another operation meanwhile finds it when they come back.
      keep(account, operation, { outcome: came, running: undefined });
      return came.kind === 'answer' && came.answer.error === undefined;
    },
    [account, operation],
  );
  const cancel = useCallback(() => {
    if (running) void ask(window.tally.advanced.cancel({ call: running.call }));
  }, [running]);
  return {
    /** Since when one is under way, epoch ms. */
    running: running?.since,
    outcome,
    show,
    send,
    cancel,
  };
}
