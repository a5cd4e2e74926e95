import { type Answer, errorAnswer, jsonAnswer, oauthRefusals, oddAnswers, rateLimits } from './answers.ts';
import type { Fault, FaultMatch } from './fault-schema.ts';

interface Armed {
  readonly match: FaultMatch;
  readonly fault: Fault;
  times: number;
}

interface Asked {
  readonly operationId: string | null;
  readonly path: string;
  readonly method: string;
  readonly grantType: string | undefined;
}

export interface Faults {
  arm(match: FaultMatch, fault: Fault, times: number): void;
  /** The oldest armed fault for this request, used up by one. */
  take(asked: Asked): Fault | undefined;
  readonly armed: () => readonly Armed[];
  clear(): void;
}

export function createFaults(): Faults {
  let armed: Armed[] = [];
  return {
    arm: (match, fault, times) => {
      armed.push({ match, fault, times });
    },
    take: (asked) => {
      const found = armed.find(
        ({ match, fault }) =>
          (match.operationId === undefined || match.operationId === asked.operationId) &&
          (match.path === undefined || match.path === asked.path) &&
          (match.method === undefined || match.method.toUpperCase() === asked.method) &&
          (match.grantType === undefined || match.grantType === asked.grantType) &&
          (fault.kind !== 'lose-refresh' || asked.grantType === 'refresh_token'),
      );
      if (!found) return undefined;
      found.times -= 1;
      if (found.times <= 0) armed = armed.filter((one) => one !== found);
      return found.fault;
    },
    armed: () => armed,
    clear: () => {
      armed = [];
    },
  };
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Internal Server Error</h1></body></html>';

/** The answer of a fault that keeps the request from being carried out; undefined for all others. */
export function answerInstead(fault: Fault | undefined, now: number): Answer | undefined {
  switch (fault?.kind) {
    case 'unauthorized':
      return errorAnswer(401, { code: 124, message: 'Invalid access token.' });
    case 'proxy-html':
      return { status: fault.status ?? 500, headers: { 'Content-Type': 'text/html' }, body: proxyPage };
    case 'status': {
      const code = fault.code === undefined ? {} : { code: fault.code };
      const plain = jsonAnswer(fault.status, { ...code, message: fault.message ?? '' }, fault.headers);
      const label = fault.contentType === undefined ? {} : { 'Content-Type': fault.contentType };
      return { ...plain, ...code, headers: { ...plain.headers, ...label }, body: fault.body ?? plain.body };
    }
    case 'rate-limit':
      return rateLimits[fault.variant](fault.seconds ?? 1, now);
    case 'odd':
      return oddAnswers[fault.shape];
    case 'oauth':
      return oauthRefusals[fault.refusal];
    default:
      return undefined;
  }
}

/** The answer as a fault leaves it that spoils only what is sent. */
export function spoil(answer: Answer, fault: Fault | undefined): Answer {
  if (fault?.kind === 'content-type') {
    return { ...answer, headers: { ...answer.headers, 'Content-Type': fault.contentType ?? 'text/html' } };
  }
  if (fault?.kind === 'truncate-json') {
    return { ...answer, body: answer.body?.slice(0, Math.ceil(answer.body.length / 2)) ?? null };
  }
  return answer;
}
