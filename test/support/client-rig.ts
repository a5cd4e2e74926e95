import { Agent, type Dispatcher } from 'undici';
import type { UploadFile } from '../../electron/core/http/multipart.ts';
import type { ZoomSession } from '../../electron/core/ports.ts';
import { createOauth, type Tokens, type ZoomOauth } from '../../electron/core/sign-in/oauth.ts';
import { createSession, fixedSession } from '../../electron/core/sign-in/session.ts';
import type { CallOptions } from '../../electron/core/zoom/attempt.ts';
import {
  createZoomClient,
  type ZoomClient,
  type ZoomClientDeps,
  type ZoomInput,
  type ZoomResult,
} from '../../electron/core/zoom/client.ts';
import type { LogEntry } from '../../electron/practice/log.ts';
import { type Practice, type PracticeOptions, startPractice } from '../../electron/practice/server.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { type Answer, type Input, type Rig, rigFor, type TestFile } from './practice-client.ts';
import { validCalls } from './valid-calls.ts';

/** One answer as it came over the wire, before the client made anything of it. */
interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

export type Outcome = ZoomResult<unknown>;

/** A running practice Zoom and Tally's own client for it, on one clock that stands still but for the client's waits. */
export interface ClientRig extends Rig {
  readonly clock: FakeClock;
  readonly oauth: ZoomOauth;
  /** Calls through the client; as the practice user, whose session is a real one, unless told. */
  zoom(id: OperationId, input?: Input, token?: string, options?: CallOptions): Promise<Outcome>;
  /** The valid call of an operation, with a token that is enough for it; `file` is sent instead of the usual one. */
  valid(id: OperationId, file?: TestFile, options?: CallOptions): Promise<Outcome>;
  /** The outcomes of all calls through the client, in the order in which they came. */
  readonly outcomes: readonly Outcome[];
  /** Answers of the server to the client, oldest first. */
  readonly wire: readonly WireAnswer[];
  /** Tokens that the practice user's session has kept, oldest first. */
  readonly saved: readonly Tokens[];
  /** Exceptions behind `internal` errors. */
  readonly internal: readonly unknown[];
  /** Closes the connections of all clients, as sleep does; the next call opens new ones. */
  drop(): void;
  /** A client with a session of the test's own. */
  clientWith(session: ZoomSession): ZoomClient;
  /** Status of each request of an operation or to a path as the server has it, once `count` of them are done. */
  requests(what: { operationId: OperationId } | { path: string }, count: number): Promise<number[]>;
}

/** The longest wait that the client takes upon itself is skipped; the body's time-out (120 s) never is. */
const longestSkip = 15_000;

/** What a test may do differently: other patience, a real clock, a way to Zoom with trouble on it. */
type Change = Partial<Pick<ZoomClientDeps, 'timeouts' | 'clock' | 'apiUrl'>>;

/** Runs `use` against a fresh practice Zoom and client; both are closed whatever happens. */
export async function withClient<T>(
  options: PracticeOptions,
  use: (rig: ClientRig) => Promise<T>,
  change: Change = {},
): Promise<T> {
  const clock = createFakeClock();
  clock.skipWaits(longestSkip);
  const practice = await startPractice({ now: clock.now, ...options });
  const clients: ZoomClient[] = [];
  try {
    return await use(clientRig(practice, clock, change, clients));
  } finally {
    for (const client of clients) client.dropConnections();
    await practice.close();
  }
}

