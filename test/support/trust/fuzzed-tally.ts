import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { direct } from '../../../electron/core/http/network.ts';
import type { Network } from '../../../electron/core/ports.ts';
import type { Tally } from '../../../electron/core/tally.ts';
import type { Action } from '../../../shared/actions.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { type Operation, type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import type { FakeClock } from '../fake-clock.ts';
import type { Rig } from '../practice-client.ts';
import { connectionTo, tallyRig } from '../tally-rig.ts';
import type { RandomAnswer } from './answers.ts';

/** What Zoom answers to each operation, in turn. */
export type RandomZoom = Readonly<Record<string, readonly RandomAnswer[]>>;

/** What Zoom answers to a request; 404 where it is undefined. */
export type AnswerTo = (
  id: OperationId | undefined,
  query: URLSearchParams,
  body: string,
) => RandomAnswer | undefined;

export interface ScriptedTally {
  readonly tally: Tally;
  /** Resolves once it holds, or the account has failed; rejects where neither comes. */
  ended(what: string, test: (snapshot: Snapshot) => boolean): Promise<void>;
  /** Connects and opens every screen; resolves when all of it has come to an end. */
  open(): Promise<void>;
  /** Changes something on each. */
  change(): Promise<void>;
  /** Does both. */
  lookAtEverything(): Promise<void>;
  /** Answers given so far. */
  answered(): number;
  close(): Promise<void>;
}

/** Milliseconds of real time until something that has not ended counts as hanging. */
const patience = 20_000;

const robin = { id: 'robin', email: 'robin@example.org', display_name: 'Robin' };

/** The whole app without its desktop, at a Zoom that answers at random; a `known` person can at least connect. */
export async function startFuzzedTally(
  clock: FakeClock,
  zoom: RandomZoom,
  known: boolean,
): Promise<ScriptedTally> {
  let answered = 0;
  let first = true;
  return startScriptedTally(clock, (id) => {
    answered += 1;
    if (id === 'user' && known && first) {
      first = false;
      return { status: 200, headers: {}, body: JSON.stringify(robin) };
    }
    const answers = zoom[id ?? ''] ?? [];
    return answers[answered % answers.length];
  });
}

/** The whole app without its desktop, at a Zoom that answers by the script. */
export async function startScriptedTally(
  clock: FakeClock,
  answerTo: AnswerTo,
  network: Network = direct,
): Promise<ScriptedTally> {
  let answered = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://zoom');
    answered += 1;
    const id = operationOf(request.method ?? '', pathname);
    answer(response, answerTo(id, searchParams, body) ?? { status: 404, headers: {}, body: '' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rig = { practice: { apiUrl: `${address}/v2`, oauthUrl: address, accessToken: 't' } } as Rig;
  const connection = connectionTo(`${address}/v2`);
  const account = { practice: true, connect: async () => ({ ok: true, value: connection }) as const };
  const { tally, until } = tallyRig(rig, clock, { account, network });

  async function ended(what: string, test: (snapshot: Snapshot) => boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} does not end`)), patience);
    });
    await Promise.race([until((now) => now.account.phase === 'failed' || test(now)), late]).finally(() =>
      clearTimeout(timer),
    );
  }
  const run = (...actions: Action[]) => {
    for (const action of actions) tally.run(action);
  };

  async function open(): Promise<void> {
    await tally.connect();
    run(
      { type: 'presence.check' },
      { type: 'presence.set', status: 'Away', minutes: 60 },
      { type: 'backgrounds.open' },
      { type: 'picture.open' },
      { type: 'settings.open' },
      { type: 'profile.open' },
      { type: 'delegates.open' },
      { type: 'zak.copy' },
    );
    await ended('reading', isRead);
  }

  async function change(): Promise<void> {
    const { files = [] } = tally.snapshot().backgrounds ?? {};
    const ids = files.slice(0, 2).map(({ id }) => id);
    run(
      { type: 'settings.edit', key: 'settings:in_meeting.chat', value: true },
      { type: 'settings.edit', key: 'settings:schedule_meeting.host_video', value: false },
      { type: 'settings.save' },
      { type: 'profile.edit', field: 'job_title', value: 'Head of product' },
      { type: 'profile.save' },
      { type: 'profile.check-email', email: 'amara@example.org' },
      { type: 'delegates.add', who: ['amara@example.org'] },
      { type: 'picture.remove' },
      { type: 'zak.copy', ttl: 3_600 },
      { type: 'zak.start-room' },
    );
    if (ids.length > 0) run({ type: 'backgrounds.delete', ids });
    await ended('changing', isRead);
  }

  return {
    tally,
    ended,
    open,
    change,
    async lookAtEverything() {
      await open();
      await change();
    },
    answered: () => answered,
    async close() {
      await tally.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Nothing is on its way any more. */
function isRead(now: Snapshot): boolean {
  const { backgrounds, picture, settings, profile, delegates, zak, presence } = now;
  const read = [backgrounds, picture, settings, profile, delegates].every(
    (view) => view !== undefined && view.phase !== 'loading' && view.phase !== 'unknown',
  );
  return (
    read &&
    zak !== undefined &&
    zak.phase !== 'fetching' &&
    !zak.starting &&
    !presence.sending &&
    !picture?.busy &&
    !settings?.saving &&
    !profile?.saving &&
    !delegates?.busy &&
    profile?.card.emailCheck?.state !== 'checking'
  );
}

function answer(response: ServerResponse, { status, headers, body }: RandomAnswer): void {
  response.writeHead(status, {
    ...headers,
    ...(status !== 204 && { 'content-length': Buffer.byteLength(body) }),
  });
  response.end(status === 204 ? undefined : body);
}

const patterns = Object.values(operations as Readonly<Record<string, Operation>>).map(
  ({ id, method, path }) => ({
    id,
    method,
    pattern: new RegExp(`^/v2${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }),
);

/** The operation of a request; a path without variables comes before one that has them. */
function operationOf(method: string, path: string): OperationId | undefined {
  const fitting = patterns.filter((one) => one.method === method && one.pattern.test(path));
  return fitting.sort((a, b) => b.pattern.source.length - a.pattern.source.length)[0]?.id as
    | OperationId
    | undefined;
}
