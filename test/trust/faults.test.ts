import { describe, expect, it } from 'vitest';
import { clock } from '../../electron/desktop/clock.ts';
import { isTallyError } from '../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { type ClientRig, type Outcome, withClient } from '../support/client-rig.ts';
import { pngOfSize } from '../support/files.ts';
import { type Line, type LineFault, startProxy } from '../support/trust/proxy.ts';
import { at } from '../support/valid-calls.ts';

/** Whatever the network does: every operation ends, within its limits, as what it is; and nothing happens twice at Zoom. */

const ids = Object.keys(operations) as OperationId[];
/** The limits that a call keeps, in ms, about a hundredth of the app's own. undici looks at the time every second or so. */
const timeouts = { connect: 300, headers: 300, idle: 300, body: 1_200 };
/** Three tries of all these, the pauses between them, and what a busy machine adds, in ms. */
const longest = 20_000;
/** A GET, PUT or DELETE may be sent so often. */
const mostTries = 3;

interface Client {
  readonly rig: ClientRig;
  readonly proxy: Line;
}

/** Runs `use` with a client whose way to its practice Zoom leads through a proxy. Real time, unless `fake`. */
async function withLine(use: (client: Client) => Promise<void>, { fake = false } = {}): Promise<void> {
  let apiUrl = 'http://127.0.0.1:9';
  const proxy = await startProxy(() => apiUrl);
  const time = fake ? {} : { clock, timeouts };
  try {
    await withClient(
      { limits: false },
      async (rig) => {
        apiUrl = rig.practice.apiUrl;
        // A new person for each of some hundred cuts.
        await rig.patch({ seats: { basic: 10_000 } });
        await use({ rig, proxy });
      },
      { apiUrl: () => proxy.apiUrl, ...time },
    );
  } finally {
    await proxy.close();
  }
}

const isRepeatable = (id: OperationId) => ['GET', 'PUT', 'DELETE'].includes(operations[id].method);

/** What must hold of every outcome, and of what Zoom has had of it. */
async function expectSound({ rig, proxy }: Client, id: OperationId, outcome: Outcome): Promise<void> {
  const operation: Operation = operations[id];
  expect(rig.internal).toEqual([]);
  if (!outcome.ok) expect(isTallyError(outcome.error), JSON.stringify(outcome.error)).toBe(true);
  expect(proxy.tries()).toBeLessThanOrEqual(isRepeatable(id) ? mostTries : 1);
  const had = (await rig.state()).requests.filter(({ operationId }) => operationId === id);
  expect(had.length).toBeLessThanOrEqual(proxy.tries());
  // A success is one that Zoom knows of.
  if (outcome.ok) expect(operation.success).toContain(outcome.status);
  if (outcome.ok) expect(had.length).toBeGreaterThan(0);
}

const faults: Readonly<Record<string, LineFault>> = {
  'a slow line': { kind: 'delay', ms: 150 },
  'an answer later than Tally waits': { kind: 'delay', ms: 3_000 },
  'an answer that trickles, in time': { kind: 'trickle', bytes: 512, everyMs: 5 },
  'an answer that trickles on and on': { kind: 'trickle', bytes: 1, everyMs: 100 },
  'a connection reset at once': { kind: 'reset' },
  'an answer that is cut to nothing': { kind: 'cut-answer', after: 0, by: 'end' },
  'an answer that is reset in its status line': { kind: 'cut-answer', after: 11, by: 'reset' },
  'an answer that is cut in its headers': { kind: 'cut-answer', after: 60, by: 'end' },
  'a request that is cut in its head': { kind: 'cut-request', after: 40, by: 'end' },
  'a request that is reset in its head': { kind: 'cut-request', after: 40, by: 'reset' },
  'a half-open connection': { kind: 'half-open' },
  'a black hole': { kind: 'black-hole' },
};

describe.each(Object.entries(faults))('%s, once', (_name, fault) => {
  it.concurrent.each(ids)('%s', async (id) => {
    await withLine(async (client) => {
      client.proxy.arm(fault);
      const from = Date.now();
      const outcome = await client.rig.valid(id);
      expect(Date.now() - from).toBeLessThan(longest);
      await expectSound(client, id, outcome);
      // What may be sent again, is, and one bad connection is no harm to it.
      if (operations[id].method === 'GET') expect(outcome).toMatchObject({ ok: true });
    });
  });
});

describe.each(Object.entries(faults))('%s, for good', (_name, fault) => {
  it.concurrent.each(ids)('%s', async (id) => {
    await withLine(async (client) => {
      client.proxy.arm(fault, Number.POSITIVE_INFINITY);
      const from = Date.now();
      const outcome = await client.rig.valid(id);
      expect(Date.now() - from).toBeLessThan(longest);
      await expectSound(client, id, outcome);
    });
  });
});

