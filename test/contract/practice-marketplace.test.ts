import { describe, expect, it } from 'vitest';
import { scopesFor } from '../../electron/practice/scopes.ts';
import { manifestOf } from '../../shared/manifest.ts';
import { authorizeUrl, makeApp, pkce, signIn } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

/** What the consent page answers to an app that asks to come back to `redirect_uri`. */
async function askAt(rig: Rig, clientId: string | undefined, redirect_uri: string): Promise<Response> {
  const url = authorizeUrl(rig.practice, {
    client_id: clientId,
    redirect_uri,
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
  });
  return fetch(url, { redirect: 'manual' });
}

it('there is no marketplace in the practice account of the app, so nobody who finds its port gets a token', () =>
  withPractice({ hasMarketplace: false }, async ({ practice }) => {
    for (const path of ['', '/add', '/apps']) {
      const get = await fetch(practice.marketplaceUrl + path);
      const post = await fetch(practice.marketplaceUrl + path, { method: 'POST' });
      expect([get.status, post.status], path).toEqual([404, 404]);
    }
  }));

it('nor has that the calls by which tests look at it and change it, whatever token they bring', () =>
  withPractice({ hasControl: false }, async ({ practice }) => {
    const headers = { authorization: `Bearer ${practice.controlToken}` };
    for (const path of ['state', 'faults', 'requests', 'wait']) {
      const { status } = await fetch(new URL(`/practice/${path}`, practice.oauthUrl), { headers });
      expect(status, path).toBe(404);
    }
  }));

