import { type Practice, type PracticeOptions, startPractice } from '../../electron/practice/server.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../shared/zoom/types.gen.ts';

/** A file for a multipart upload. */
export interface TestFile {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** What a call is given; where the path names a user and none is given, it is "me". */
export interface Input<K extends OperationId = OperationId> {
  readonly path?: Partial<Record<string, string>>;
  readonly query?: OperationTypes[K]['query'] | Record<string, string>;
  readonly body?: OperationTypes[K]['body'];
  readonly file?: TestFile;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined without a body. */
  readonly json: unknown;
  readonly code: number | undefined;
  readonly message: string | undefined;
}

/** A running practice Zoom and plain ways to talk to it: by `fetch`, without any of the app's own client. */
export interface Rig {
  readonly practice: Practice;
  call<K extends OperationId>(id: K, input?: Input<K>, token?: string): Promise<Answer>;
  /** A request to `/practice/*` with the control token; gives the parsed JSON. */
  control(method: string, path: string, body?: unknown): Promise<{ status: number; json: PracticeState }>;
  patch(state: Record<string, unknown>): Promise<void>;
  advance(ms: number): Promise<void>;
  fault(fault: Record<string, unknown>, match?: Record<string, string>, times?: number): Promise<void>;
  state(): Promise<PracticeState>;
}

/** The parts of the control calls' answers that tests look at. */
interface PracticeState {
  readonly now: number;
  readonly users: readonly {
    readonly id: string;
    readonly email: string;
    readonly status: string;
    readonly type: number;
    readonly presence: { readonly loggedIn: boolean };
  }[];
  readonly me: {
    readonly id: string;
    readonly presence: { readonly status: string; readonly endsAt?: number; readonly loggedIn: boolean };
    readonly picture?: { readonly sha256: string; readonly size: number; readonly type: string };
    readonly backgrounds: readonly {
      readonly id: string;
      readonly name: string;
      readonly sha256: string;
      readonly type: string;
    }[];
    readonly assistants: readonly string[];
    readonly schedulers: readonly string[];
    readonly settings: Record<string, Record<string, unknown>>;
  };
  readonly requests: readonly LoggedRequest[];
  readonly grants: readonly { readonly userId: string; readonly clientId: string }[];
  readonly refreshes: number;
  readonly message?: string;
}

interface LoggedRequest {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
  readonly status: number;
  readonly code: number | null;
  readonly body?: unknown;
  readonly tokenUser: string | null;
}

/** Runs `use` against a fresh practice Zoom, which is closed whatever happens. */
export async function withPractice<T>(options: PracticeOptions, use: (rig: Rig) => Promise<T>): Promise<T> {
  const practice = await startPractice(options);
  try {
    return await use(rigFor(practice));
  } finally {
    await practice.close();
  }
}

export function rigFor(practice: Practice): Rig {
  const control: Rig['control'] = async (method, path, body) => {
    const response = await fetch(`${practice.oauthUrl}/practice${path}`, {
      method,
      headers: { authorization: `Bearer ${practice.controlToken}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
  };
  const expectOk = async (method: string, path: string, body: unknown) => {
    const { status, json } = await control(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${json?.message}`);
  };
  return {
    practice,
    control,
    call: (id, input = {}, token = practice.accessToken) => call(practice, id, input, token),
    patch: (state) => expectOk('PATCH', '/state', state),
    advance: (ms) => expectOk('POST', '/clock', { advanceMs: ms }),
    fault: (fault, match = {}, times = 1) => expectOk('POST', '/faults', { match, times, fault }),
    state: async () => (await control('GET', '/state')).json,
  };
}

async function call(practice: Practice, id: OperationId, input: Input, token: string): Promise<Answer> {
  const operation: Operation = operations[id];
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(input.path?.[name] ?? (name === 'userId' ? 'me' : '')),
  );
  const url = new URL(practice.apiUrl + path);
  for (const [name, value] of Object.entries(input.query ?? {})) url.searchParams.set(name, String(value));
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  let body: FormData | string | null = null;
  if (input.file) {
    body = new FormData();
    body.set(operation.fileField ?? 'file', new Blob([new Uint8Array(input.file.bytes)]), input.file.name);
  } else if (input.body !== undefined) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(input.body);
  }
  const response = await fetch(url, { method: operation.method, headers, body });
  return readAnswer(response);
}

/** An answer with its JSON, if it has any. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = text === '' ? undefined : JSON.parse(text);
  return {
    status: response.status,
    headers: response.headers,
    json,
    code: json?.code,
    message: json?.message,
  };
}