describe.each(['half-open', 'black-hole'] as const)('cancelled on a connection that is %s', (kind) => {
  // Of those that wait for others to end, only an `expect` of their own knows the test.
  it.concurrent.for(ids)('%s', async (id, { expect }) => {
    await withLine(
      async (client) => {
        client.proxy.arm({ kind }, Number.POSITIVE_INFINITY);
        const cancel = new AbortController();
        const outcome = client.rig.valid(id, undefined, { signal: cancel.signal });
        await expect.poll(client.proxy.tries, { timeout: longest }).toBe(1);
        cancel.abort();
        expect(await outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
        await expectSound(client, id, await outcome);
      },
      { fake: true },
    );
  });
});

it.each(ids)('no port at all is not taken for an answer: %s', async (id) => {
  await withLine(
    async (client) => {
      await client.proxy.close();
      const outcome = await client.rig.valid(id);
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'network' } });
      await expectSound(client, id, outcome);
    },
    { fake: true },
  );
});

/** Calls with short requests and answers, one for each way in which a change can be sent. `turn` makes them differ. */
const short: Readonly<Record<string, (rig: ClientRig, turn: number) => Promise<Outcome>>> = {
  userEmail: (rig) => rig.valid('userEmail'),
  updatePresenceStatus: (rig) => rig.valid('updatePresenceStatus'),
  userUpdate: (rig, turn) => rig.zoom('userUpdate', { body: { job_title: `Title ${turn}` } }),
  userCreate: (rig, turn) =>
    rig.zoom(
      'userCreate',
      { body: { action: 'create', user_info: { email: at(`new.${turn}`), type: 1 } } },
      rig.practice.adminAccessToken,
    ),
};

describe.each(Object.entries(short))('%s', (name, call) => {
  const id = name as OperationId;

  it.each(['end', 'reset'] as const)('whose answer is cut (%s) after every number of bytes', async (by) => {
    await withLine(
      async (client) => {
        const { rig, proxy } = client;
        expect(await call(rig, 0)).toMatchObject({ ok: true });
        const { answered } = proxy.newest();
        for (let after = 0; after <= answered; after += 1) {
          await freshStart(client);
          const before = proxy.tries();
          proxy.arm({ kind: 'cut-answer', after, by });
          const outcome = await call(rig, after + 1);
          const tries = proxy.tries() - before;
          expect(rig.internal, `after ${after} bytes`).toEqual([]);
          expect(tries, `after ${after} bytes`).toBeLessThanOrEqual(isRepeatable(id) ? 2 : 1);
          if (isRepeatable(id)) {
            // The repeated change of a status meets Zoom's limit of one a minute, which says that the first has worked.
            const told = outcome.ok || outcome.error.why === 'An earlier try broke off and may have worked.';
            expect(told, `after ${after} bytes`).toBe(true);
          } else if (!outcome.ok) {
            expect(outcome.error.kind, `after ${after} bytes`).toMatch(/^(network|bad-answer)$/);
          }
          if (!outcome.ok) expect(isTallyError(outcome.error)).toBe(true);
        }
      },
      { fake: true },
    );
  });

  it.each(['end', 'reset'] as const)('whose request is cut (%s) after every number of bytes', async (by) => {
    await withLine(
      async (client) => {
        const { rig, proxy } = client;
        expect(await call(rig, 0)).toMatchObject({ ok: true });
        const { asked } = proxy.newest();
        for (let after = 0; after < asked; after += 1) {
          await freshStart(client);
          const before = proxy.tries();
          proxy.arm({ kind: 'cut-request', after, by });
          const outcome = await call(rig, after + 1);
          expect(rig.internal, `after ${after} bytes`).toEqual([]);
          // Half a request is none: Zoom has not acted, and what may be sent again has worked the second time.
          expect(outcome, `after ${after} bytes`).toMatchObject(
            isRepeatable(id) ? { ok: true } : { ok: false, error: { kind: 'network' } },
          );
          expect(proxy.tries() - before, `after ${after} bytes`).toBe(isRepeatable(id) ? 2 : 1);
        }
      },
      { fake: true },
    );
  });
});

/** A new connection, and a minute later, so that Zoom takes another change of the status. */
async function freshStart({ rig }: Client): Promise<void> {
  rig.drop();
  rig.clock.jump(61_000);
}

describe.each([0.1, 0.5, 0.99])('an upload cut at %d of it', (share) => {
  it.each(['userPicture', 'uploadVBuser'] as const)('%s leaves nothing at Zoom', async (id) => {
    await withLine(
      async (client) => {
        const file = pngOfSize(1_500_000);
        const { me } = await client.rig.state();
        client.proxy.arm({ kind: 'cut-request', after: Math.floor(file.bytes.length * share), by: 'reset' });
        const outcome = await client.rig.valid(id, file);
        expect(outcome).toMatchObject({ ok: false, error: { kind: 'network' } });
        await expectSound(client, id, outcome);
        const now = (await client.rig.state()).me;
        expect({ backgrounds: now.backgrounds, picture: now.picture }).toEqual({
          backgrounds: me.backgrounds,
          picture: me.picture,
        });
      },
      { fake: true },
    );
  });
});
