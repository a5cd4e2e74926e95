import { type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useState } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { timerCommands } from '../../../shared/commands.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { statusOfSlug } from '../../../shared/said.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { presence as t } from '../../../shared/words/en/presence.ts';
import {
  isSettable,
  type SettableStatus,
  shownStatuses,
  statusSlug,
  statusWord,
  usualStatuses,
} from '../../../shared/zoom/presence.ts';
import { Section } from '../../components/card.tsx';
import { ContextMenu } from '../../components/context-menu.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { chosenStatus } from '../../lib/words.ts';
import { OpenZoom } from './open-zoom.tsx';

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

const look =
  'flex items-center rounded-xl border border-frame bg-surface transition-colors hover:bg-sunken data-disabled:bg-transparent data-disabled:opacity-50 data-selected:border-accent motion-reduce:transition-none';
const confirmed = 'picked data-selected:tint data-selected:shadow-[inset_0_0_0_1px_var(--accent)]';
/** Asked for, and not yet what Zoom has. */
const asked = 'data-selected:border-2 data-selected:border-dashed';
const large =
  'col-span-2 min-h-13 gap-3 px-3 py-2 text-left sm:col-span-4 sm:min-h-19 sm:flex-col sm:justify-center sm:gap-1.5 sm:px-1 sm:text-center';
const small = 'col-span-2 min-h-11 gap-2 px-3 py-1.5 text-left sm:col-span-5 sm:min-h-9 sm:px-2 sm:text-xs';
const narrow = 'relative min-h-18 min-w-0 flex-col justify-center gap-1 px-0.5 pt-2.5 text-center text-xs';
const otherStatuses = shownStatuses.slice(usualStatuses.length);

interface AllStatusesProps extends StatusChoiceProps {
  /** Another length is to be typed. */
  readonly onOther: (status: SettableStatus) => void;
}

/** All statuses, those first that a person can choose in the Zoom app, too. A right click on one offers it for a while. */
export function StatusChoice({ onOther, ...props }: AllStatusesProps) {
  const { presence, dndMinutes, disabled } = props;
  const [asked, setAsked] = useState<Asked>();
  const close = useCallback(() => setAsked(undefined), []);
  const ask = (event: MouseEvent) => {
    const tile = event.target instanceof Element ? event.target.closest('[role=radio]') : null;
    const status = statusOfSlug(tile?.getAttribute('data-status') ?? undefined);
    if (!(tile instanceof HTMLElement) || !status || disabled) return;
    event.preventDefault();
    tile.focus({ preventScroll: true });
    // The key for it tells no place of its own.
    const { left, bottom } = tile.getBoundingClientRect();
    const at = event.clientX > 0 ? { x: event.clientX, y: event.clientY } : { x: left, y: bottom };
    setAsked({ status, at });
  };
  const chosen = chosenStatus(presence);
  const waiting = presence.waiting?.change.status;
  const hint = (status: SettableStatus) => {
    if (status === waiting) return t.waiting;
    return status === 'Do_Not_Disturb' && status !== chosen ? durationWords(dndMinutes * 60_000) : undefined;
  };
  const tile = (status: SettableStatus) => {
    const isLarge = usualStatuses.includes(status);
    return (
      <Tile
        key={status}
        status={status}
        waiting={waiting}
        look={isLarge ? large : small}
        iconSize={isLarge ? 1.375 : 1}
      >
        <span
          className={`min-w-0 font-medium leading-4 [overflow-wrap:anywhere] ${isLarge ? 'max-sm:flex-1' : 'flex-1'}`}
        >
          {statusWord(status)}
          {hint(status) && <span className="block font-normal text-muted text-xs">{hint(status)}</span>}
        </span>
      </Tile>
    );
  };
  return (
    <Section title={t.setYourStatus}>
      {presence.current.status === 'Offline' && !presence.failed && (
        <div className="-mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-52 text-muted">{t.takesNone}</p>
          <OpenZoom />
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is the tiles within that are asked of */}
      <div onContextMenu={ask}>
        <Choice {...props} look="grid-cols-4 gap-2 sm:grid-cols-20">
          {usualStatuses.map(tile)}
          <p className="col-span-full mt-1 text-muted text-xs">{t.zoomSetsThese}</p>
          {otherStatuses.map(tile)}
        </Choice>
      </div>
      {asked && <Lengths {...asked} onOther={onOther} onClose={close} />}
    </Section>
  );
}

interface Asked {
  readonly status: SettableStatus;
  readonly at: { readonly x: number; readonly y: number };
}

interface LengthsProps extends Asked, Pick<AllStatusesProps, 'onOther'> {
  readonly onClose: () => void;
}

function Lengths({ status, at, onOther, onClose }: LengthsProps) {
  const run = useRun();
  const usual = timerCommands(status).map(({ brief, title, action }) => ({
    words: brief ?? title,
    onPress: () => void run(action),
  }));
  return (
    <ContextMenu
      label={t.statusForLength(statusWord(status))}
      entries={[...usual, { words: t.otherLength, onPress: () => onOther(status) }]}
      at={at}
      onClose={onClose}
    />
  );
}

/** Zoom's own five in one narrow row, with the keys that choose them. */
export function UsualStatuses(props: Omit<StatusChoiceProps, 'dndMinutes'>) {
  return (
    <Choice {...props} look="grid-cols-[repeat(auto-fit,minmax(min(3.5rem,100%),1fr))] gap-1.5">
      {usualStatuses.map((status, at) => (
        <Tile
          key={status}
          status={status}
          waiting={props.presence.waiting?.change.status}
          look={narrow}
          iconSize={1.25}
        >
          <span className="max-w-full font-medium text-[0.6875rem] leading-3 [overflow-wrap:anywhere]">
            {statusWord(status)}
          </span>
          <span aria-hidden="true" className="absolute top-0.5 right-1.5 text-[0.625rem] text-muted">
            {at + 1}
          </span>
        </Tile>
      ))}
    </Choice>
  );
}

interface ChoiceProps extends Omit<StatusChoiceProps, 'dndMinutes'> {
  readonly look: string;
  readonly children: ReactNode;
}

/**
 * Statuses as one radio group. Arrows only move; Space or Enter chooses. (In a native radio group each arrow chooses, which would send
 * the first neighbor to Zoom and hold the wanted status back for a minute.)
 */
function Choice({ presence, disabled, look, children }: ChoiceProps) {
  const run = useRun();
  const chosen = chosenStatus(presence);
  return (
    <ToggleButtonGroup
      aria-label={t.setYourStatus}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={disabled}
      selectedKeys={chosen ? [chosen] : []}
      onSelectionChange={(keys) => {
        const [status] = keys;
        if (isSettable(status)) run({ type: 'presence.set', status });
      }}
      className={`grid ${look}`}
    >
      {children}
    </ToggleButtonGroup>
  );
}

interface TileProps {
  readonly status: SettableStatus;
  /** What is asked for, and waits. */
  readonly waiting: SettableStatus | undefined;
  readonly look: string;
  /** In rem. */
  readonly iconSize: number;
  readonly children: ReactNode;
}

function Tile({ status, waiting, look: own, iconSize, children }: TileProps) {
  return (
    <ToggleButton
      id={status}
      data-status={statusSlug(status)}
      aria-label={statusWord(status)}
      aria-keyshortcuts={String(shownStatuses.indexOf(status) + 1)}
      onKeyDown={moveVertically}
      className={`${look} ${status === waiting ? asked : confirmed} ${own}`}
    >
      <StatusIcon status={status} size={iconSize} />
      {children}
    </ToggleButton>
  );
}
