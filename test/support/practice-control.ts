import type { PracticeState } from '../../electron/practice/control.ts';
import type { Fault, FaultMatch } from '../../electron/practice/fault-schema.ts';
import type { Practice } from '../../electron/practice/server.ts';
import { readJson } from '../../shared/json.ts';

/** The practice Zoom's calls under `/practice`: what it has and was asked, and what it shall do wrong. */
export interface PracticeControl {
  /** Any of the calls, whatever it answers; `json` is undefined where there is no body. */
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<{ status: number; json: T }>;
  /** With the details of a person by id or e-mail; of the practice user where none is named. */
  state(user?: string): Promise<PracticeState>;
  patch(change: Record<string, unknown>): Promise<void>;
  /** Moves the practice Zoom's clock. */
  advance(ms: number): Promise<void>;
  /** The next `times` requests that match go wrong; all match unless told. */
  fault(fault: Fault, match?: FaultMatch, times?: number): Promise<void>;
}

export function controlOf({ oauthUrl, controlToken }: Practice): PracticeControl {
  const control = async <T>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${oauthUrl}/practice${path}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: readJson(text) as T };
  };
  const done = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
    const { status, json } = await control<T>(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(json)}`);
    return json;
  };
  return {
    control,
    state: (user) => done('GET', user === undefined ? '/state' : `/state?user=${encodeURIComponent(user)}`),
    patch: (change) => done('PATCH', '/state', change),
    advance: (ms) => done('POST', '/clock', { advanceMs: ms }),
    fault: (fault, match = {}, times = 1) => done('POST', '/faults', { fault, match, times }),
  };
}
