import { randomBytes } from 'node:crypto';
import type { Answer } from './answers.ts';
import { exchange, type PracticeApp, readBody, readForm } from './exchange.ts';
import { appOf, type Client } from './grants.ts';
import { readManifest } from './manifest.ts';
import {
  type AddedApp,
  type AppForm,
  addedAppsPage,
  addedPage,
  appFormPage,
  madeAppPage,
  manifestPage,
  noDeveloperPage,
} from './marketplace-page.ts';
import { addedAppsPath, manifestPath, marketplacePath } from './marketplace-places.ts';
import { parseMultipart } from './multipart.ts';
import { type NewApp, nameProblem } from './new-app.ts';
import { allowListProblem, redirectProblem } from './redirects.ts';
import { scopesProblem } from './scopes.ts';
import { canary, clientIdCanary } from './tokens.ts';
import type { World } from './world.ts';

/** Clients that there can be at most; an app is two. */
const mostClients = 200;

const emptyForm: AppForm = {
  name: '',
  redirectUri: '',
  allowList: '',
  scopes: [],
  search: '',
  isPublic: false,
};

/** Puts the pages on which apps are made. They live as long as the server. */
export function mountMarketplace(app: PracticeApp, world: World): void {
  const forDevelopers = (page: () => Answer) => (world.account.developer ? page() : noDeveloperPage());
  const show = (path: string, page: () => Answer) =>
    app.get(path, (c) =>
      exchange(c, world, { read: async () => undefined, produce: async () => forDevelopers(page) }),
    );
  show(marketplacePath, () => appFormPage(emptyForm));
  show(manifestPath, () => manifestPage());
  app.post(marketplacePath, (c) =>
    exchange(c, world, {
      read: () => readForm(c),
      produce: async (sent) => forDevelopers(() => register(sent, world)),
    }),
  );
  app.post(manifestPath, (c) =>
    exchange(c, world, {
      read: async () => parseMultipart(c.req.header('content-type') ?? '', await readBody(c)) ?? [],
      produce: async (parts) =>
        forDevelopers(() => {
          const file = parts.find(({ name }) => name === 'manifest');
          const read = readManifest(file?.bytes.toString('utf8') ?? '', world.account.redirectForm);
          return 'problems' in read ? manifestPage(read.problems) : make(read.app, world);
        }),
    }),
  );
  app.post(`${marketplacePath}/add`, (c) =>
    exchange(c, world, {
      read: () => readForm(c),
      produce: async (sent) => {
        world.added.add(`${world.me.id} ${sent.get('app')}`);
        return addedPage();
      },
    }),
  );
  show(addedAppsPath, () => addedAppsPage(addedApps(world)));
  app.post(addedAppsPath, (c) =>
    exchange(c, world, {
      read: () => readForm(c),
      produce: async (sent) => {
        remove(sent.get('app') ?? '', world);
        return addedAppsPage(addedApps(world));
      },
    }),
  );
}

/** The apps that the practice user has added, or has signed in through. */
function addedApps({ added, clients, me }: World): readonly AddedApp[] {
  const found = clients.map((client) => [appOf(client), client.name] as const);
  return [...new Map(found)].flatMap(([id, name]) => (added.has(`${me.id} ${id}`) ? [{ id, name }] : []));
}

/** Takes an app off that list, which ends every sign-in through it. */
function remove(app: string, { added, clients, grants, me }: World): void {
  added.delete(`${me.id} ${app}`);
  const ids = clients.filter((client) => appOf(client) === app).map(({ id }) => id);
  grants.end(({ userId, clientId }) => userId === me.id && ids.includes(clientId));
}

function register(sent: URLSearchParams, world: World): Answer {
  const form: AppForm = {
    name: (sent.get('name') ?? '').trim(),
    redirectUri: (sent.get('redirect') ?? '').trim(),
    allowList: sent.get('allow') ?? '',
    scopes: sent.getAll('scope'),
    search: (sent.get('search') ?? '').trim(),
    isPublic: sent.get('public') === 'on',
  };
  const listed = (text: string) => [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  if (sent.get('action') === 'search') return appFormPage(form);
  const { scopes } = form;
  const allowList = listed(form.allowList);
  const problem =
    nameProblem(form.name) ??
    redirectProblem(form.redirectUri, form.isPublic, world.account.redirectForm) ??
    allowListProblem(allowList) ??
    scopesProblem(scopes) ??
    (world.clients.length >= mostClients ? 'There is no room for another app.' : undefined);
  return problem === undefined ? make({ ...form, allowList }, world) : appFormPage(form, problem);
}

/**
 * Makes the clients of an app: one with a secret, one without where the app is public, each with an id of its own. What is for
 * production would work only once the app is published.
 */
function make({ name, redirectUri, allowList, scopes, isPublic }: NewApp, world: World): Answer {
  const shared = { app: randomBytes(16).toString('base64url'), name, redirectUri, allowList, scopes };
  const client: Client & { readonly secret: string } = { ...shared, id: clientIdCanary(), secret: canary() };
  const publicClient: Client | undefined = isPublic ? { ...shared, id: clientIdCanary() } : undefined;
  world.clients.push(client, ...(publicClient ? [publicClient] : []));
  return madeAppPage({
    app: shared.app,
    name,
    scopes,
    clientId: client.id,
    clientSecret: client.secret,
    publicClientId: publicClient?.id,
    production: { clientId: clientIdCanary(), clientSecret: canary() },
  });
}
