import { createHash } from 'node:crypto';
import { type Json, readJson } from '../../shared/json.ts';
import { catalogue } from '../../shared/zoom/catalogue.ts';
import type { Operation, OperationId } from '../../shared/zoom/operations.gen.ts';
import { type Answer, jsonAnswer } from './answers.ts';
import { complaints, operationList, queryComplaints } from './catalogue.ts';
import { invalidFields, refused, unknownUser, ZoomError } from './errors.ts';
import { exchange, type PracticeApp, type PracticeContext, readBody } from './exchange.ts';
import type { Grant } from './grants.ts';
import { handle } from './handlers/index.ts';
import { limitMessages } from './limits.ts';
import type { LogEntry } from './log.ts';
import { type Part, parseMultipart } from './multipart.ts';
import { grantTrouble } from './renewal.ts';
import { checkScopes } from './scopes.ts';
import type { Person } from './state/person.ts';
import { bearer } from './tokens.ts';
import { findPerson, type World } from './world.ts';

type KnownOperation = Operation & { readonly id: OperationId };

/** A request's body as it was understood: JSON, the parts of a form, or neither. */
interface Input {
  readonly size: number;
  readonly json?: Json | undefined;
  readonly parts?: readonly Part[];
}

/** Puts every operation of the catalogue under `/v2`, in its order, so that fixed routes win over `/users/{userId}`. */
export function mountApi(app: PracticeApp, world: World): void {
  for (const operation of operationList) {
    const route = `/v2${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
    app.on(operation.method, route, (c) =>
      exchange(c, world, {
        operationId: operation.id,
        read: (entry) => readInput(c, world, operation, entry),
        produce: (input, _entry, work) => answer(c, world, { operation, input, work }),
      }),
    );
  }
  app.all('/v2/*', (c) =>
    exchange(c, world, {
      read: () => readBody(c),
      produce: async () => errorAnswer(new ZoomError(404, 2300, 'This API endpoint is not recognized.')),
    }),
  );
}

async function readInput(
  c: PracticeContext,
  world: World,
  operation: KnownOperation,
  entry: LogEntry,
): Promise<Input> {
  const grant = world.grants.byAccessToken(bearer(c.req.header('authorization')) ?? '');
  entry.tokenUser = grant && grant !== 'expired' ? grant.userId : null;
  const bytes = await readBody(c);
  const contentType = c.req.header('content-type') ?? '';
  if (operation.body === 'multipart') {
    const parts = parseMultipart(contentType, bytes) ?? [];
    entry.body = parts.map((part) => ({
      field: part.name,
      filename: part.filename ?? null,
      contentType: part.contentType,
      size: part.bytes.length,
      sha256: createHash('sha256').update(part.bytes).digest('hex'),
    }))[0];
    return { size: bytes.length, parts };
  }
  const json = readJson(bytes.toString('utf8'));
  entry.body = json;
  return { size: bytes.length, json };
}

interface Asked {
  readonly operation: KnownOperation;
  readonly input: Input;
  /** Called right before anything is changed. */
  readonly work: () => Promise<void>;
}

async function answer(c: PracticeContext, world: World, { operation, input, work }: Asked): Promise<Answer> {
  let limitHeaders: Record<string, string> = {};
  try {
    const grant = authorize(c, world);
    limitHeaders = world.limits.take(operation.label);
    const path = c.req.param() as Record<string, string>;
    const { owner, target } = people(world, grant, path.userId);
    checkScopes(operation, grant, target === undefined || target !== owner);
    checkPath(operation, path);
    const query = checkQuery(operation, c);
    const body = operation.body === 'json' ? checkBody(c, operation, input) : undefined;
    if (!target) throw unknownFor(operation, path.userId ?? '');
    checkInvitation(operation, target);
    const release = lockRemoval(world, operation, target);
    try {
      await work();
      const reply = handle(operation.id, {
        world,
        owner,
        self: target === owner,
        person: target,
        path,
        query,
        body,
        parts: input.parts ?? [],
      });
      if (reply.body === undefined) return { status: reply.status, headers: limitHeaders, body: null };
      return jsonAnswer(reply.status, reply.body, limitHeaders);
    } finally {
      release();
    }
  } catch (error) {
    if (error instanceof ZoomError) return errorAnswer(error, limitHeaders);
    throw error;
  }
}

function errorAnswer(error: ZoomError, limitHeaders: Record<string, string> = {}): Answer {
  // A 429 brings its own, which leave some out; the second's would make it look like another limit.
  const headers = error.http === 429 ? error.headers : { ...limitHeaders, ...error.headers };
  return { ...jsonAnswer(error.http, error.body(), headers), code: error.code };
}

function authorize(c: PracticeContext, world: World): Grant {
  const grant = world.grants.byAccessToken(bearer(c.req.header('authorization')) ?? '');
  if (grant === 'expired') throw new ZoomError(401, 124, 'Access token is expired.');
  if (!grant || grantTrouble(world, grant)) throw new ZoomError(401, 124, 'Invalid access token.');
  return grant;
}

/** The token's owner, and the person the call is about: by 'me', id or e-mail. */
function people(
  world: World,
  grant: Grant,
  userId: string | undefined,
): { owner: Person; target: Person | undefined } {
  const owner = findPerson(world, grant.userId);
  if (!owner) throw new ZoomError(401, 124, 'Invalid access token.');
  if (userId === undefined || userId === 'me') return { owner, target: owner };
  const byUniqueId = world.people.find((person) => person.employeeUniqueId === userId);
  return { owner, target: findPerson(world, userId) ?? byUniqueId };
}

/** The first error with this code that the catalogue lists for an operation. */
function listedError(operation: KnownOperation, code: number) {
  return catalogue.operations[operation.id].errors.find((error) => error.code === code);
}

/** Code 1001 with the operation's own status and words. */
function unknownFor(operation: KnownOperation, userId: string): ZoomError {
  const { http, message } = listedError(operation, 1001) ?? {};
  return http === undefined || message === undefined
    ? unknownUser(userId)
    : new ZoomError(http, 1001, message.replace('{userId}', userId));
}

function checkPath(operation: KnownOperation, path: Record<string, string>): void {
  const wrong = complaints(`/operations/${operation.id}/path`, path);
  if (wrong.length > 0) throw invalidFields(wrong.map((one) => one.field));
}

function checkQuery(operation: KnownOperation, c: PracticeContext): Record<string, unknown> {
  const query: Record<string, unknown> = c.req.query();
  const wrong = queryComplaints(operation.id, query);
  // What must be in the query and is not has its own words: "Email is required."
  const missing = wrong.some((one) => one.keyword === 'required');
  const words = missing && listedError(operation, 300)?.message;
  if (words) throw refused(300, words);
  if (wrong.length > 0) throw invalidFields(wrong.map((one) => one.field));
  return query;
}

/** Rules of the schema that Zoom answers with a code of its own, not with 300. */
const leftToHandler: { readonly [K in OperationId]?: readonly string[] } = {
  userPassword: ['minLength', 'maxLength'],
};

function checkBody(c: PracticeContext, operation: KnownOperation, input: Input): unknown {
  const { bodyRequired } = catalogue.operations[operation.id];
  if (input.size === 0 && !bodyRequired) return {};
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(c.req.header('content-type') ?? '');
  if (!isJson || typeof input.json !== 'object' || input.json === null) {
    throw refused(300, 'Request Body should be a valid JSON object.');
  }
  const left = leftToHandler[operation.id] ?? [];
  const wrong = complaints(`/operations/${operation.id}/body`, input.json).filter(
    (one) => !left.includes(one.keyword),
  );
  if (wrong.length > 0) throw invalidFields(wrong.map((one) => one.field));
  return input.json;
}

/** Someone whose invitation ran out answers 1120 to the operations that list it. */
function checkInvitation(operation: KnownOperation, person: Person): void {
  if (person.flags.has('invitation-expired') && listedError(operation, 1120))
    throw refused(1120, 'The invitation has expired or does not exist.');
}

/** Zoom removes a person once: a second DELETE for them while the first is under way is refused. */
function lockRemoval(world: World, operation: KnownOperation, person: Person): () => void {
  if (operation.id !== 'userDelete') return () => undefined;
  if (world.limitsOn && world.beingRemoved.has(person.id)) {
    throw new ZoomError(429, 429, limitMessages.concurrency);
  }
  world.beingRemoved.add(person.id);
  return () => world.beingRemoved.delete(person.id);
}
