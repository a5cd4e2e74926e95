import { randomUUID } from 'node:crypto';
import { type Answer, jsonAnswer, oauthRefusals } from './answers.ts';
import { consentPage } from './consent-page.ts';
import { exchange, type PracticeApp, type PracticeContext, readForm } from './exchange.ts';
import { appOf, type Client, type CodeFacts, type Grant } from './grants.ts';
import { pageAnswer, problemPage } from './html.ts';
import type { LogEntry } from './log.ts';
import { mayReturnTo } from './redirects.ts';
import { appTrouble, whyNotRenewed } from './renewal.ts';
import type { Person } from './state/person.ts';
import { sameSecret } from './tokens.ts';
import { type AppInstall, findPerson, type World } from './world.ts';

/** What an app asked for, kept between the consent page and its form. */
interface Request extends Omit<CodeFacts, 'userId' | 'clientId'> {
  readonly client: Client;
  readonly state: string | undefined;
}

/** Requests kept at most: the page may be opened and left. */
const keptRequests = 50;

/** Zoom's numbers for the web page flow (developers.zoom.us/docs/integrations/oauth-error-messages). */
const problem = {
  client: 4702,
  missing: 4706,
  redirect: 4700,
  scopes: 4711,
  disabled: 4717,
  request: 4734,
  owner: 4735,
} as const;

export function mountOauth(app: PracticeApp, world: World): void {
  const requests = new Map<string, Request>();

  app.get('/oauth/authorize', (c) =>
    exchange(c, world, {
      // The query is in the log only by its names: it holds the state and the challenge.
      read: async (entry) => {
        entry.query = {};
      },
      produce: async () => authorizePage(c, world, requests),
    }),
  );

  app.post('/oauth/authorize', (c) =>
    exchange(c, world, {
      read: () => readForm(c),
      produce: async (form) => decide(form, world, requests),
    }),
  );

  app.post('/oauth/token', (c) =>
    exchange(c, world, {
      read: (entry) => readTokenForm(c, entry),
      grantType: (form) => form.get('grant_type') ?? undefined,
      produce: async (form, entry, work) => {
        await work();
        return token(c, world, form, entry);
      },
    }),
  );

  app.post('/oauth/revoke', (c) =>
    exchange(c, world, {
      read: (entry) => readTokenForm(c, entry),
      produce: async (form, _entry, work) => {
        await work();
        const client = authenticate(c, world, form);
        if (!client || (client.secret === undefined && !world.publicRevoke)) return badClient();
        if (!world.grants.revoke(form.get('token') ?? '', client.id))
          return refusal('invalid_grant', 'Invalid Token!');
        return jsonAnswer(200, { status: 'success' });
      },
    }),
  );
}

/** Zoom takes the parameters of the token endpoint in the body or in the query. The log gets none that is secret. */
async function readTokenForm(c: PracticeContext, entry: LogEntry): Promise<URLSearchParams> {
  const form = await readForm(c);
  for (const [name, value] of Object.entries(c.req.query())) if (!form.has(name)) form.set(name, value);
  entry.query = {};
  entry.body = { grant_type: form.get('grant_type'), client_id: form.get('client_id') };
  return form;
}

function authorizePage(c: PracticeContext, world: World, requests: Map<string, Request>): Answer {
  const query = c.req.query();
  const client = world.clients.find((one) => one.id === query.client_id);
  const trouble = client && appTrouble(world, client);
  if (!client || trouble === 'client') return problemPage(problem.client, 'No app has this client id.');
  if (trouble === 'app-disabled') return problemPage(problem.disabled, 'The app has been disabled.');
  if (!mayReturnTo(client, query.redirect_uri)) {
    return redirectRefused();
  }
  const { appInstall } = world.account;
  if (appInstall !== 'allowed')
    return pageAnswer(403, 'Not possible', `<p>${notInstallable[appInstall]}</p>`);
  if (query.response_type !== 'code') {
    return problemPage(problem.missing, 'The response type must be "code".');
  }
  const method = query.code_challenge_method ?? 'plain';
  const needsChallenge = client.secret === undefined;
  if ((needsChallenge && !query.code_challenge) || (method !== 'S256' && method !== 'plain')) {
    return problemPage(problem.missing, 'A code challenge is needed.');
  }
  const wanted = query.scope?.split(/[ ,]+/).filter(Boolean) ?? [];
  const scopes = wanted.length > 0 ? wanted : client.scopes;
  if (scopes.some((scope) => !client.scopes.includes(scope))) {
    return problemPage(problem.scopes, 'The app does not have all the scopes it asks for.');
  }
  const id = randomUUID();
  const { redirect_uri: redirectUri = '', code_challenge: challenge, state } = query;
  requests.set(id, { client, redirectUri, state, scopes, challenge, method });
  const [oldest] = requests.keys();
  if (requests.size > keptRequests && oldest !== undefined) requests.delete(oldest);
  return consentPage({ app: client.name, scopes, request: id, redirectUri }, choices(world));
}

