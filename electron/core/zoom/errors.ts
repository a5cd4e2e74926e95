import { type ErrorKind, type TallyError, tallyError, type ZoomAnswer } from '../../../shared/errors.ts';
import { isObject, parseJson } from '../../../shared/json.ts';
import { codeMeanings } from '../../../shared/zoom/limits.gen.ts';
import type { Operation } from '../../../shared/zoom/operations.gen.ts';
import { withoutTokens } from '../../../shared/zoom/secrets.ts';
import { type Answer, header } from '../http/answer.ts';
import type { Multipart } from '../http/multipart.ts';
import { proxyAsks } from './connection-errors.ts';
import { type LimitInfo, nextMidnight } from './limits.ts';

/** What an answer means. `data` is null where Zoom sends no body. */
type Verdict =
  | { readonly ok: true; readonly data: unknown; readonly trackingId?: string }
  | { readonly ok: false; readonly error: TallyError };

interface ZoomBody {
  readonly code: number | null;
  readonly message: string | null;
  readonly fields: ZoomAnswer['fields'];
}

type Content = { readonly form: 'empty' | 'unreadable' } | { readonly form: 'json'; readonly value: unknown };

/** Token of the call; blanked out should a server echo it. */
interface Asked {
  readonly operation: Operation;
  readonly token: string;
}

/**
 * Decides whether an answer is a success, and turns every other one into one error. Zoom's answers are irregular:
 * errors come with code 0, negative codes, `error_message`, status 200, no body or a proxy's HTML (facts: forum threads
 * and the error handler of github.com/Jericho/ZoomNet).
 * @param now epoch milliseconds, for limits
 */
export function judge(asked: Asked, answer: Answer, limits: LimitInfo, now: number): Verdict {
  const { operation } = asked;
  const content: Content = answer.body ? readContent(answer.body) : { form: 'unreadable' };
  const said = zoomBody(content, asked.token);
  const zoom = zoomAnswer(asked, answer, said);
  const worked = operation.success.includes(answer.status);

  if (worked && !(said.code !== null && said.code !== 0 && said.message !== null)) {
    const readable =
      content.form === 'json'
        ? operation.method !== 'GET' || isWhole(operation, content.value)
        : content.form === 'empty' && operation.method !== 'GET';
    if (!readable) return { ok: false, error: unreadable(operation, zoom) };
    const data = content.form === 'json' ? content.value : null;
    return { ok: true, data, ...(zoom.trackingId === undefined ? {} : { trackingId: zoom.trackingId }) };
  }
  return { ok: false, error: explain({ operation, zoom, form: content.form, limits, now }) };
}

function isWhole({ answersList }: Operation, value: unknown): boolean {
  return isObject(value) || (answersList === true && Array.isArray(value));
}

/** What a person is told of trouble with the uploaded file. */
export function fileError({ kind, code }: NonNullable<ReturnType<Multipart['trouble']>>): TallyError {
  const gone = code === 'ENOENT' ? 'The file is no longer there.' : 'The file couldn’t be read.';
  return tallyError('file', kind === 'changed' ? 'The file changed while it was sent.' : gone);
}

function unreadable(operation: Operation, zoom: ZoomAnswer): TallyError {
  if (operation.method === 'GET') {
    return tallyError('bad-answer', 'Zoom’s answer couldn’t be read.', { zoom });
  }
  // Sending a change again that Zoom has called done could do it twice.
  return tallyError('bad-answer', 'Zoom took the change, but its answer couldn’t be read.', {
    action: 'none',
    zoom,
  });
}

/** What an answer that is no success consists of. */
interface Unsuccessful {
  readonly operation: Operation;
  readonly zoom: ZoomAnswer;
  readonly form: Content['form'];
  readonly limits: LimitInfo;
  /** Epoch ms. */
  readonly now: number;
}

function explain(answer: Unsuccessful): TallyError {
  const { operation, zoom, form, limits } = answer;
  const { http, code, message } = zoom;
  const why = message === '' ? {} : { why: message };
  const make: Make = (kind, what, extra) => tallyError(kind, what, { ...why, ...extra, zoom });

  // Zoom sends scope errors as 400 or 401; taking them for a dead token leads to refresh loops.
  const meaning = meaningOf(operation, code);
  if (meaning === 'missing-scope') {
    const scopes = scopesIn(message, operation);
    return tallyError('missing-scope', 'Your Zoom app is missing a permission for this.', { scopes, zoom });
  }
  if (meaning === 'not-signed-in' || http === 401) {
    return tallyError('not-signed-in', 'Zoom no longer accepts this sign-in.', { zoom });
  }
  if (http === 429 || code === 429) return limitReached(answer, make);
  if (http >= 500) {
    return make(
      'zoom-down',
      'Zoom is having problems right now.',
      limits.retryAt === null ? {} : { retryAt: limits.retryAt },
    );
  }
  if (http === 407) return make('network', proxyAsks);
  if (http < 400 && (code === null || code === 0)) {
    const why = http >= 300 ? 'It pointed to another address, which is never followed.' : undefined;
    return tallyError('bad-answer', 'Zoom answered in an unknown way.', { ...(why ? { why } : {}), zoom });
  }
  if (form === 'unreadable') {
    return tallyError('bad-answer', 'The reply didn’t come from Zoom.', {
      why: 'A proxy or a firewall may stand between this computer and Zoom.',
      action: 'check-connection',
      zoom,
    });
  }
  return refusal(operation, zoom, make);
}

