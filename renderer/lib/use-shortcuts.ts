import { useCallback, useLayoutEffect } from 'react';
import { obstacle, statusCommands } from '../../shared/commands.ts';
import { type Screen, screensWithoutAccount } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import type { SettableStatus } from '../../shared/zoom/presence.ts';
import type { Run } from './actions.ts';
import { type Asked, askedBy } from './shortcuts.ts';

/** Where a key without Ctrl is a part of what one does there: typing, moving through choices, picking out of a grid. */
const ownKeys =
  'input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable], [role=grid], [role=menu]';

interface Shortcuts {
  readonly screen: Screen;
  readonly snapshot: Snapshot | undefined;
  readonly go: (screen: Screen) => void;
  readonly run: Run;
  readonly onHelp: () => void;
}

/** The keys of the window. */
export function useShortcuts({ screen, snapshot, go, run, onHelp }: Shortcuts): void {
  const account = snapshot?.account;
  const act = useCallback(
    (asked: Asked): boolean => {
      switch (asked.kind) {
        case 'screen': {
          const isOffered = account?.phase !== 'none' || screensWithoutAccount.includes(asked.screen);
          if (isOffered) go(asked.screen);
          return isOffered;
        }
        case 'close':
          // The page's own window.close() would destroy the window instead of hiding it.
          run({ type: 'window.close' });
          return true;
        case 'help':
          onHelp();
          return true;
        case 'status':
          return screen === 'status' && choose(asked.status, account, run);
      }
    },
    [screen, account, go, run, onHelp],
  );
  useKeys(act);
}

/** Sets a status where Zoom would take it; returns whether that is so. */
export function choose(wanted: SettableStatus, account: Snapshot['account'] | undefined, run: Run): boolean {
  const command = statusCommands.find(({ status }) => status === wanted);
  if (!command || !account || obstacle(command, account)) return false;
  run(command.action);
  return true;
}

/** Has `act` do what is asked for by a key, but not from behind a dialog or a menu. It returns whether it did; keep it the same. */
export function useKeys(act: (asked: Asked) => boolean): void {
  // With what is shown, so that no key is lost that is pressed as soon as it can be seen what it would do.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented) return;
      if (document.querySelector('dialog[open], [aria-haspopup=menu][aria-expanded=true]')) return;
      const typing = event.target instanceof Element && event.target.closest(ownKeys) !== null;
      const asked = askedBy(event, typing);
      if (asked && act(asked)) event.preventDefault();
    };
    // Before what has the focus: a tile of the Status screen lets no key out.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [act]);
}