describe('the practice marketplace', () => {
  it('is a form that no page can frame, script or point elsewhere', async () => {
    await withPractice({}, async ({ practice }) => {
      const response = await fetch(practice.marketplaceUrl);
      const html = await response.text();
      expect(response.status).toBe(200);
      expect(html).toContain('Use Public Client OAuth');
      expect(html).not.toContain('<script');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self' ;/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get('cache-control')).toBe('no-store');
    });
  });

  it('makes a public client that signs in by its id alone', async () => {
    await withPractice({}, async (rig) => {
      const scopes = 'user:read:user, user:read:presence_status\nuser:update:presence_status';
      const app = await makeApp(rig.practice, { public: 'on', scopes, name: 'Robin’s <b>own</b>' });
      expect(app.status).toBe(200);
      expect(app.clientId).toMatch(/^[\w-]{22}$/);
      expect(app.html).not.toContain('<b>own');
      const tokens = await signIn(rig.practice, {
        clientId: app.clientId ?? '',
        redirectUri: 'http://127.0.0.1:50123/back',
      });
      expect(tokens.scope).toBe('user:read:user user:read:presence_status user:update:presence_status');
      expect((await rig.call('user', {}, tokens.access_token)).status).toBe(200);
      expect(await rig.call('userSettings', {}, tokens.access_token)).toMatchObject({ code: 4711 });
    });
  });

  it('makes a client with a secret, which is shown once and needed', async () => {
    await withPractice({}, async (rig) => {
      const { clientId = '', clientSecret = '' } = await makeApp(rig.practice);
      expect(clientSecret).toMatch(/^CANARY-/);
      const redirectUri = 'https://www.example.com/back';
      const refused = await signIn(rig.practice, { clientId, redirectUri });
      expect(refused).toMatchObject({ error: 'invalid_client' });
      const tokens = await signIn(rig.practice, { clientId, clientSecret, redirectUri });
      expect((await rig.call('user', {}, tokens.access_token)).status).toBe(200);
      const again = await (await fetch(rig.practice.marketplaceUrl)).text();
      expect(again).not.toContain(clientSecret);
    });
  });

  it('takes every scope a user can have, of one kind', async () => {
    await withPractice({}, async ({ practice }) => {
      expect((await makeApp(practice, { scopes: scopesFor('user').join('\n') })).problem).toBeUndefined();
      expect((await makeApp(practice, { scopes: 'user:write user_profile user_zak:read' })).status).toBe(200);
    });
  });

  it('has each scope as a tick, searched by a part of its name; what a search hides stays ticked', async () => {
    await withPractice({}, async ({ practice }) => {
      const boxes = (html: string) =>
        [...html.matchAll(/type="checkbox" id="([^"]+)" name="scope"/g)].map(([, scope]) => scope);
      const first = await (await fetch(practice.marketplaceUrl)).text();
      expect(boxes(first)).toEqual(scopesFor('user'));
      const body = new URLSearchParams({ action: 'search', search: 'presence', scope: 'user:read:user' });
      const found = await (await fetch(practice.marketplaceUrl, { method: 'POST', body })).text();
      expect(boxes(found)).toEqual(['user:read:presence_status', 'user:update:presence_status']);
      expect(found).toContain('type="hidden" name="scope" value="user:read:user"');
    });
  });

  it.each([
    [
      'a scope that does not exist',
      { scopes: 'user:read:user,user:write:presence_status,x' },
      'user:write:presence_status, x',
    ],
    ['scopes of both kinds', { scopes: 'user:read:user user:write' }, 'Classic are: user:write'],
    ['scopes of an administrator', { scopes: 'user:read:user user:read:user:admin' }, 'user:read:user:admin'],
    ['no scope', { scopes: ' , ' }, 'at least one scope'],
    ['no name', { name: ' ' }, 'name'],
    ['no address', { redirect: 'back' }, 'Wrong URL format'],
    ['an address with a query', { redirect: 'http://127.0.0.1/back?a=1' }, 'without a query'],
    ['localhost for a public client', { redirect: 'http://localhost/back', public: 'on' }, 'localhost'],
    ['localhost for a client with a secret', { redirect: 'http://localhost:8080/back' }, 'localhost'],
    ['this computer for a client with a secret', { redirect: 'http://127.0.0.1/back' }, 'Wrong URL format'],
    ['an empty allow list', { allow: ' ' }, 'allow list'],
    ['an allow list of words', { allow: 'everything' }, 'everything'],
    ['a name of 50 letters', { name: 'x'.repeat(50) }, '1 to 49'],
    ['http to another computer', { redirect: 'http://elsewhere.example/back' }, 'https'],
    ['a scheme of its own', { redirect: 'tally://back' }, 'https'],
    ['a script', { redirect: 'javascript:alert(1)' }, 'https'],
  ])('refuses %s and keeps what was typed', async (_, fields, words) => {
    await withPractice({}, async (rig) => {
      const app = await makeApp(rig.practice, { name: '"><script>', ...fields });
      expect(app).toMatchObject({ status: 400, clientId: undefined, clientSecret: undefined });
      expect(app.problem).toContain(words);
      expect(app.html).not.toContain('<script>');
      for (const typed of Object.values(fields)) {
        for (const part of typed === 'on' ? [] : typed.trim().split(/[\s,]+/))
          expect(app.html).toContain(part);
      }
    });
  });

  it('takes websites for clients with a secret and without', async () => {
    await withPractice({}, async (rig) => {
      for (const fields of [{}, { public: 'on' }]) {
        const redirect = 'https://elsewhere.example/back';
        const { clientId } = await makeApp(rig.practice, { redirect, ...fields });
        const page = await askAt(rig, clientId, redirect);
        expect(page.status).toBe(200);
        expect(page.headers.get('content-security-policy')).toContain(
          `form-action 'self' ${new URL(redirect).origin};`,
        );
      }
    });
  });
});

