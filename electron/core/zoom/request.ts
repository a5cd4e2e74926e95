import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { writeJson } from '../../../shared/json.ts';
import type { Operation } from '../../../shared/zoom/operations.gen.ts';
import type { UploadFile } from '../http/multipart.ts';

/** What a caller gives; the values come from forms and links too, so nothing about them is believed. */
interface RawInput {
  readonly path?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly file?: UploadFile | undefined;
}

export interface Prepared {
  readonly ok: true;
  /** Path and query, each part encoded; to be put behind the API's base address. */
  readonly target: string;
  /** JSON text, when there is a body to send. */
  readonly json: string | null;
  readonly file: UploadFile | null;
}

class InputProblem extends Error {}

/**
 * Checks the input against the operation and writes the request down; nothing is sent here. Parameters that are
 * undefined are left out, unknown ones are refused, but in the query with `anyQuery`. `userId` is `me` unless told, but never for destructive operations.
 * Whether values fit Zoom's schemas is the business of the catalogue's validator.
 */
export function prepare(
  operation: Operation,
  input: RawInput,
  { anyQuery = false } = {},
): Prepared | { readonly ok: false; readonly error: TallyError } {
  try {
    const path = fillPath(operation, setEntries(input.path, 'path'));
    const asked = setEntries(input.query, 'query');
    if (!anyQuery) refuseUnknown(operation, operation.queryParams, asked);
    const query = fillQuery(asked);
    return {
      ok: true,
      target: path + (query === '' ? '' : `?${query}`),
      json: jsonBody(operation, input.body),
      file: uploadFile(operation, input.file),
    };
  } catch (cause) {
    if (!(cause instanceof InputProblem)) throw cause;
    return { ok: false, error: tallyError('invalid-input', cause.message) };
  }
}

function setEntries(group: unknown, name: string): Map<string, unknown> {
  if (group === undefined || group === null) return new Map();
  if (typeof group !== 'object' || Array.isArray(group)) {
    throw new InputProblem(`The ${name} parameters aren’t a list of names and values.`);
  }
  return new Map(Object.entries(group).filter(([, value]) => value !== undefined));
}

function fillPath(operation: Operation, given: Map<string, unknown>): string {
  if (!given.has('userId') && operation.me && operation.danger !== 'destructive') {
    if (operation.pathParams.includes('userId')) given.set('userId', 'me');
  }
  refuseUnknown(operation, operation.pathParams, given);
  return operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const text = given.has(name) ? scalar(given.get(name), name) : '';
    if (text === '') throw new InputProblem(`“${name}” is missing.`);
    // Dots are not changed by encoding, and servers on the way would resolve them as folders.
    if (text === '.' || text === '..') throw new InputProblem(`“${name}” can’t be “${text}”.`);
    return encode(text, name);
  });
}

function fillQuery(given: Map<string, unknown>): string {
  const parts: string[] = [];
  for (const [name, value] of given) {
    // Zoom's list parameters are texts with commas.
    const text = Array.isArray(value)
      ? value.map((item) => scalar(item, name)).join(',')
      : scalar(value, name);
    parts.push(`${encode(name, name)}=${encode(text, name)}`);
  }
  return parts.join('&');
}

function refuseUnknown(operation: Operation, known: readonly string[], given: Map<string, unknown>): void {
  for (const name of given.keys()) {
    if (!known.includes(name)) throw new InputProblem(`“${operation.title}” has no parameter “${name}”.`);
  }
}

function scalar(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new InputProblem(`“${name}” is neither a text nor a number.`);
}

function encode(text: string, name: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new InputProblem(`“${name}” contains half a character.`);
  }
}

function jsonBody(operation: Operation, body: unknown): string | null {
  if (body === undefined) return null;
  if (operation.body !== 'json') throw new InputProblem(`“${operation.title}” takes no fields.`);
  if (body === null || typeof body !== 'object') throw new InputProblem('The fields aren’t an object.');
  try {
    JSON.stringify(body, (key, value: unknown) => {
      // It would be sent as null without a word.
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new InputProblem(`“${key}” isn’t a number.`);
      }
      return typeof value === 'bigint' ? 0 : value;
    });
    return writeJson(body);
  } catch (cause) {
    if (cause instanceof InputProblem) throw cause;
    throw new InputProblem('The fields can’t be written as JSON.');
  }
}

function uploadFile(operation: Operation, file: UploadFile | undefined): UploadFile | null {
  if (operation.body !== 'multipart') {
    if (file !== undefined) throw new InputProblem(`“${operation.title}” takes no file.`);
    return null;
  }
  if (file === undefined) throw new InputProblem(`“${operation.title}” needs a file.`);
  if (!Number.isSafeInteger(file.size) || file.size < 0)
    throw new InputProblem('The size of the file is unknown.');
  return file;
}
