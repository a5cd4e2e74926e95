import type { ServerResponse } from 'node:http';

/** How a hold ended: let go by a control call, or its client went away. */
type HoldEnd = 'released' | 'gone';

/** Requests that stand still until a test lets them go on. */
export interface Holds {
  /** Waits until `release`, or until the client of this request goes away. */
  wait(outgoing: ServerResponse): Promise<HoldEnd>;
  /** Lets all go on; gives how many there were. */
  release(): number;
}

export function createHolds(): Holds {
  const held = new Set<(end: HoldEnd) => void>();
  return {
    wait: (outgoing) =>
      new Promise((resolve) => {
        if (outgoing.destroyed) return resolve('gone');
        const gone = () => finish('gone');
        const finish = (end: HoldEnd) => {
          held.delete(finish);
          outgoing.off('close', gone);
          resolve(end);
        };
        held.add(finish);
        outgoing.once('close', gone);
      }),
    release: () => {
      const all = [...held];
      for (const finish of all) finish('released');
      return all.length;
    },
  };
}
