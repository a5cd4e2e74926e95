import * as z from 'zod';
import { type Action, actionSchema } from './actions.ts';
import type { TallyError } from './errors.ts';
import type { Screen } from './places.ts';
import type { Snapshot } from './state.ts';

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: TallyError };

interface Invoke<In, Out> {
  readonly kind: 'invoke';
  readonly input: z.ZodType<In>;
  readonly out?: Out;
}
interface Notify<T> {
  readonly kind: 'notify';
  readonly payload?: T;
}

const invoke = <In, Out>(input: z.ZodType<In>): Invoke<In, Out> => ({ kind: 'invoke', input });
const notify = <T>(): Notify<T> => ({ kind: 'notify' });

/**
 * All that crosses between main and the window. Main's handlers, `window.tally` and the typed fakes of the tests
 * are made from this one value. Inputs are parsed in main; answers are data, never exceptions.
 */
export const contract = {
  state: {
    /** The current snapshot. */
    get: invoke<undefined, Snapshot>(z.undefined()),
    /** A new snapshot, after each change. */
    changed: notify<Snapshot>(),
  },
  actions: {
    /** Does one action; resolves when it was accepted (not when Zoom has answered: the snapshot tells). */
    run: invoke<Action, null>(actionSchema),
  },
  navigation: {
    /** Main asks the window to show a screen ("Preferences" in the tray). */
    show: notify<Screen>(),
  },
} as const;

type Contract = typeof contract;

/** `window.tally`: one function an entry of the contract. A notification returns its unsubscribe function. */
export type TallyBridge = {
  readonly [G in keyof Contract]: {
    readonly [M in keyof Contract[G]]: Contract[G][M] extends Invoke<infer In, infer Out>
      ? [In] extends [undefined]
        ? () => Promise<Result<Out>>
        : (input: In) => Promise<Result<Out>>
      : Contract[G][M] extends Notify<infer T>
        ? (listener: (payload: T) => void) => () => void
        : never;
  };
};

/** What main must provide: one handler an invoke entry. */
export type Handlers = {
  readonly [G in keyof Contract as 'invoke' extends Contract[G][keyof Contract[G]]['kind' &
    keyof Contract[G][keyof Contract[G]]]
    ? G
    : never]: {
    readonly [M in keyof Contract[G] as Contract[G][M] extends { kind: 'invoke' }
      ? M
      : never]: Contract[G][M] extends Invoke<infer In, infer Out>
      ? (input: In) => Promise<Result<Out>> | Result<Out>
      : never;
  };
};

export type ChannelName = `${string}.${string}`;

/** The contract as channel names by kind: all that the preload needs (it carries no schema, so it loads at once). */
export function channels(): { readonly name: ChannelName; readonly kind: 'invoke' | 'notify' }[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries).map(([method, entry]) => ({
      name: `${group}.${method}` as const,
      kind: entry.kind,
    })),
  );
}
