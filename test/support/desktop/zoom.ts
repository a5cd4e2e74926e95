import type { PracticeState } from '../../../electron/practice/control.ts';
import type { FaultMatch } from '../../../electron/practice/fault-schema.ts';
import type { LogEntry } from '../../../electron/practice/log.ts';
import type { Practice } from '../../../electron/practice/server.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { controlOf, type PracticeControl } from '../practice-control.ts';

/** The practice Zoom as a test of the whole app sees it. A fault is for the next presence update unless told. */
export interface ZoomControl extends PracticeControl {
  /** Of a person by id or e-mail; of the practice user where none is named. */
  presence(user?: string): Promise<PracticeState['me']['presence']>;
  /** Of a person by id or e-mail; of the practice user where none is named. */
  backgrounds(user?: string): Promise<PracticeState['me']['backgrounds']>;
  /** The bodies of all presence updates so far that were answered with `status` (default 204), oldest first. */
  updates(status?: number): Promise<unknown[]>;
  /** Waits until a presence update number `count` (from 1) has been taken, then gives its body. */
  update(count: number): Promise<unknown>;
  clearFaults(): Promise<void>;
  /** Faults that are armed and were not met yet. */
  faults(): Promise<readonly unknown[]>;
  /** Waits until a request that matches stands still (a fault of the kind `hold` must be armed), after the one numbered `after`. */
  held(match: FaultMatch, after?: number): Promise<LogEntry>;
  /** Lets every request that stands still go on; gives how many there were. */
  release(): Promise<number>;
  /** All so far, or those of one operation, oldest first. */
  requests(operation?: OperationId): Promise<readonly LogEntry[]>;
  /** Sign-ins that live; the practice Zoom starts with one of its own user, which a new one through the same app ends. */
  grants(): Promise<PracticeState['grants']>;
  /** Refresh tokens traded, and sign-ins ended by the app, so far. */
  counts(): Promise<{ readonly refreshes: number; readonly revocations: number }>;
}

const update = 'updatePresenceStatus';

export function createZoomControl(practice: Practice): ZoomControl {
  const zoom = controlOf(practice);
  const taken = async (status = 204) =>
    (await zoom.state()).requests.filter((entry) => entry.operationId === update && entry.status === status);
  /** The first request that matches after the one numbered `after`; throws where none comes. */
  async function next(match: FaultMatch, after: number): Promise<LogEntry> {
    const query = new URLSearchParams({ ...match, after: String(after) });
    const { status, json } = await zoom.control<LogEntry>('GET', `/wait?${query}`);
    if (status !== 200) throw new Error(`No such request came: ${query}`);
    return json;
  }

  return {
    ...zoom,
    fault: (fault, match = { operationId: update }, times = 1) => zoom.fault(fault, match, times),
    presence: async (user) => (await zoom.state(user)).me.presence,
    backgrounds: async (user) => (await zoom.state(user)).me.backgrounds,
    updates: async (status) => (await taken(status)).map(({ body }) => body),
    async update(count) {
      for (let after = 0; ; ) {
        const entry = (await taken())[count - 1];
        if (entry) return entry.body;
        after = (await next({ operationId: update }, after)).id;
      }
    },
    async clearFaults() {
      await zoom.control('DELETE', '/faults');
    },
    faults: async () => (await zoom.control<{ faults: unknown[] }>('GET', '/faults')).json.faults,
    async held(match, after = 0) {
      for (let last = after; ; ) {
        const entry = await next(match, last);
        if (entry.held) return entry;
        last = entry.id;
      }
    },
    release: async () => (await zoom.control<{ released: number }>('POST', '/release')).json.released,
    async requests(operation) {
      const { requests } = await zoom.state();
      return operation === undefined ? requests : requests.filter((entry) => entry.operationId === operation);
    },
    grants: async () => (await zoom.state()).grants.filter((grant) => grant.clientId !== 'harness'),
    async counts() {
      const { refreshes, revocations } = await zoom.state();
      return { refreshes, revocations };
    },
  };
}
