import { type Practice, type PracticeOptions, startPractice } from '../../electron/practice/server.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../shared/zoom/types.gen.ts';
import { controlOf, type PracticeControl } from './practice-control.ts';

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
export interface Rig extends PracticeControl {
  readonly practice: Practice;
  call<K extends OperationId>(id: K, input?: Input<K>, token?: string): Promise<Answer>;
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
  return {
    practice,
    call: (id, input = {}, token = practice.accessToken) => call(practice, id, input, token),
    ...controlOf(practice),
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
