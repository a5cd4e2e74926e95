import { useEffect } from 'react';
import { undoCommands } from '../../../shared/commands.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { useRun } from '../../lib/actions.ts';
import { isMac } from '../../lib/use-palette-key.ts';

/** Ctrl+Z (⌘Z) takes the last change of status back, unless it is typed where it takes back typing, or behind a dialog. */
export function useUndoKey(presence: PresenceView, disabled: boolean): void {
  const run = useRun();
  const canUndo =
    !disabled && (presence.waiting?.change.cause === 'you' || undoCommands(presence).length > 0);
  useEffect(() => {
    if (!canUndo) return;
    const onKey = (event: KeyboardEvent) => {
      const modifier = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!modifier || event.altKey || event.shiftKey || event.repeat || event.key.toLowerCase() !== 'z')
        return;
      const { activeElement } = document;
      if (activeElement?.matches('input, textarea') || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      run({ type: 'presence.undo' });
    };
    // Before what has the focus: a tile of the Status screen lets no key out.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [canUndo, run]);
}
