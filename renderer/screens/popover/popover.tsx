import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { TallyError } from '../../../shared/errors.ts';
import type { PopoverBridge, PopoverOpening } from '../../../shared/ipc/popover.ts';
import { popover as t } from '../../../shared/words/en/popover.ts';
import { Announcer } from '../../components/announcer.tsx';
import { Bar } from '../../components/bar.tsx';
import { PracticeBar } from '../../components/practice-bar.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { GoContext, type Run, RunContext } from '../../lib/actions.ts';
import { ask, runAction, type SnapshotStore } from '../../lib/bridge.ts';
import type { Asked } from '../../lib/shortcuts.ts';
import { choose, useKeys } from '../../lib/use-shortcuts.ts';
import { useTheme } from '../../lib/use-theme.ts';
import { AccountProblem } from '../accounts/account-screens.tsx';
import { PopoverBody } from './popover-body.tsx';

interface PopoverProps {
  readonly bridge: PopoverBridge;
  readonly store: SnapshotStore;
}

/** The small window at the tray icon: the status, and what one does most. Each opening begins anew. */
export function Popover({ bridge, store }: PopoverProps) {
  const known = useSyncExternalStore(store.subscribe, store.get);
  const opening = useOpening(bridge);
  const id = opening?.id ?? 0;
  const [refused, setRefused] = useState<{ readonly error: TallyError; readonly during: number }>();
  const run = useCallback<Run>(
    async (action) => {
      const result = await runAction(bridge, action);
      setRefused(result.ok ? undefined : { error: result.error, during: id });
      return result.ok;
    },
    [bridge, id],
  );
  const snapshot = known.phase === 'ready' ? known.snapshot : undefined;
  const account = snapshot?.account;
  const isKnown = known.phase !== 'loading';
  useTheme(snapshot?.preferences.theme);
  // Once it has been drawn: main shows it then.
  useEffect(() => {
    if (id > 0 && isKnown) void bridge.popover.drawn({ id });
  }, [bridge, id, isKnown]);
  useEscape(bridge);
  const act = useCallback(
    (asked: Asked): boolean => {
      switch (asked.kind) {
        case 'screen':
          run({ type: 'window.open', screen: asked.screen });
          return true;
        case 'close':
          void bridge.popover.hide();
          return true;
        case 'status':
          return choose(asked.status, account, run);
        case 'help':
          return false;
      }
    },
    [bridge, account, run],
  );
  useKeys(act);
  return (
    <RunContext value={run}>
      <GoContext value={(screen) => void run({ type: 'window.open', screen })}>
        <div className="flex h-full flex-col border border-edge">
          {account && account.phase !== 'none' && account.practice && <PracticeBar />}
          <main className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto overflow-x-hidden p-2.5">
            {refused?.during === id && (
              <div role="alert">
                <Bar
                  title={refused.error.what}
                  detail={refused.error.why}
                  onDismiss={() => setRefused(undefined)}
                />
              </div>
            )}
            {known.phase === 'failed' && (
              <AccountProblem title={t.nothingToShow} error={known.error}>
                {null}
              </AccountProblem>
            )}
            {snapshot && opening && <PopoverBody key={id} snapshot={snapshot} asked={opening.status} />}
          </main>
        </div>
        {snapshot && <Announcer snapshot={snapshot} />}
        <Tooltip />
      </GoContext>
    </RunContext>
  );
}

/** The present opening. Asked for at first, as the one that made this page was told before anybody listened. */
function useOpening(bridge: PopoverBridge): PopoverOpening | undefined {
  const [opening, setOpening] = useState<PopoverOpening>();
  useEffect(() => {
    const become = (next: PopoverOpening) =>
      setOpening((now) => (now === undefined || next.id > now.id ? next : now));
    const stop = bridge.popover.opened(become);
    void ask(bridge.popover.opening()).then((result) => result.ok && become(result.value));
    return stop;
  }, [bridge]);
  return opening;
}

/** Esc closes it, unless it is what closes a menu. */
function useEscape(bridge: PopoverBridge): void {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      const isInMenu = document.querySelector('[aria-haspopup=menu][aria-expanded=true]') !== null;
      if (key === 'Escape' && !isInMenu) void bridge.popover.hide();
    };
    // Before the menu has closed itself.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [bridge]);
}
