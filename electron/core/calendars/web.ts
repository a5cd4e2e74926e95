import type { CalendarProblem } from '../../../shared/calendars.ts';
import { longestCalendar } from '../calendar/reading.ts';
import { type Answer, header } from '../http/answer.ts';
import { createExchange, usualTimeouts } from '../http/exchange.ts';
import { damageFailure, type Failure, type FailureReason, failureOf, systemCode } from '../http/failures.ts';
import { isThisComputer } from '../http/proxy.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import type { Clock, Network } from '../ports.ts';
import { urlOf } from './address.ts';
import { farOnly, isNearby, nearbyCode } from './nearby.ts';

/** An address leads on to another one so often at most. */
const mostRedirects = 5;

/** Longest wait that a server can ask for, in ms. */
const longestWait = 24 * 3_600_000;

export interface Errand {
  readonly method?: 'GET' | 'PROPFIND' | 'REPORT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly login?: Login | undefined;
  /** The login may go there, too; where it may not, nothing is followed to. Absent: it goes nowhere else, and what leads on is followed without it. */
  readonly mayGo?: (url: URL) => boolean;
  /** Longest answer that is taken, in bytes. */
  readonly largest?: number;
  /** It may be on this computer or the local network: somebody has said so. */
  readonly mayBeNearby: boolean;
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface Arrived {
  readonly ok: true;
  readonly status: number;
  readonly bytes: Uint8Array;
  /** Where it came from, after all redirects. */
  readonly url: URL;
  header(name: string): string | undefined;
}

export interface Trouble {
  readonly ok: false;
  readonly problem: CalendarProblem;
  /** Not to be tried again before, epoch ms. */
  readonly retryAt?: number;
  /** Where it leads to, of `leads-elsewhere`. */
  readonly elsewhere?: URL;
}

export type Web = ReturnType<typeof createWeb>;

/** The way to the servers of calendars: over https, or http on this computer; nothing that it gives tells an address. */
export function createWeb(clock: Clock, network: Network, makeFar = farOnly()) {
  const far = createExchange(clock, usualTimeouts, network, makeFar);
  const anywhere = createExchange(clock, usualTimeouts, network);

  async function send(errand: Errand, url: URL, signal: AbortSignal): Promise<Answer | Trouble> {
    const { method = 'GET', mayBeNearby, mayGo, text, login, largest = longestCalendar } = errand;
    if (!mayBeNearby && isNearby(url.hostname)) return trouble('nearby');
    // What is meant for one server is not for another.
    const isSame = url.origin === errand.url.origin || mayGo?.(url) === true;
    const headers = {
      'user-agent': 'Tally',
      ...errand.headers,
      ...(isSame && login && { authorization: basic(login) }),
    };
    const path = url.pathname + url.search;
    const outgoing = { method, origin: url.origin, path, headers, largest };
    try {
      const exchange = mayBeNearby ? anywhere : far;
      return await exchange.send({ ...outgoing, ...(text !== undefined && { text }) }, signal);
    } catch (cause) {
      return trouble(systemCode(cause) === nearbyCode ? 'nearby' : problemOf(failureOf(cause)));
    }
  }

  return {
    /** Does an errand and follows where it leads; what any server answers but success and 304 is a problem. */
    async visit(errand: Errand, signal: AbortSignal): Promise<Arrived | Trouble> {
      let { url } = errand;
      for (let hops = 0; hops <= mostRedirects; hops += 1) {
        const answer = await send(errand, url, signal);
        if ('problem' in answer) return answer;
        const next = redirect(answer, url);
        if (next === undefined) return arrived(answer, url, clock.now());
        if (!isSafeStep(url, next)) return trouble('leads-to-http');
        if (errand.mayGo && !errand.mayGo(next)) return leadsElsewhere(next);
        url = next;
      }
      return trouble('leads-on');
    },
    /** Leaves the connections, which sleep or another network has ended. */
    drop(): void {
      far.drop();
      anywhere.drop();
    },
  };
}

function arrived({ status, headers, body, damage }: Answer, url: URL, now: number): Arrived | Trouble {
  const wait = header(headers, 'retry-after');
  const retryAt = wait === undefined ? null : parseRetryAfter(wait, now);
  const later = retryAt === null ? {} : { retryAt: Math.min(retryAt, now + longestWait) };
  if (status !== 304 && (status < 200 || status >= 300)) return { ...trouble(refusal(status)), ...later };
  if (damage) return trouble(problemOf(damageFailure(damage)));
  return { ok: true, status, bytes: body ?? new Uint8Array(), url, header: (name) => header(headers, name) };
}

function refusal(status: number): CalendarProblem {
  if (status === 401) return 'login-refused';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'too-often';
  return status >= 500 ? 'server-down' : 'odd-answer';
}

function redirect({ status, headers }: Answer, from: URL): URL | undefined {
  const location = header(headers, 'location');
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  return urlOf(location, from);
}

/** From https to https alone; http may lead on on this computer, and to https. */
function isSafeStep(from: URL, to: URL): boolean {
  if (to.protocol === 'https:') return true;
  return to.protocol === 'http:' && from.protocol === 'http:' && isThisComputer(to.hostname);
}

const basic = ({ user, password }: Login) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

export const trouble = (problem: CalendarProblem): Trouble => ({ ok: false, problem });

/** Nothing was sent there: the person is to say whether they know it. */
export const leadsElsewhere = (elsewhere: URL): Trouble => ({ ...trouble('leads-elsewhere'), elsewhere });

const problems: Readonly<Partial<Record<FailureReason, CalendarProblem>>> = {
  'address-unknown': 'name-unknown',
  unreachable: 'unreachable',
  timeout: 'too-slow',
  'too-slow': 'too-slow',
  untrusted: 'untrusted',
  'not-http': 'odd-answer',
  'too-large': 'too-large',
};

function problemOf({ reason }: Failure): CalendarProblem {
  return problems[reason] ?? (reason.startsWith('proxy-') ? 'proxy' : 'broken');
}
