import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import type { OperationId } from '../../shared/zoom/operations.gen.ts';
import { type Answer, jsonAnswer } from './answers.ts';
import { answerInstead, spoil } from './faults.ts';
import type { LogEntry } from './log.ts';
import type { World } from './world.ts';

export type Bindings = { Bindings: HttpBindings };

export type PracticeApp = Hono<Bindings>;
export type PracticeContext = Context<Bindings>;

/** The largest body taken: Zoom's 15 MB file and what multipart puts around it. */
const bodyLimit = 16 * 1024 * 1024 + 64 * 1024;

/** Zoom puts one of these on every answer. */
export function trackingId(): string {
  return `v=2.0;clid=us02;rid=WEB_${randomUUID().replaceAll('-', '')}`;
}

/** The fields of a form that was posted; none where the body says it is something else. */
export async function readForm(c: PracticeContext): Promise<URLSearchParams> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '');
  const body = await readBody(c);
  return new URLSearchParams(isForm ? body.toString('utf8') : '');
}

/** Thrown for a body over `bodyLimit`. */
class BodyTooLarge extends Error {}

/** The whole body. Counted while it arrives, as a sender need not announce its length. */
export async function readBody(c: PracticeContext): Promise<Buffer> {
  if (Number(c.req.header('content-length') ?? 0) > bodyLimit) throw new BodyTooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Giving up must not destroy the connection, which still has to carry the refusal.
  for await (const chunk of c.env.incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > bodyLimit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Exchange<T> {
  readonly operationId?: OperationId;
  /** Takes the request in and writes into the log entry what it was. Runs even where a fault answers. */
  read(entry: LogEntry): Promise<T>;
  /** What a request for tokens trades. */
  grantType?(input: T): string | undefined;
  /** Makes the answer. Calls `work` right before it changes anything, which is where an armed delay passes. */
  produce(input: T, entry: LogEntry, work: () => Promise<void>): Promise<Answer>;
}

/**
 * One request from arrival to answer: takes the fault armed for it, makes the answer, sends it as the fault leaves it and
 * writes the request down.
 */
export async function exchange<T>(c: PracticeContext, world: World, parts: Exchange<T>): Promise<Response> {
  const { method, path } = c.req;
  const { operationId = null } = parts;
  const entry = world.log.begin({ method, path, operationId, query: c.req.query() });
  try {
    const input = await parts.read(entry);
    const grantType = parts.grantType?.(input);
    const fault = world.faults.take({ operationId, path, method, grantType });
    /** Whether the client went away while the request stood still. */
    const left = async (when: 'before' | 'after') =>
      fault?.kind === 'hold' && fault.when === when && (await hold(c, world, entry)) === 'gone';
    if ((fault?.kind === 'drop' && !fault.after) || (await left('before'))) return drop(c);
    const work = async () => {
      if (fault?.kind === 'delay') await pause(fault.ms);
    };
    const instead = answerInstead(fault, world.clock.now());
    const answer = spoil(instead ?? (await parts.produce(input, entry, work)), fault);
    if (fault?.kind === 'drop' || fault?.kind === 'lose-refresh' || (await left('after'))) return drop(c);
    if (fault?.kind === 'cut') return cut(c, answer, fault.bytes);
    return send(entry, answer);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    // The rest of the body is not read, so the connection cannot be used again.
    return send(
      entry,
      jsonAnswer(413, { code: 413, message: 'Request body is too large.' }, { Connection: 'close' }),
    );
  } finally {
    world.log.keep(entry);
  }
}

/** Writes the request down at once, so that a test can wait for it, and lets it stand still. */
async function hold(c: PracticeContext, world: World, entry: LogEntry): Promise<'released' | 'gone'> {
  entry.held = true;
  world.log.keep(entry);
  const end = await world.holds.wait(c.env.outgoing);
  entry.held = false;
  return end;
}

function send(entry: LogEntry, answer: Answer): Response {
  entry.status = answer.status;
  entry.code = answer.code ?? null;
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

function drop(c: PracticeContext): Response {
  c.env.outgoing.socket?.destroy();
  return RESPONSE_ALREADY_SENT;
}

function cut(c: PracticeContext, answer: Answer, bytes: number): Response {
  const body = Buffer.from(answer.body ?? '');
  const headers = {
    ...answer.headers,
    'x-zm-trackingid': trackingId(),
    'Content-Length': String(body.length),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n`,
  );
  const sent = body.length === 0 ? head.subarray(0, bytes) : Buffer.concat([head, body.subarray(0, bytes)]);
  const { socket } = c.env.outgoing;
  socket?.end(sent, () => socket.destroy());
  return RESPONSE_ALREADY_SENT;
}
