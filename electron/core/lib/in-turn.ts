/** Runs one piece of work after the other, in the order in which they were given, whether they end well or not. */
export interface InTurn {
  <T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when all that was given so far has ended. */
  settled(): Promise<void>;
}

export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  return Object.assign(inTurn, { settled: async () => void (await last) });
}
