import { randomBytes } from 'node:crypto';
import { exchange, type PracticeApp, readForm } from './exchange.ts';
import type { Answer } from './faults.ts';
import type { Client } from './grants.ts';
import { type AppForm, appFormPage, madeAppPage } from './marketplace-page.ts';
import { redirectProblem } from './redirects.ts';
import { scopesProblem } from './scopes.ts';
import { canary } from './tokens.ts';
import type { World } from './world.ts';

/** Where a person makes an app of their own, as at Zoom's marketplace. */
export const marketplacePath = '/develop/apps';

/** Apps that can be made at most. */
const mostApps = 100;

const emptyForm: AppForm = { name: '', redirectUri: '', scopes: '', isPublic: false };

/** Puts the page on which apps are made. They live as long as the server. */
export function mountMarketplace(app: PracticeApp, world: World): void {
  app.get(marketplacePath, (c) =>
    exchange(c, world, {
      read: async () => undefined,
      produce: async () => appFormPage(emptyForm),
    }),
  );
  app.post(marketplacePath, (c) =>
    exchange(c, world, {
      read: () => readForm(c),
      produce: async (sent) => register(sent, world),
    }),
  );
}

function register(sent: URLSearchParams, world: World): Answer {
  const form: AppForm = {
    name: (sent.get('name') ?? '').trim(),
    redirectUri: (sent.get('redirect') ?? '').trim(),
    scopes: sent.get('scopes') ?? '',
    isPublic: sent.get('public') === 'on',
  };
  const scopes = [...new Set(form.scopes.split(/[\s,]+/).filter(Boolean))];
  const problem =
    nameProblem(form.name) ??
    redirectProblem(form.redirectUri, form.isPublic) ??
    scopesProblem(scopes) ??
    (world.clients.length >= mostApps ? 'There is no room for another app.' : undefined);
  if (problem !== undefined) return appFormPage(form, problem);
  const client: Client = {
    id: randomBytes(16).toString('base64url'),
    name: form.name,
    redirectUri: form.redirectUri,
    scopes,
    ...(form.isPublic ? {} : { secret: canary() }),
  };
  world.clients.push(client);
  return madeAppPage(client);
}

function nameProblem(name: string): string | undefined {
  return name.length >= 1 && name.length <= 50 ? undefined : 'The name must have 1 to 50 characters.';
}
