import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createClock, day } from './clock.ts';
import { consentByHttp } from './consent.ts';
import { type Bindings, type PracticeApp, trackingId } from './exchange.ts';
import { type Client, harnessId } from './grants.ts';
import { guards } from './guards.ts';
import type { Plan } from './limits.ts';
import { marketplacePath } from './marketplace-places.ts';
import { mountMeetings } from './meeting.ts';
import { mountOauth } from './oauth.ts';
import { mountApi } from './router.ts';
import { scopesFor } from './scopes.ts';
import { type AccountKind, makeKind } from './state/kinds.ts';
import type { PracticePictures } from './state/seed.ts';
import type { Vintage } from './state/vintage.ts';
import { canary, clientIdCanary } from './tokens.ts';
import { createWorld, type World } from './world.ts';

export interface PracticeOptions {
  /** 0 or none: any free port. */
  readonly port?: number;
  readonly plan?: Plan;
  /** Whose account it is; unless given that of a small company, with all that a person can have. */
  readonly account?: AccountKind;
  /** Which settings there are, and by which names; today's unless given. */
  readonly vintage?: Vintage;
  /** false turns every 429 off, the presence minute included. */
  readonly limits?: boolean;
  /** The same seed gives the same people. */
  readonly seed?: number;
  /** false: no page on which whoever finds the port makes an app, and with it gets a token. */
  readonly hasMarketplace?: boolean;
  /** false: no calls under /practice, by which tests look at it and change it. */
  readonly hasControl?: boolean;
  /** What the practice user's face and backgrounds are instead of the small painted ones; backgrounds by their names. */
  readonly pictures?: PracticePictures;
  /** Real time in epoch milliseconds; tests may give their own. */
  readonly now?: () => number;
  /** How long a request's head may take, in milliseconds. */
  readonly headersTimeoutMs?: number;
}

/** A running practice Zoom. */
export interface Practice {
  /** Base of the operations: `http://127.0.0.1:PORT/v2`. */
  readonly apiUrl: string;
  /** Base of `/oauth/authorize`, `/oauth/token` and `/oauth/revoke`. */
  readonly oauthUrl: string;
  /** The page on which a person makes an app of their own. */
  readonly marketplaceUrl: string;
  /** The practice user's, with every user-level scope, of the public client; good for an hour. */
  readonly accessToken: string;
  readonly refreshToken: string;
  /** A public (PKCE) client; its redirect is http://127.0.0.1 with any port and path. */
  readonly clientId: string;
  /** A client that has a secret; same redirect. */
  readonly confidentialClientId: string;
  readonly clientSecret: string;
  readonly userId: string;
  readonly email: string;
  /** The practice user's at the start. */
  readonly backgrounds: readonly { readonly id: string; readonly bytes: Buffer }[];
  /** An administrator's, with every scope; it does not run out while the server lives. */
  readonly adminAccessToken: string;
  /** For `/practice/*`. */
  readonly controlToken: string;
  /**
   * Opens the consent page and presses Allow, over HTTP; gives the redirect's address with code and state. `email` is who
   * says yes, the practice user where none is given.
   */
  consent(authorizeUrl: string, email?: string): Promise<string>;
  close(): Promise<void>;
}

/** Time-outs in milliseconds: for a request's head, for a whole request (a 15 MB upload on loopback), for an idle connection. */
const timeouts = { headers: 10_000, request: 60_000, idle: 15_000 } as const;

/** Starts a practice Zoom on 127.0.0.1. Rejects when the port is taken. Everything it knows is gone once it is closed. */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const userScopes = scopesFor('user');
  const publicClient: Client = { id: clientIdCanary(), name: 'Tally', scopes: userScopes };
  const clientSecret = canary();
  const confidentialClient: Client = {
    ...publicClient,
    id: clientIdCanary(),
    secret: clientSecret,
    name: 'Tally with a secret',
  };
  const harness: Client = {
    id: harnessId,
    secret: canary(),
    name: 'Test harness',
    scopes: scopesFor('admin'),
  };
  const controlToken = randomBytes(32).toString('base64url');

  // Not loaded where nobody asks for them, as in the app.
  const { hasControl = true, hasMarketplace = true } = options;
  const control = hasControl ? await import('./control.ts') : undefined;
  const marketplace = hasMarketplace ? await import('./marketplace.ts') : undefined;
  const app = new Hono<Bindings>();
  const headersTimeout = options.headersTimeoutMs ?? timeouts.headers;
  const server = createServer(
    {
      headersTimeout,
      requestTimeout: timeouts.request,
      connectionsCheckingInterval: Math.min(headersTimeout, 5000),
    },
    // Without this option the adapter replaces the global Request and Response of its host, the app's main process.
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  );
  server.keepAliveTimeout = timeouts.idle;
  const port = await listen(server, options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;

  const world = createWorld({
    clock: createClock(options.now ?? Date.now),
    plan: options.plan ?? 'pro',
    vintage: options.vintage ?? 'today',
    limits: options.limits ?? true,
    seed: options.seed ?? 1,
    origin,
    clients: [publicClient, confidentialClient, harness],
    pictures: options.pictures,
  });
  if (options.account) makeKind(world, options.account);
  mount(app, world, `127.0.0.1:${port}`);
  control?.mountControl(app, world, controlToken);
  marketplace?.mountMarketplace(app, world);

  const grant = world.grants.issue(world.me.id, publicClient.id, userScopes);
  const century = 36_525 * day;
  const adminGrant = world.grants.issue(world.admin.id, harness.id, harness.scopes, century);
  return {
    apiUrl: `${origin}/v2`,
    oauthUrl: origin,
    marketplaceUrl: `${origin}${marketplacePath}`,
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    clientId: publicClient.id,
    confidentialClientId: confidentialClient.id,
    clientSecret,
    userId: world.me.id,
    email: world.me.email,
    backgrounds: world.me.backgrounds.map(({ id, bytes }) => ({ id, bytes })),
    adminAccessToken: adminGrant.accessToken,
    controlToken,
    consent: (authorizeUrl, email) => consentByHttp(origin, authorizeUrl, email),
    close: () => close(server, world),
  };
}

function mount(app: PracticeApp, world: World, host: string): void {
  app.use(async (c, next) => {
    await next();
    c.header('x-zm-trackingid', trackingId());
  });
  app.use(guards(() => host));
  mountOauth(app, world);
  mountMeetings(app, world);
  mountApi(app, world);
  app.on('GET', ['/p/*', '/a/*'], (c) => {
    const owner = world.people.find(({ picture }) => picture && pathOf(picture.url) === c.req.path);
    if (!owner?.picture) return c.notFound();
    return c.body(new Uint8Array(owner.picture.bytes), 200, { 'Content-Type': owner.picture.contentType });
  });
  app.notFound((c) => c.json({ code: 404, message: 'Not found.' }, 404));
  app.onError((_error, c) => c.json({ code: 500, message: 'Internal error of the practice server.' }, 500));
}

/** The path of an address; empty for what a test has put in its place. */
function pathOf(address: string): string {
  // Not URL.canParse: Electron 25 has none.
  try {
    return new URL(address).pathname;
  } catch {
    return '';
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server, world: World): Promise<void> {
  world.log.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