/** What Zoom says in place of the consent page, as people have reported it; nothing comes back to the app. */
const notInstallable: Readonly<Record<Exclude<AppInstall, 'allowed'>, string>> = {
  'not-approved': 'Your admin has not approved this app. Ask your admin for it.',
  'other-account': 'Unable to install this app without the developer’s account.',
};

/** As Zoom answers the browser since 2026, in the place of a page (github.com/FerroxLabs/wayland/issues/1158). */
function redirectRefused(): Answer {
  const errorMessage = 'Invalid redirect url';
  return jsonAnswer(
    400,
    { status: false, errorCode: problem.redirect, errorMessage, result: null },
    // A browser shows it as a page, and would ask for an icon.
    { 'Content-Security-Policy': "default-src 'none'", 'Cache-Control': 'no-store' },
  );
}

/** People shown on the consent page at most. */
const shownPeople = 5;

/** Who may be signed in to the practice Zoom's website: the practice user before others. */
function choices(world: World): Person[] {
  const others = world.people.filter((person) => person !== world.me && canConsent(person));
  return [world.me, ...others.slice(0, shownPeople - 1)];
}

function canConsent(person: Person): boolean {
  return person.kind === 'person' && person.status === 'active';
}

function decide(form: URLSearchParams, world: World, requests: Map<string, Request>): Answer {
  const id = form.get('request') ?? '';
  const request = requests.get(id);
  requests.delete(id);
  if (!request) return problemPage(problem.request, 'This page was used before. Start again in the app.');
  const email = form.get('person');
  const person = email === null ? world.me : findPerson(world, email);
  if (!person || !canConsent(person))
    return problemPage(problem.owner, 'Nobody with this address can sign in.');
  const back = new URL(request.redirectUri);
  const added = `${person.id} ${appOf(request.client)}`;
  if (world.account.mustAdd && !world.added.has(added))
    return pageAnswer(403, 'Not possible', '<p>Add the app first, with “Add App Now” under Local Test.</p>');
  if (form.get('choice') === 'allow') {
    const { client, state: _, ...asked } = request;
    world.added.add(added);
    const scopes = world.grantScopes ?? asked.scopes;
    const code = world.grants.issueCode({ ...asked, scopes, userId: person.id, clientId: client.id });
    back.searchParams.set('code', code);
  } else {
    back.searchParams.set('error', 'access_denied');
  }
  if (request.state !== undefined) back.searchParams.set('state', request.state);
  return { status: 302, headers: { Location: back.href, 'Cache-Control': 'no-store' }, body: null };
}

/** A client by HTTP Basic (with a secret), or a public one by its id in the form. */
function authenticate(c: PracticeContext, world: World, form: URLSearchParams): Client | undefined {
  const basic = /^Basic ([\w+/=]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (basic === undefined) {
    return world.clients.find((one) => one.id === form.get('client_id') && one.secret === undefined);
  }
  const [id, secret] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeBasic);
  return world.clients.find((one) => one.id === id && sameSecret(one.secret ?? '', secret ?? ''));
}

/** RFC 6749 2.3.1 has both parts form-encoded; most senders do not, and ids and secrets here need no encoding. */
function decodeBasic(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function refusal(error: string, reason: string, status = 400): Answer {
  return jsonAnswer(status, { reason, error });
}

function badClient(): Answer {
  return refusal('invalid_client', 'Invalid client_id or client_secret', 401);
}

function token(c: PracticeContext, world: World, form: URLSearchParams, entry: LogEntry): Answer {
  const client = authenticate(c, world, form);
  if (!client) return badClient();
  const trouble = appTrouble(world, client);
  if (trouble) return oauthRefusals[trouble];
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const redirectUri = form.get('redirect_uri') ?? '';
      const verifier = form.get('code_verifier') ?? '';
      const grant = world.grants.redeem(form.get('code') ?? '', client.id, redirectUri, verifier);
      if (grant === 'code') return refusal('invalid_request', 'Invalid authorization code');
      if (grant === 'redirect')
        return jsonAnswer(400, { code: 4709, reason: 'Redirect URI mismatch', error: 'invalid_request' });
      if (grant === 'verifier') return refusal('invalid_grant', 'Invalid code verifier');
      return tokenAnswer(world, grant, entry);
    }
    case 'refresh_token': {
      const given = form.get('refresh_token') ?? '';
      const refused = whyNotRenewed(world, client, given);
      if (refused) return oauthRefusals[refused];
      const grant = world.grants.refresh(given, client.id);
      return grant ? tokenAnswer(world, grant, entry) : refusal('invalid_grant', 'Invalid Token!');
    }
    default:
      return refusal('unsupported_grant_type', 'unsupported grant type');
  }
}

function tokenAnswer(world: World, grant: Grant, entry: LogEntry): Answer {
  entry.tokenUser = grant.userId;
  return jsonAnswer(
    200,
    {
      access_token: grant.accessToken,
      token_type: 'bearer',
      refresh_token: grant.refreshToken,
      expires_in: Math.round((grant.accessExpiresAt - world.clock.now()) / 1000),
      ...(world.bareTokens ? {} : { scope: grant.scopes.join(' '), api_url: world.origin }),
    },
    { 'Cache-Control': 'no-store' },
  );
}