describe('the registered redirect', () => {
  it.each([
    ['http://127.0.0.1/back', 200],
    ['http://127.0.0.1:1/back', 200],
    ['http://127.0.0.1:65535/back', 200],
    ['http://127.0.0.1:65536/back', 400],
    ['http://127.0.0.1/back/', 400],
    ['http://127.0.0.1/Back', 400],
    ['http://127.0.0.1/x/../back', 400],
    ['http://127.0.0.1/b%61ck', 400],
    ['http://127.0.0.1/back?a=1', 400],
    ['http://127.0.0.1/back#a', 400],
    ['http://127.0.0.1/', 400],
    ['http://localhost/back', 400],
    ['https://127.0.0.1/back', 400],
    ['http://someone@127.0.0.1/back', 400],
    ['http://127.0.0.1:80@elsewhere.example/back', 400],
    ['http://[::1]/back', 400],
    ['http://127.0.0.2/back', 400],
  ])('of http://127.0.0.1:3000/back lets an app come back to %s: %i', async (redirect, status) => {
    await withPractice({}, async (rig) => {
      const app = await makeApp(rig.practice, { redirect: 'http://127.0.0.1:3000/back', public: 'on' });
      const page = await askAt(rig, app.clientId, redirect);
      expect(page.status).toBe(status);
      if (status === 400) {
        expect(await page.json()).toEqual({
          status: false,
          errorCode: 4700,
          errorMessage: 'Invalid redirect url',
          result: null,
        });
      }
    });
  });

  it('on the web has its port too', async () => {
    await withPractice({}, async (rig) => {
      const { clientId } = await makeApp(rig.practice, { redirect: 'https://elsewhere.example/back' });
      expect((await askAt(rig, clientId, 'https://elsewhere.example:8443/back')).status).toBe(400);
    });
  });
});

describe('the allow list', () => {
  it.each([
    ['http://127.0.0.1/back', 200],
    ['http://127.0.0.1:1234/back', 200],
    ['http://127.0.0.1', 200],
    ['https://www.example.com http://127.0.0.1/', 200],
    ['http://127.0.0.1/bac', 400],
    ['http://127.0.0.1/other', 400],
    ['https://127.0.0.1/back', 400],
  ])('of %s covers http://127.0.0.1/back: %i', async (allow, status) => {
    await withPractice({}, async (rig) => {
      const { clientId } = await makeApp(rig.practice, { public: 'on', allow });
      expect((await askAt(rig, clientId, 'http://127.0.0.1:50123/back')).status).toBe(status);
    });
  });
});

describe('who may do what', () => {
  it('without the role of a developer nobody makes apps', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ developer: false });
      for (const path of ['apps', 'manifest']) {
        const page = await fetch(new URL(`/develop/${path}`, rig.practice.oauthUrl));
        expect([page.status, await page.text()]).toEqual([
          403,
          expect.stringContaining('Zoom for developers'),
        ]);
      }
      expect(await makeApp(rig.practice)).toMatchObject({ status: 403, clientId: undefined });
    });
  });

  it.each([
    ['with-port', 'http://127.0.0.1/back', 400],
    ['with-port', 'http://127.0.0.1:27483/back', 200],
    ['web', 'http://127.0.0.1:27483/back', 400],
    ['web', 'https://www.example.com/back', 200],
  ])('a form that takes addresses %s answers %s by %i', async (redirectForm, redirect, status) => {
    await withPractice({}, async (rig) => {
      await rig.patch({ redirectForm });
      expect((await makeApp(rig.practice, { redirect, public: 'on' })).status).toBe(status);
    });
  });

  it.each([
    ['not-approved', 'Your admin has not approved this app'],
    ['other-account', 'Unable to install this app'],
  ])('an app that is %s is stopped before the consent', async (appInstall, words) => {
    await withPractice({}, async (rig) => {
      await rig.patch({ appInstall });
      const page = await askAt(rig, rig.practice.clientId, 'http://127.0.0.1:1/back');
      expect([page.status, await page.text()]).toEqual([403, expect.stringContaining(words)]);
    });
  });

  it('the credentials for production do not work, as no app here is published', async () => {
    await withPractice({}, async (rig) => {
      const app = await makeApp(rig.practice, { public: 'on' });
      const page = await askAt(rig, app.production.clientId, 'http://127.0.0.1:1/back');
      expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('(4702)')]);
    });
  });

  it('whoever has made an app can add it, signs in, and ends that by removing it', async () => {
    await withPractice({}, async (rig) => {
      const { practice } = rig;
      const { html, clientId = '' } = await makeApp(practice, { public: 'on', name: 'Mine' });
      const app = /name="app" value="([^"]+)"><button>Add App Now/.exec(html)?.[1] ?? '';
      const sent = (path: string) =>
        fetch(new URL(path, practice.oauthUrl), { method: 'POST', body: new URLSearchParams({ app }) });
      const redirectUri = 'http://127.0.0.1:50123/back';
      await rig.patch({ mustAdd: true });
      await expect(signIn(practice, { clientId, redirectUri })).rejects.toThrow('403');
      expect(await (await sent('/develop/apps/add')).text()).toContain('was added');
      const tokens = await signIn(practice, { clientId, redirectUri });
      expect((await rig.call('user', {}, tokens.access_token)).status).toBe(200);
      const list = async () => (await fetch(new URL('/user/installed', practice.oauthUrl))).text();
      expect(await list()).toContain('Remove: Mine');
      await sent('/user/installed');
      expect(await list()).toContain('No app acts for you.');
      expect(await rig.call('user', {}, tokens.access_token)).toMatchObject({ status: 401, code: 124 });
    });
  });

  it('an app that was not added can be signed in through, which adds it, unless it must be', async () => {
    await withPractice({}, async ({ practice }) => {
      const { clientId = '' } = await makeApp(practice, { public: 'on', name: 'Mine' });
      await signIn(practice, { clientId, redirectUri: 'http://127.0.0.1:50123/back' });
      const list = await fetch(new URL('/user/installed', practice.oauthUrl));
      expect(await list.text()).toContain('Remove: Mine');
    });
  });
});

