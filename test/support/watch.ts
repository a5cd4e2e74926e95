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
