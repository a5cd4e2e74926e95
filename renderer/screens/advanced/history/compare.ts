import type { HistoryEntry, Json } from '../../../../shared/advanced.ts';
import { isList, isObject, pointerTo, readJson, sameJson } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';

/** A place that two calls have, or one of them. */
export interface Difference {
  /** JSON pointer, or what it is in words. */
  readonly at: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** So many differences of the answers are listed; nobody reads more. */
const most = 500;

/** Where two values differ, down to the single leaf. */
export function differencesOf(before: Json | undefined, after: Json | undefined, at = ''): Difference[] {
  if (sameJson(before, after)) return [];
  const both = [before, after];
  if (both.every((one) => isObject(one)) || both.every(isList)) {
    const [a, b] = both as [Record<string, Json>, Record<string, Json>];
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    const own = (of: Record<string, Json>, key: string) => (Object.hasOwn(of, key) ? of[key] : undefined);
    return keys.flatMap((key) => differencesOf(own(a, key), own(b, key), pointerTo(at, key)));
  }
  return [{ at, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** What differs between two calls of the history, in what was sent and in what came. */
export function compare(a: HistoryEntry, b: HistoryEntry) {
  const answer = [
    ...differencesOf(statusOf(a), statusOf(b), t.status),
    ...differencesOf(bodyOf(a), bodyOf(b)).map((one) => (one.at === '' ? { ...one, at: t.body } : one)),
  ];
  return {
    request: [
      ...differencesOf(a.operation, b.operation, t.operation),
      ...differencesOf(sentOf(a), sentOf(b)),
    ],
    answer: answer.slice(0, most),
    /** More differences of the answers than are listed. */
    more: Math.max(0, answer.length - most),
  };
}

function sentOf({ input: { path, query, body, file } }: HistoryEntry): Json {
  return { path, query, ...(body !== undefined && { body }), ...(file !== undefined && { file }) };
}

function statusOf({ answer: { http, error } }: HistoryEntry): Json {
  return http ? `${http.status} ${http.phrase}` : (error?.what ?? t.noAnswer);
}

function bodyOf({ answer: { http } }: HistoryEntry): Json | undefined {
  if (!http || http.form === 'empty') return undefined;
  if (http.form === 'text') return http.body;
  return readJson(http.body) ?? http.body;
}
