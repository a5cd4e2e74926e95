import { vi } from 'vitest';

/** Lets a test wait for what tells of its changes. */
export interface Watch {
  /** To be called after each change. */
  changed(): void;
  /** Resolves with what `read` gives, now or after a change, as soon as `test` holds for it. */
  until<T>(read: () => T, test: (value: T) => boolean): Promise<T>;
}

export function createWatch(): Watch {
  const waiting = new Set<() => void>();
  return {
    changed() {
      for (const look of [...waiting]) look();
    },
    until: (read, test) =>
      new Promise((done) => {
        const look = () => {
          const value = read();
          if (!test(value)) return;
          waiting.delete(look);
          done(value);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** What a promise has come to within a turn of the event loop: at once, however slow the machine is. Rejects where it waits for more. */
export function nextTurn<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(resolve, reject);
    setImmediate(() => setImmediate(() => reject(new Error('It is still waiting.'))));
  });
}

/** Something a test waits for. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open };
}

/** Looks until an expectation holds. The limit ends what hangs, not what is slow. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 50_000, interval: 5 });
}