/** What a code means to this operation, where the code tells it. */
function meaningOf({ id }: Pick<Operation, 'id'>, code: number | null): ErrorKind | undefined {
  const meaning = code === null ? undefined : codeMeanings.get(code);
  return typeof meaning === 'object' ? meaning[id] : meaning;
}

type Make = (kind: ErrorKind, what: string, extra?: Partial<TallyError>) => TallyError;

function refusal(operation: Operation, { http, code, message, fields }: ZoomAnswer, make: Make): TallyError {
  const meaning = meaningOf(operation, code);
  if (meaning === 'not-in-zoom-client') {
    return make('not-in-zoom-client', 'You aren’t signed in to a Zoom app on any device.', {
      why: 'Zoom changes a status only while one of its apps is signed in.',
    });
  }
  // A license that is not left comes as 404 too, though nothing is missing.
  if ((http === 404 && meaning !== 'refused') || meaning === 'not-found') {
    return make('not-found', 'Zoom doesn’t know this person or thing.');
  }
  if (http === 409 || meaning === 'conflict') return make('conflict', 'This is already taken in Zoom.');
  if (operation.body === 'multipart' && (meaning === 'file' || http === 413 || http === 415)) {
    return make('file', 'Zoom didn’t accept the file.');
  }
  if (http === 403 || meaning === 'forbidden' || (code === 200 && needsMoreRights(message))) {
    return make('forbidden', 'Your Zoom account doesn’t allow this.');
  }
  if (
    fields.length > 0 ||
    (code === 300 && /^(validation failed|invalid (parameter|field))|is required\.?$/i.test(message))
  ) {
    return make('invalid-input', 'Zoom didn’t accept what was entered.');
  }
  return make('refused', 'Zoom refused this.');
}

// Code 200 covers both missing rights or licenses and mistakes in the request; only the text tells them apart.
function needsMoreRights(message: string): boolean {
  return message === '' || /administrator|permission|\bpaid\b|licen[sc]ed|\bplan\b/i.test(message);
}

function limitReached({ operation, zoom, limits, now }: Unsuccessful, make: Make): TallyError {
  const after = limits.retryAt === null ? {} : { retryAt: limits.retryAt };
  const pause = operation.perUserLimit;
  const named = sortByText(zoom.message);
  // With a limit of single users the type is that of the account's limits, if it is there at all; only words say which it was.
  const sort = named ?? (pause && limits.type === 'per-second' ? null : limits.type);
  if (sort === 'daily' || (sort === null && operation.perDayLimit !== undefined)) {
    return make('daily-limit', 'Zoom’s limit for today is used up.', {
      retryAt: nextMidnight(now),
      ...after,
    });
  }
  if (sort === null && pause) {
    // A shorter wish of the gateway's is about its own limits.
    const retryAt = Math.max(now + pause.seconds * 1000, limits.retryAt ?? 0);
    return make('minute-limit', 'Zoom takes this change only once a minute.', { retryAt });
  }
  return make('rate-limit', 'Zoom is getting too many calls at once.', after);
}

// The limits of single users come without X-RateLimit-Type (devforum.zoom.us 18928).
function sortByText(message: string): LimitInfo['type'] {
  if (/\bdaily\b|per.day/i.test(message)) return 'daily';
  return /per.second|concurrent/i.test(message) ? 'per-second' : null;
}

function scopesIn(message: string, operation: Operation): string[] {
  const list = /scopes?\s*:?\s*\[([^\]]*)\]/i.exec(message)?.[1] ?? '';
  const named = list.split(/[\s,]+/).filter((scope) => /^[a-z][a-z0-9_:.-]{1,99}$/i.test(scope));
  return named.length > 0 ? named : [...operation.scopes.granular, ...operation.scopes.classic];
}

function readContent(bytes: Uint8Array): Content {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return { form: 'empty' };
  const value = parseJson(text);
  return value === undefined ? { form: 'unreadable' } : { form: 'json', value };
}

function zoomBody(content: Content, token: string): ZoomBody {
  if (content.form !== 'json' || !isObject(content.value)) return { code: null, message: null, fields: [] };
  const { value } = content;
  const text = [value.message, value.error_message, value.errorMessage, value.reason].find(
    (entry) => typeof entry === 'string',
  );
  return {
    code: codeOf(value.code),
    message: text === undefined ? null : clean(text, token, 500),
    fields: Array.isArray(value.errors) ? fieldErrors(value.errors, token) : [],
  };
}

function codeOf(code: unknown): number | null {
  if (typeof code === 'string' && /^-?\d{1,9}$/.test(code)) return Number(code);
  // One that was rounded is none of Zoom's, and no number that history can read back.
  return Number.isSafeInteger(code) ? (code as number) : null;
}

function fieldErrors(errors: readonly unknown[], token: string): ZoomAnswer['fields'] {
  const fields: ZoomAnswer['fields'] = [];
  for (const entry of errors.slice(0, 50)) {
    if (!isObject(entry) || typeof entry.field !== 'string') continue;
    const message = typeof entry.message === 'string' ? entry.message : '';
    fields.push({ field: clean(entry.field, token, 200), message: clean(message, token, 200) });
  }
  return fields;
}

function zoomAnswer(asked: Asked, answer: Answer, said: ZoomBody): ZoomAnswer {
  const trackingId = header(answer.headers, 'x-zm-trackingid');
  return {
    operation: asked.operation.id,
    http: answer.status,
    ...said,
    message: said.message ?? '',
    ...(trackingId ? { trackingId: clean(trackingId, asked.token, 200) } : {}),
  };
}

function clean(text: string, token: string, length: number): string {
  return withoutTokens(text.replaceAll(token, '…'), '…')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, length);
}
