/** Runs one piece of work after the other, in the order in which they were given, whether they end well or not. */
export function createInTurn() {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  /** Resolves when all that was given so far has ended. */
  const settled = async () => void (await last);
  return Object.assign(inTurn, { settled });
}