describe('a manifest', () => {
  const plan = {
    redirectUri: 'http://127.0.0.1/tally',
    scopes: ['user:read:user', 'user:update:presence_status'],
    isPublic: true,
  };

  async function upload({ practice }: Rig, manifest: unknown): Promise<{ status: number; html: string }> {
    const form = new FormData();
    form.set('manifest', new Blob([JSON.stringify(manifest)]), 'tally.json');
    const response = await fetch(new URL('/develop/manifest', practice.oauthUrl), {
      method: 'POST',
      body: form,
    });
    return { status: response.status, html: await response.text() };
  }

  it('as Tally writes it makes an app that one can sign in through', async () => {
    await withPractice({}, async (rig) => {
      const { status, html } = await upload(rig, manifestOf(plan));
      expect(status).toBe(200);
      const clientId = /id="public-client-id">([^<]+)/.exec(html)?.[1] ?? '';
      const tokens = await signIn(rig.practice, { clientId, redirectUri: 'http://127.0.0.1:5/tally' });
      expect(tokens.scope).toBe(plan.scopes.join(' '));
    });
  });

  const oauth = manifestOf(plan).oauth_information;
  it.each<[string, object, string]>([
    ['nothing', { oauth_information: undefined }, 'oauth_information'],
    ['a long name', { display_information: { display_name: 'x'.repeat(50) } }, 'display_name: The name'],
    ['no allow list', { oauth_information: { ...oauth, oauth_allow_list: [] } }, 'oauth_allow_list: '],
    ['no scope', { oauth_information: { ...oauth, scopes: [] } }, 'scopes: An app needs'],
    [
      'optional scopes alone',
      { oauth_information: { ...oauth, scopes: [{ scope: 'user:read:user', optional: true }] } },
      'must not be optional',
    ],
    [
      'a classic scope',
      { oauth_information: { ...oauth, scopes: [{ scope: 'user:read', optional: false }] } },
      'Classic',
    ],
    [
      'this computer for an app with a secret',
      { oauth_information: { ...oauth, enable_public_pkce_client: false } },
      'development_redirect_uri: Wrong URL format',
    ],
    ['a product', { features: { products: ['ZOOM_CLIENT'] } }, 'products'],
  ])('with %s is refused by its settings', async (_, change, words) => {
    await withPractice({}, async (rig) => {
      const { status, html } = await upload(rig, { ...manifestOf(plan), ...change });
      expect([status, html]).toEqual([400, expect.stringContaining(words)]);
    });
  });

  it('may have more at the top, as Zoom takes it', async () => {
    await withPractice({}, async (rig) => {
      expect((await upload(rig, { ...manifestOf(plan), more: 1 })).status).toBe(200);
    });
  });
});
