/** What Tally's client adds to a call, in plain Node: the same call by undici alone, by fetch, and by Zoom's own SDK. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Agent } from 'undici';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import { clock } from '../../electron/desktop/clock.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { type Figure, median, rounded, spread } from './numbers.ts';
import type { Progress } from './turns.ts';

const rounds = 60;
const warmUps = 15;
/** Calls one after the other that are timed together: one alone is shorter than the system's disturbances. */
const calls = 50;
const most = 1.15;

const token = 'bench';

type Caller = () => Promise<unknown>;

function throughTally(apiUrl: string): Caller {
  const session = {
    accessToken: async () => ({ ok: true as const, token }),
    refresh: async () => ({ ok: true as const, token }),
  };
  const zoom = createZoomClient({ clock, session, apiUrl: () => apiUrl, random: Math.random });
  return () => zoom.call('user');
}

function throughUndici(apiUrl: string): Caller {
  const agent = new Agent({ connections: 8, allowH2: false });
  const { origin, pathname } = new URL(apiUrl);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': 'Tally' };
  return async () => {
    const { body } = await agent.request({ origin, path: `${pathname}/users/me`, method: 'GET', headers });
    return body.json();
  };
}

function throughFetch(apiUrl: string): Caller {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  return async () => (await fetch(`${apiUrl}/users/me`, { headers })).json();
}

interface Sdk {
  UsersEndpoints: new (options: {
    auth: { getToken(): string };
    baseUrl: string;
  }) => { users: { getUser(input: { path: { userId: string } }): Promise<unknown> } };
}

/** Zoom's SDK, where somebody has put it there (`npm install --no-save @zoom/rivet`): 28 packages for one number are too many. */
async function throughSdk(apiUrl: string): Promise<Caller | undefined> {
  const name = '@zoom/rivet/users';
  const sdk = (await import(name).catch(() => undefined)) as Sdk | undefined;
  if (!sdk) return undefined;
  const { users } = new sdk.UsersEndpoints({ auth: { getToken: () => token }, baseUrl: apiUrl });
  return () => users.getUser({ path: { userId: 'me' } });
}

/** Microseconds a call: the median of blocks, the ways taking turns. `ratio` is the median of the ratios within a round. */
export async function callOverhead(_panel: Panel, progress: Progress): Promise<Figure> {
  const server = new Worker(new URL('./answer-server.ts', import.meta.url));
  const [port] = (await once(server, 'message')) as [number];
  const apiUrl = `http://127.0.0.1:${port}/v2`;
  const sdk = await throughSdk(apiUrl);
  const ways: Record<string, Caller> = {
    undici: throughUndici(apiUrl),
    tally: throughTally(apiUrl),
    fetch: throughFetch(apiUrl),
    ...(sdk && { sdk }),
  };
  const samples = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds + warmUps; round++) {
    const order = Object.entries(ways);
    if (round % 2 === 1) order.reverse();
    for (const [name, call] of order) {
      const began = performance.now();
      for (let made = 0; made < calls; made++) await call();
      if (round >= warmUps) samples.get(name)?.push(((performance.now() - began) / calls) * 1000);
    }
  }
  await server.terminate();
  const of = (name: string) => samples.get(name) as number[];
  const ratios = (name: string) => of(name).map((took, round) => took / (of('undici')[round] as number));
  const ratio = median(ratios('tally'));
  progress([...samples.keys()].map((name) => `${name} ${median(of(name)).toFixed(0)} µs`).join(', '));
  return {
    figure: 'call-overhead',
    unit: 'µs',
    value: rounded(median(of('tally'))),
    baseline: rounded(median(of('undici'))),
    ratio: rounded(ratio),
    aim: `<= ${most} times bare undici`,
    met: ratio <= most,
    runs: rounds,
    ratioSpread: spread(ratios('tally')),
    fetch: rounded(median(ratios('fetch'))),
    ...(sdk && { sdk: rounded(median(ratios('sdk'))) }),
  };
}
