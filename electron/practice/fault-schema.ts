import * as z from 'zod';
import { oauthRefusals, oddAnswers, rateLimits } from './answers.ts';

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];

const count = z.int().min(0);
/** The longest that a timer of Node takes, in ms. */
const longestTimer = 2 ** 31 - 1;
const text = z.string();

const kind = <K extends string, Fields extends z.ZodRawShape>(name: K, fields: Fields) =>
  z.strictObject({ kind: z.literal(name), ...fields });

/**
 * What can go wrong with one answer.
 * - drop: the socket closes without an answer, before the request is carried out, or after it with `after: true`
 * - delay: carrying the request out takes so many milliseconds
 * - hold: stands still until `POST /practice/release`, before it is carried out (and never is when the client goes away
 *   meanwhile), or after it was and before the answer; in the log, with `held`, from the moment it stands still
 * - cut: carried out, but the connection ends after so many bytes of the answer's body (of its head where it has no body)
 * - status: answered with this status and nothing carried out; `body` is sent as it is, else `{code, message}`
 * - unauthorized: 401 with code 124
 * - rate-limit: 429, in every way Zoom and the proxies before it word it
 * - proxy-html: a proxy's page instead of an answer (500 unless given)
 * - content-type: carried out and answered right, but labelled otherwise (text/html unless given)
 * - truncate-json: carried out, answered with half of the JSON
 * - odd: shapes of errors that only Zoom makes
 * - oauth: refused as the token and revoke endpoints refuse, whatever was asked
 * - lose-refresh: a token refresh is carried out, the old token dies, the answer never arrives
 */
const faultSchema = z.discriminatedUnion('kind', [
  kind('drop', { after: z.boolean().exactOptional() }),
  kind('delay', { ms: count.max(longestTimer) }),
  kind('hold', { when: z.enum(['before', 'after']) }),
  kind('cut', { bytes: count }),
  kind('status', {
    status: count,
    code: z.number().exactOptional(),
    message: text.exactOptional(),
    body: text.exactOptional(),
    contentType: text.exactOptional(),
    headers: z.record(text, text).exactOptional(),
  }),
  kind('unauthorized', {}),
  kind('rate-limit', { variant: z.enum(keysOf(rateLimits)), seconds: count.exactOptional() }),
  kind('proxy-html', { status: count.exactOptional() }),
  kind('content-type', { contentType: text.exactOptional() }),
  kind('truncate-json', {}),
  kind('odd', { shape: z.enum(keysOf(oddAnswers)) }),
  kind('oauth', { refusal: z.enum(keysOf(oauthRefusals)) }),
  kind('lose-refresh', {}),
]);

export type Fault = z.infer<typeof faultSchema>;

/** Which requests a fault is for: all of the given must be equal. */
const matchSchema = z.strictObject({
  operationId: text.exactOptional(),
  path: text.exactOptional(),
  method: text.exactOptional(),
  /** What a request to /oauth/token trades: authorization_code or refresh_token. */
  grantType: text.exactOptional(),
});

export type FaultMatch = z.infer<typeof matchSchema>;

/** A fault as a control call arms it, for so many requests. */
export const armSchema = z.object({
  match: matchSchema.default({}),
  times: z.int().min(1).default(1),
  fault: faultSchema,
});