function clientRig(practice: Practice, clock: FakeClock, change: Change, clients: ZoomClient[]): ClientRig {
  const rig = rigFor(practice);
  const outcomes: Outcome[] = [];
  const wire: WireAnswer[] = [];
  const saved: Tokens[] = [];
  const internal: unknown[] = [];
  const oauth = createOauth({ oauthUrl: practice.oauthUrl, clientId: practice.clientId }, clock);

  const clientWith = (session: ZoomSession) => {
    const client = createZoomClient({
      clock,
      apiUrl: () => practice.apiUrl,
      session,
      random: () => 0,
      onInternal: (cause) => internal.push(cause),
      makeDispatcher: async (agentOptions) => new Agent(agentOptions).compose(recorder(wire)),
      ...change,
    });
    clients.push(client);
    return client;
  };
  const own = clientWith(ownSession(practice, clock, oauth, saved));
  const others = new Map<string, ZoomClient>();
  const clientFor = (token: string | undefined) => {
    if (token === undefined || token === practice.accessToken) return own;
    const known = others.get(token) ?? clientWith(fixedSession(token));
    others.set(token, known);
    return known;
  };
  const zoom: ClientRig['zoom'] = async (id, input = {}, token, callOptions = {}) => {
    const outcome = await clientFor(token).call(id, zoomInput(id, input), callOptions);
    outcomes.push(outcome);
    return outcome;
  };

  return {
    ...rig,
    clock,
    oauth,
    zoom,
    async valid(id, file, callOptions) {
      const { path, query, ...rest }: Input = validCalls[id];
      const fileIds =
        id === 'delUserVB' ? { file_ids: (await rig.state()).me.backgrounds[0]?.id ?? '' } : query;
      const isForOthers = operations[id].adminOnly || (path?.userId ?? 'me') !== 'me';
      const input = {
        ...rest,
        ...(path ? { path } : {}),
        ...(fileIds ? { query: fileIds } : {}),
        ...(file ? { file } : {}),
      };
      return zoom(id, input, isForOthers ? practice.adminAccessToken : undefined, callOptions);
    },
    outcomes,
    wire,
    saved,
    internal,
    drop() {
      for (const client of clients) client.dropConnections();
    },
    clientWith,
    call: async (id, input, token) => answerOf(await zoom(id, input, token)),
    async requests(what, count) {
      const [name, value] = Object.entries(what)[0] as [string, string];
      const query = `${name}=${encodeURIComponent(value)}`;
      let last = 0;
      for (let seen = 0; seen < count; seen += 1) {
        const wait = `/wait?${query}&after=${last}&timeoutMs=30000`;
        const { status, json } = await rig.control<LogEntry>('GET', wait);
        if (status === 204) break;
        last = json.id;
      }
      const { requests } = await rig.state();
      return requests
        .filter((entry) => entry[name as 'operationId' | 'path'] === value)
        .map((entry) => entry.status);
    },
  };
}

/** The session that the app makes, with the tokens the practice user starts with. */
function ownSession(practice: Practice, clock: FakeClock, oauth: ZoomOauth, saved: Tokens[]): ZoomSession {
  const { accessToken, refreshToken } = practice;
  return createSession({
    clock,
    random: () => 0,
    grant: { refreshToken },
    access: { token: accessToken, expiresAt: clock.now() + 3_600_000 },
    prepare: async (grant) => ({ ok: true, value: grant }),
    refresh: oauth.refresh,
    save: async () => {},
    reload: async () => ({ ok: true, value: null }),
    ended: () => {},
    refreshed: (tokens) => void saved.push(tokens),
  });
}

/** What a caller of the client gives; a person is named even where the client would insist on being told. */
function zoomInput<K extends OperationId>(id: K, input: Input): ZoomInput<K> {
  const { pathParams }: Operation = operations[id];
  const path = pathParams.includes('userId') ? { userId: 'me', ...input.path } : input.path;
  return {
    ...(path ? { path } : {}),
    ...(input.query ? { query: input.query } : {}),
    ...(input.body === undefined ? {} : { body: input.body }),
    ...(input.file ? { file: uploadOf(input.file) } : {}),
  } as unknown as ZoomInput<K>;
}

/** The file in chunks that never end where a part of the form does. */
function uploadOf(file: TestFile): UploadFile {
  const chunk = 256 * 1024 - 1;
  return {
    name: file.name,
    type: file.name.endsWith('.mp4') ? 'video/mp4' : 'image/png',
    size: file.bytes.byteLength,
    async *open() {
      for (let at = 0; at < file.bytes.byteLength; at += chunk) yield file.bytes.subarray(at, at + chunk);
    },
  };
}

/** The outcome as the recipes, which were written for plain requests, expect it; status 0 when Zoom answered nothing. */
function answerOf(outcome: Outcome): Answer {
  const headers = new Headers();
  if (outcome.ok) {
    return { status: outcome.status, headers, json: outcome.data, code: undefined, message: undefined };
  }
  const { zoom, what } = outcome.error;
  return {
    status: zoom?.http ?? 0,
    headers,
    json: undefined,
    code: zoom?.code ?? undefined,
    message: zoom ? zoom.message : what,
  };
}

/** Writes each answer down on its way to the client. */
function recorder(wire: WireAnswer[]): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    let entry: WireAnswer | undefined;
    return dispatch(options, {
      onRequestStart: (...args) => handler.onRequestStart?.(...args),
      onResponseStart(controller, status, headers, statusText) {
        entry = { status, headers, text: '' };
        wire.push(entry);
        handler.onResponseStart?.(controller, status, headers, statusText);
      },
      onResponseData(controller, chunk) {
        if (entry) entry.text += chunk.toString();
        handler.onResponseData?.(controller, chunk);
      },
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
  };
}
