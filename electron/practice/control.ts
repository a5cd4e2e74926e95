import * as z from 'zod';
import { isObject, writeJson } from '../../shared/json.ts';
import { patchState } from './control-patch.ts';
import { type PracticeApp, type PracticeContext, readBody } from './exchange.ts';
import { armSchema } from './fault-schema.ts';
import { backgroundFacts } from './handlers/backgrounds.ts';
import { schedulersOf } from './handlers/delegates.ts';
import { presenceNow } from './handlers/presence.ts';
import type { Person, StoredFile } from './state/person.ts';
import type { Json, JsonObject } from './state/settings.ts';
import { bearer, sameSecret } from './tokens.ts';
import { findPerson, type World } from './world.ts';

/** How long `/practice/wait` waits at most, in milliseconds. */
const longestWait = 25_000;

/** Puts the calls under `/practice` that let tests look at the practice Zoom and change it. */
export function mountControl(app: PracticeApp, world: World, token: string): void {
  app.use('/practice/*', async (c, next) => {
    const given = bearer(c.req.header('authorization')) ?? '';
    if (!sameSecret(given, token)) return c.json({ message: 'The control token is missing or wrong.' }, 401);
    return next();
  });

  app.get('/practice/state', (c) => {
    const { user } = c.req.query();
    const who = user === undefined ? world.me : findPerson(world, user);
    return who
      ? exactJson(c, stateOf(world, who))
      : c.json({ message: `Nobody has the id or e-mail ${user}` }, 400);
  });
  app.patch('/practice/state', async (c) => {
    const body = await readObject(c);
    const problem = body ? patchState(world, body) : 'The body must be a JSON object.';
    return problem === undefined ? exactJson(c, stateOf(world, world.me)) : c.json({ message: problem }, 400);
  });

  app.get('/practice/clock', (c) => c.json(clockOf(world)));
  app.post('/practice/clock', async (c) => {
    const body = (await readObject(c)) ?? {};
    const { advanceMs, set } = body;
    const at = typeof set === 'string' ? Date.parse(set) : set;
    if (typeof advanceMs === 'number') world.clock.advance(advanceMs);
    else if (typeof at === 'number' && Number.isFinite(at)) world.clock.set(at);
    else if (Object.keys(body).length > 0) return c.json({ message: 'Give advanceMs or set.' }, 400);
    return c.json(clockOf(world));
  });

  app.get('/practice/faults', (c) => c.json({ faults: world.faults.armed() }));
  app.post('/practice/faults', async (c) => {
    const asked = armSchema.safeParse(await readObject(c));
    if (!asked.success) return c.json({ message: z.prettifyError(asked.error) }, 400);
    const { match, fault, times } = asked.data;
    world.faults.arm(match, fault, times);
    return c.json({ faults: world.faults.armed() }, 201);
  });
  app.delete('/practice/faults', (c) => {
    world.faults.clear();
    return c.body(null, 204);
  });

  app.post('/practice/release', (c) => c.json({ released: world.holds.release() }));

  app.delete('/practice/requests', (c) => {
    world.log.clear();
    return c.body(null, 204);
  });

  app.get('/practice/wait', async (c) => {
    const { operationId, path, method, after = '0', timeoutMs = String(longestWait) } = c.req.query();
    const matches = (entry: { operationId: string | null; path: string; method: string }) =>
      (operationId === undefined || entry.operationId === operationId) &&
      (path === undefined || entry.path === path) &&
      (method === undefined || entry.method === method);
    const limit = Math.min(longestWait, Math.max(0, Number(timeoutMs) || 0));
    const entry = await world.log.wait(Number(after) || 0, matches, limit);
    return entry ? exactJson(c, entry) : c.body(null, 204);
  });
}

/** Bodies in the log may hold integers that `c.json` cannot write. */
function exactJson(c: PracticeContext, value: unknown): Response {
  return c.body(writeJson(value), 200, { 'Content-Type': 'application/json' });
}

async function readObject(c: PracticeContext): Promise<JsonObject | undefined> {
  const text = (await readBody(c)).toString('utf8');
  try {
    const value: Json = text === '' ? {} : JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function clockOf(world: World) {
  const now = world.clock.now();
  return { now, iso: new Date(now).toISOString() };
}

function fileFacts({ name, contentType, bytes, sha256 }: StoredFile) {
  return { name, type: contentType, size: bytes.length, sha256 };
}

/** Everything of a person but secrets and bytes. */
function personState(world: World, person: Person) {
  const { id, email, firstName, lastName, displayName, type, status, roleId, kind, loginType } = person;
  const flags = [...person.flags];
  return {
    id,
    email,
    firstName,
    lastName,
    displayName,
    type,
    status,
    roleId,
    kind,
    loginType,
    flags,
    presence: presenceState(world, person),
  };
}

function presenceState(world: World, person: Person) {
  const { status, endsAt } = presenceNow(world, person);
  const { loggedIn, clientVersion } = person;
  return { status, ...(endsAt === undefined ? {} : { endsAt }), loggedIn, clientVersion };
}

/** Everything, with the details of one person as `me`. */
export type PracticeState = ReturnType<typeof stateOf>;

function stateOf(world: World, me: Person) {
  const { account } = world;
  return {
    now: world.clock.now(),
    account,
    limits: world.limitsOn,
    users: world.people.map((person) => personState(world, person)),
    me: {
      ...personState(world, me),
      ...(me.picture ? { picture: fileFacts(me.picture) } : {}),
      backgrounds: me.backgrounds.map((file) => ({ ...backgroundFacts(file), sha256: file.sha256 })),
      assistants: me.assistants,
      schedulers: schedulersOf(world, me).map((person) => person.id),
      settings: me.settings,
      jobTitle: me.jobTitle,
      dept: me.dept,
      company: me.company,
      location: me.location,
      pronouns: me.pronouns,
      pronounsOption: me.pronounsOption,
      timezone: me.timezone,
      language: me.language,
      pmi: me.pmi,
      usePmi: me.usePmi,
      vanityName: me.vanityName,
      phoneNumbers: me.phoneNumbers,
      customAttributes: me.customAttributes,
    },
    requests: world.log.entries,
    grants: world.grants.all().map(({ userId, clientId, scopes, accessExpiresAt, refreshes }) => ({
      userId,
      clientId,
      scopes,
      accessExpiresAt,
      refreshes,
    })),
    refreshes: world.grants.refreshes(),
    revocations: world.grants.revocations(),
  };
}
