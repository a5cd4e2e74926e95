import type { Action } from '../../shared/actions.ts';
import type { Result, TallyError } from '../../shared/errors.ts';
import type { FilesChannel, TallyBridge } from '../../shared/ipc/channels.ts';
import type { PopoverBridge } from '../../shared/ipc/popover.ts';
import type { Snapshot } from '../../shared/state.ts';
import { components as t } from '../../shared/words/en/components.ts';

declare global {
  interface Window {
    /** The one way out of the window, put there by the preload. */
    readonly tally: TallyBridge;
    /** The same for the popover, by a preload of its own. */
    readonly popover: PopoverBridge;
  }
}

declare module 'react' {
  interface HTMLAttributes<T> {
    /** Where the preload sends the files that are dropped, pasted or chosen within this element. */
    'data-files'?: FilesChannel | undefined;
  }
}

/** What the window knows of main's state. */
type Known =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly snapshot: Snapshot }
  | { readonly phase: 'failed'; readonly error: TallyError };

export interface SnapshotStore {
  subscribe(listener: () => void): () => void;
  get(): Known;
  /** Asks main again, after a failure. */
  load(): void;
}

/**
 * Asks main. Never rejects: a bridge that is broken is an error like any other.
 * @param what said of it then
 */
export async function ask<T>(call: Promise<Result<T>>, what = t.noAnswer): Promise<Result<T>> {
  try {
    return await call;
  } catch {
    // Built by hand: shared/errors.ts as a value would bring zod and its `new Function` into the window.
    return { ok: false, error: { kind: 'internal', what, action: 'retry' } };
  }
}

/**
 * Holds the newest snapshot for useSyncExternalStore. The first one is asked for, the others are pushed;
 * an answer older than what was already pushed is dropped.
 */
export function createSnapshotStore(bridge: Pick<TallyBridge, 'state'>): SnapshotStore {
  let known: Known = { phase: 'loading' };
  const listeners = new Set<() => void>();
  const become = (next: Known) => {
    known = next;
    for (const listener of listeners) listener();
  };
  const accept = (snapshot: Snapshot) => {
    if (known.phase === 'ready' && known.snapshot.version >= snapshot.version) return;
    become({ phase: 'ready', snapshot });
  };
  const fail = (error: TallyError) => {
    if (known.phase !== 'ready') become({ phase: 'failed', error });
  };
  const load = async () => {
    if (known.phase === 'failed') become({ phase: 'loading' });
    const result = await ask(bridge.state.get(), t.stateUnreadable);
    if (result.ok) accept(result.value);
    else fail(result.error);
  };
  bridge.state.changed(accept);
  void load();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: () => known,
    load,
  };
}

/** Sends one action to main. */
export function runAction(bridge: Pick<TallyBridge, 'actions'>, action: Action): Promise<Result<null>> {
  return ask(bridge.actions.run(action), t.notTaken);
}
