import * as z from 'zod';
import type { CallAnswer, CallInput, HistoryEntry, HistoryLine } from '../../../shared/advanced.ts';
import { tallyErrorSchema } from '../../../shared/errors.ts';
import { isObject, readJson } from '../../../shared/json.ts';
import { anyJson } from '../../../shared/json-schema.ts';
import { type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import { hideInError, shownPointers } from './answer.ts';
import { createHider, type Hider, withoutSecrets } from './secrets.ts';

/** Most characters of a body that are kept. */
const longestBody = 200_000;

const parameters = z.record(z.string(), anyJson);

const operation = z.enum(Object.keys(operations) as [OperationId, ...OperationId[]]);

const input = z.object({
  operation,
  path: parameters,
  query: parameters,
  body: anyJson.exactOptional(),
});

const answer = z.object({
  call: z.string(),
  at: z.number(),
  ms: z.number().min(0),
  http: z
    .object({
      status: z.int(),
      phrase: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      size: z.int().min(0),
      form: z.enum(['json', 'text', 'empty']),
      body: z.string(),
      hidden: z.array(z.string()),
    })
    .exactOptional(),
  limits: z
    .object({
      label: z.enum(['Light', 'Medium', 'Heavy', 'Resource-intensive']),
      type: z.enum(['per-second', 'daily']).nullable(),
      limit: z.number().nullable(),
      remaining: z.number().nullable(),
    })
    .exactOptional(),
  trackingId: z.string().exactOptional(),
  error: tallyErrorSchema.exactOptional(),
  meanings: z.array(z.string()),
  next: input.exactOptional(),
});

const file = z.object({ name: z.string(), size: z.int().min(0) });

const stored = z.object({ input, answer, file: file.exactOptional() });

/** The rule by which an entry has no secret in it: a higher one than a former Tally had. */
const rule = 2;

/** Whether what is kept was written by the rule of today. */
export const isOfToday = (json: unknown): boolean => isObject(json) && json.rule === rule;

/** The part of an entry that is written. */
type Kept = Pick<HistoryEntry, 'input' | 'answer' | 'file'>;

/**
 * An entry from what is kept, which anybody may have changed meanwhile; undefined where it is none. What is secret in it is
 * hidden, whatever was thought of it when it was written.
 */
export function readEntry(id: string, json: unknown): HistoryEntry | undefined {
  const parsed = stored.safeParse(json);
  if (!parsed.success || parsed.data.answer.call !== id) return undefined;
  return entryOf(hideIn(parsed.data));
}

/** What a list shows of a kept call, which is nothing that could be secret; undefined where it is none. */
export function readLine(id: string, json: unknown): HistoryLine | undefined {
  const parsed = stored.safeParse(json);
  if (!parsed.success || parsed.data.answer.call !== id) return undefined;
  return lineOf(entryOf(parsed.data));
}

const index = z.object({
  rule: z.literal(rule),
  calls: z.array(
    z.object({
      id: z.string(),
      bytes: z.int().min(0),
      changed: z.number(),
      at: z.number(),
      operation,
      status: z.int().exactOptional(),
      ms: z.number().min(0),
      worked: z.boolean(),
    }),
  ),
});

/** What a list shows of a call, and the file that it was read from: as long as that is the same, it need not be opened. */
export interface Indexed {
  readonly line: HistoryLine;
  readonly bytes: number;
  /** Epoch milliseconds with fractions. */
  readonly changed: number;
}

/** The calls of an index by their ids; none where it is not one of today's rule. */
export function readIndex(json: unknown): ReadonlyMap<string, Indexed> {
  const parsed = index.safeParse(json);
  const calls = parsed.success ? parsed.data.calls : [];
  return new Map(calls.map(({ bytes, changed, ...line }) => [line.id, { line, bytes, changed }]));
}

/** The index of calls that were written by the rule of today. */
export function storeIndex(calls: readonly Indexed[]): object {
  return { rule, calls: calls.map(({ line, bytes, changed }) => ({ ...line, bytes, changed })) };
}

export function lineOf({ id, at, operation, status, ms, worked }: HistoryEntry): HistoryLine {
  return { id, at, operation, ...(status !== undefined && { status }), ms, worked };
}

function hideIn(kept: Kept): Kept {
  const { http, error, next } = kept.answer;
  const hider = createHider([]);
  return {
    ...kept,
    input: keptInput(kept.input),
    answer: {
      ...kept.answer,
      ...(http && { http: hideInHttp(http, hider) }),
      ...(error && { error: hideInError(error, hider) }),
      ...(next && { next: keptInput(next) }),
    },
  };
}

function hideInHttp(http: NonNullable<CallAnswer['http']>, hider: Hider): NonNullable<CallAnswer['http']> {
  const headers = http.headers.map(([name, value]): [string, string] => [name, hider.text(value)]);
  if (http.form !== 'json' || readJson(http.body) === undefined)
    return { ...http, headers, body: hider.text(http.body) };
  const { text, hidden } = hider.json(http.body);
  return { ...http, headers, body: text, hidden: shownPointers([...http.hidden, ...hidden.keys()]) };
}

function entryOf(kept: Kept): HistoryEntry {
  const { at, ms, http, error } = kept.answer;
  return {
    id: kept.answer.call,
    at,
    operation: kept.input.operation,
    ...(http && { status: http.status }),
    ms,
    worked: error === undefined && http !== undefined,
    ...kept,
  };
}

/** A call as it is kept: without what is secret in its request, and with a long body cut. */
export function entryFor(
  sent: CallInput,
  came: CallAnswer,
  upload: { readonly name: string; readonly size: number } | undefined,
): HistoryEntry {
  const { next, ...rest } = came;
  return entryOf({
    input: keptInput(sent),
    answer: { ...cut(rest), ...(next && { next: keptInput(next) }) },
    ...(upload && { file: { name: upload.name, size: upload.size } }),
  });
}

/** The part of an entry that is written; the line is made from it again. */
export function storeEntry({ input, answer, file }: HistoryEntry): object {
  return { rule, input, answer, ...(file && { file }) };
}

function keptInput({ operation, file: _file, ...given }: CallInput): CallInput {
  return { operation, ...(withoutSecrets(given) as typeof given) };
}

function cut(answer: CallAnswer): CallAnswer {
  const { http } = answer;
  if (!http || http.body.length <= longestBody) return answer;
  // Half a surrogate pair would be written as a sign of its own.
  const start = http.body.slice(0, longestBody).replace(/[\ud800-\udbff]$/, '');
  return { ...answer, http: { ...http, form: 'text', body: start + cutHere, hidden: [] } };
}

const cutHere = '\n… The history keeps the first 200,000 characters of an answer.';
