import type { Practice } from '../../../electron/practice/server.ts';

interface LoggedRequest {
  readonly id: number;
  readonly operationId: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
  /** Whose token it came with. */
  readonly tokenUser: string | null;
  /** It stands still, by a fault of the kind `hold`. */
  readonly held: boolean;
}

/** A background that the practice Zoom keeps. */
interface BackgroundAtZoom {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** Of the bytes that arrived, hex. */
  readonly sha256: string;
}

/** A living sign-in of a person through an app. */
interface LivingGrant {
  readonly userId: string;
  readonly clientId: string;
  readonly refreshes: number;
}

interface PracticeState {
  readonly me: {
    readonly backgrounds: readonly BackgroundAtZoom[];
    readonly presence: { readonly status: string; readonly endsAt?: number; readonly loggedIn: boolean };
  };
  readonly requests: readonly LoggedRequest[];
  readonly grants: readonly LivingGrant[];
  readonly refreshes: number;
  readonly revocations: number;
}

/** The practice Zoom as a test sees it: what it has, what it was asked, and what it shall do wrong. */
export interface ZoomControl {
  /** Of a person by id or e-mail; of the practice user where none is named. */
  presence(user?: string): Promise<PracticeState['me']['presence']>;
  /** Of a person by id or e-mail; of the practice user where none is named. */
  backgrounds(user?: string): Promise<readonly BackgroundAtZoom[]>;
  /** The bodies of all presence updates so far that were answered with `status` (default 204), oldest first. */
  updates(status?: number): Promise<unknown[]>;
  /** Waits until a presence update number `count` (from 1) has been taken, then gives its body. */
  update(count: number): Promise<unknown>;
  patch(state: Record<string, unknown>): Promise<void>;
  /** Moves the practice Zoom's clock. */
  advance(ms: number): Promise<void>;
  fault(fault: Record<string, unknown>, match?: Record<string, string>, times?: number): Promise<void>;
  clearFaults(): Promise<void>;
  /** Waits until a request that matches stands still (a fault of the kind `hold` must be armed), after the one numbered `after`. */
  held(
    match: { operationId?: string; path?: string; method?: string },
    after?: number,
  ): Promise<LoggedRequest>;
  /** Lets every request that stands still go on; gives how many there were. */
  release(): Promise<number>;
  requests(): Promise<readonly LoggedRequest[]>;
  /** Sign-ins that live; the practice Zoom starts with one of its own user, which a new one through the same app ends. */
  grants(): Promise<readonly LivingGrant[]>;
  /** Refresh tokens traded, and sign-ins ended by the app, so far. */
  counts(): Promise<{ readonly refreshes: number; readonly revocations: number }>;
}

const update = 'updatePresenceStatus';

export function createZoomControl({ oauthUrl, controlToken }: Practice): ZoomControl {
  async function control(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${oauthUrl}/practice/${path}`, {
      method,
      headers: { Authorization: `Bearer ${controlToken}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`practice ${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
  async function state(user?: string): Promise<PracticeState> {
    const path = user === undefined ? 'state' : `state?user=${encodeURIComponent(user)}`;
    return (await (await control('GET', path)).json()) as PracticeState;
  }
  const taken = async (status = 204) =>
    (await state()).requests.filter((entry) => entry.operationId === update && entry.status === status);

  return {
    presence: async (user) => (await state(user)).me.presence,
    backgrounds: async (user) => (await state(user)).me.backgrounds,
    updates: async (status) => (await taken(status)).map(({ body }) => body),
    async update(count) {
      for (let after = 0; ; ) {
        const entry = (await taken())[count - 1];
        if (entry) return entry.body;
        const response = await control('GET', `wait?operationId=${update}&after=${after}`);
        if (response.status === 204) throw new Error(`Zoom was not sent presence update ${count}.`);
        after = ((await response.json()) as LoggedRequest).id;
      }
    },
    async patch(change) {
      await control('PATCH', 'state', change);
    },
    async advance(ms) {
      await control('POST', 'clock', { advanceMs: ms });
    },
    async fault(fault, match = { operationId: update }, times = 1) {
      await control('POST', 'faults', { fault, match, times });
    },
    async clearFaults() {
      await control('DELETE', 'faults');
    },
    async held(match, after = 0) {
      for (let last = after; ; ) {
        const query = new URLSearchParams({ ...match, after: String(last) });
        const response = await control('GET', `wait?${query}`);
        if (response.status === 204) throw new Error(`No request stood still: ${JSON.stringify(match)}`);
        const entry = (await response.json()) as LoggedRequest;
        if (entry.held) return entry;
        last = entry.id;
      }
    },
    async release() {
      return ((await (await control('POST', 'release')).json()) as { released: number }).released;
    },
    requests: async () => (await state()).requests,
    grants: async () => (await state()).grants.filter((grant) => grant.clientId !== 'harness'),
    async counts() {
      const { refreshes, revocations } = await state();
      return { refreshes, revocations };
    },
  };
}
