import type { Snapshot } from '../state.ts';
import { common } from './en/common.ts';

/** How many changes wait to be saved. */
export function unsavedIn(view: { readonly edits: object } | undefined): number {
  return Object.keys(view?.edits ?? {}).length;
}

/** How many of them there are in all screens that were opened. */
export function unsavedCount({ settings, profile }: Pick<Snapshot, 'settings' | 'profile'>): number {
  return unsavedIn(settings) + unsavedIn(profile);
}

/** The same in words. */
export function unsavedWords(count: number): string {
  return common.unsavedChanges(count);
}
