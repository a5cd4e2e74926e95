import type { Practice } from '../../../electron/practice/server.ts';

interface LoggedRequest {
  readonly id: number;
  readonly operationId: string | null;
  readonly status: number;
  readonly body?: unknown;
}

interface PracticeState {
  readonly me: {
    readonly presence: { readonly status: string; readonly endsAt?: number; readonly loggedIn: boolean };
  };
  readonly requests: readonly LoggedRequest[];
}

/** The practice Zoom as a test sees it: what it has, what it was asked, and what it shall do wrong. */
export interface ZoomControl {
  presence(): Promise<PracticeState['me']['presence']>;
  /** The bodies of all presence updates so far that were answered with `status` (default 204), oldest first. */
  updates(status?: number): Promise<unknown[]>;
  /** Waits until a presence update number `count` (from 1) has been taken, then gives its body. */
  update(count: number): Promise<unknown>;
  patch(state: Record<string, unknown>): Promise<void>;
  /** Moves the practice Zoom's clock. */
  advance(ms: number): Promise<void>;
  fault(fault: Record<string, unknown>, match?: Record<string, string>, times?: number): Promise<void>;
  clearFaults(): Promise<void>;
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
  const state = async () => (await (await control('GET', 'state')).json()) as PracticeState;
  const taken = async (status = 204) =>
    (await state()).requests.filter((entry) => entry.operationId === update && entry.status === status);

  return {
    presence: async () => (await state()).me.presence,
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
  };
}
