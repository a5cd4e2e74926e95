import { isSameName } from './preset-commands.ts';
import type { Snapshot } from './state.ts';
import { shortcuts as t } from './words/en/shortcuts.ts';

type Known = Pick<Snapshot, 'preferences' | 'presets' | 'refusedShortcuts' | 'shortcutTriggers'>;

/** For what a shortcut is: the popover, or the preset of that name (which may be a new one). */
export type ShortcutUse = { readonly kind: 'popover' } | { readonly kind: 'preset'; readonly name: string };

/** Why a shortcut can't be had for that; undefined where it can, or is not known to be refused. */
export function shortcutProblem(shortcut: string, use: ShortcutUse, known: Known): string | undefined {
  if (shortcut === '') return undefined;
  const name = use.kind === 'preset' ? use.name : '';
  if (use.kind === 'preset' && known.preferences.shortcut === shortcut) return t.opensPopover;
  const other = known.presets.list.find((one) => one.shortcut === shortcut && !isSameName(one.name, name));
  if (other) return t.hasIt(other.name);
  const refusal = known.refusedShortcuts?.[shortcut];
  if (refusal === undefined || refusal === 'asking') return undefined;
  return t.refused[refusal](name === '' ? 'tally' : `tally status ${name}`);
}

/** What the desktop says of a shortcut that there is no problem with; undefined where Tally's own keys hold. */
export function shortcutNews(shortcut: string, known: Known): string | undefined {
  if (known.refusedShortcuts?.[shortcut] === 'asking') return t.asking;
  const trigger = known.shortcutTriggers?.[shortcut];
  if (trigger === undefined) return undefined;
  return trigger === '' ? t.givenUnsaid : t.pressed(trigger);
}
