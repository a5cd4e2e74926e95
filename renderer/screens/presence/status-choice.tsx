import { type KeyboardEvent, useId } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import type { PresenceView } from '../../../shared/presence.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import {
  isSettable,
  laterAddition,
  type SettableStatus,
  settableStatuses,
  statusSlug,
  statusWord,
} from '../../../shared/zoom/presence.ts';
import { Section } from '../../components/card.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { chosenStatus } from '../../lib/words.ts';

interface StatusChoiceProps {
  readonly presence: PresenceView;
  /** Length of a plain "Do not disturb", in minutes. */
  readonly dndMinutes: number;
  /** Zoom would take none of them. */
  readonly disabled: boolean;
}

/** Up and down move as left and right do, as in any radio group; the group itself knows only its own direction. */
function moveVertically(event: KeyboardEvent) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const group = event.currentTarget.closest('[role=radiogroup]');
  if (step === 0 || !group) return;
  const radios = [...group.querySelectorAll<HTMLElement>('[role=radio]')];
  radios[radios.findIndex((radio) => radio.contains(document.activeElement)) + step]?.focus();
  event.preventDefault();
}

/**
 * All statuses as one radio group. Arrows only move; Space or Enter chooses. (In a native radio group each arrow
 * chooses, which would send the first neighbour to Zoom and hold the wanted status back for a minute.)
 */
export function StatusChoice({ presence, dndMinutes, disabled }: StatusChoiceProps) {
  const run = useRun();
  const noteId = useId();
  const chosen = chosenStatus(presence);
  const hint = (status: SettableStatus) => {
    if (status === 'Do_Not_Disturb') return durationWords(dndMinutes * 60_000);
    return laterAddition(status) ? 'newer' : undefined;
  };
  return (
    <Section title="Set your status">
      <ToggleButtonGroup
        aria-label="Set your status"
        selectionMode="single"
        disallowEmptySelection
        isDisabled={disabled}
        selectedKeys={chosen ? [chosen] : []}
        onSelectionChange={(keys) => {
          const [status] = keys;
          if (isSettable(status)) run({ type: 'presence.set', status });
        }}
        className="grid auto-rows-fr grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-2"
      >
        {settableStatuses.map((status) => (
          <ToggleButton
            key={status}
            id={status}
            data-status={statusSlug(status)}
            aria-label={statusWord(status)}
            onKeyDown={moveVertically}
            {...(laterAddition(status) ? { 'aria-describedby': noteId } : {})}
            className="picked flex min-h-13 items-center gap-3 rounded-xl border border-line bg-surface px-3 py-2 text-left transition-colors hover:bg-sunken data-disabled:bg-transparent data-disabled:opacity-50 data-selected:border-accent data-selected:tint data-selected:shadow-[inset_0_0_0_1px_var(--accent)] motion-reduce:transition-none"
          >
            <StatusIcon status={status} size={1.375} />
            <span className="min-w-0 flex-1 font-medium leading-4">
              {statusWord(status)}
              {hint(status) && <span className="block font-normal text-muted text-xs">{hint(status)}</span>}
            </span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <p id={noteId} className="text-muted text-xs">
        Newer statuses came to Zoom later; an account may refuse them.
      </p>
    </Section>
  );
}
