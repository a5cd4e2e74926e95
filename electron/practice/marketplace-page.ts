import type { Answer } from './answers.ts';
import { escapeHtml, pageAnswer } from './html.ts';
import { scopesFor } from './scopes.ts';

/** What a person typed into the form. */
export interface AppForm {
  readonly name: string;
  readonly redirectUri: string;
  readonly allowList: string;
  /** Those that are ticked. */
  readonly scopes: readonly string[];
  /** What the scopes that are shown have in them. */
  readonly search: string;
  readonly isPublic: boolean;
}

/** An app that acts for a person. */
export interface AddedApp {
  readonly id: string;
  readonly name: string;
}

/** An app as it was made: what has to be told to whoever signs in through it. */
export interface MadeApp {
  readonly app: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
  readonly publicClientId: string | undefined;
  /** Works once the app is published, which no app here ever is. */
  readonly production: { readonly clientId: string; readonly clientSecret: string };
}

/** The page on which an app is made; with what is wrong above what was typed before. */
export function appFormPage(form: AppForm, problem?: string): Answer {
  const alert = problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>\n`;
  return pageAnswer(
    problem === undefined ? 200 : 400,
    'Practice Marketplace',
    `<p>Make an app for the practice account: a General App, user-managed. Or <a href="/develop/manifest">upload a manifest</a>.</p>
${alert}<form method="post" action="/develop/apps">
<p><label for="name">App name</label>
<input id="name" name="name" value="${escapeHtml(form.name)}" maxlength="50" required autocomplete="off"></p>
<p class="row"><input type="checkbox" id="public" name="public" value="on"${form.isPublic ? ' checked' : ''}>
<label for="public">Use Public Client OAuth</label></p>
<p><label for="redirect">OAuth Redirect URL</label>
<input id="redirect" name="redirect" value="${escapeHtml(form.redirectUri)}" required autocomplete="off"></p>
<p><label for="allow">OAuth Allow List</label>
<textarea id="allow" name="allow" rows="2" required spellcheck="false">${escapeHtml(form.allowList)}</textarea></p>
${scopeBoxes(form)}
<p class="row"><button>Create</button></p>
</form>`,
  );
}

/** The scopes to be ticked one by one, as at Zoom, where no list can be pasted. What a search hides stays ticked. */
function scopeBoxes({ scopes, search }: AppForm): string {
  const all = [...new Set([...scopesFor('user'), ...scopes])];
  const shown = all.filter((scope) => scope.includes(search.toLowerCase()));
  const hidden = scopes.filter((scope) => !shown.includes(scope));
  const box = (scope: string) => {
    const name = escapeHtml(scope);
    const ticked = scopes.includes(scope) ? ' checked' : '';
    return `<li><input type="checkbox" id="${name}" name="scope" value="${name}"${ticked}> <label for="${name}">${name}</label></li>`;
  };
  return `<fieldset><legend>Scopes</legend>
<p><label for="search">Search scopes</label>
<input type="search" id="search" name="search" value="${escapeHtml(search)}" autocomplete="off"></p>
<p class="row"><button name="action" value="search" formnovalidate>Search</button> ${scopes.length} ticked</p>
<ul class="boxes">${shown.map(box).join('')}</ul>
${hidden.map((scope) => `<input type="hidden" name="scope" value="${escapeHtml(scope)}">`).join('')}</fieldset>`;
}

/** The page that takes a manifest; with what is wrong, by the settings. */
export function manifestPage(problems: readonly string[] = []): Answer {
  const items = problems.map((problem) => `<li>${escapeHtml(problem)}</li>`).join('');
  return pageAnswer(
    problems.length === 0 ? 200 : 400,
    'Upload a manifest',
    `${problems.length === 0 ? '' : `<ul role="alert">${items}</ul>\n`}<form method="post" action="/develop/manifest" enctype="multipart/form-data">
<p><label for="manifest">App manifest</label>
<input type="file" id="manifest" name="manifest" accept=".json" required></p>
<p class="row"><button>Upload</button></p>
</form>`,
  );
}

/** For whoever lacks the right to make apps. */
export function noDeveloperPage(): Answer {
  return pageAnswer(
    403,
    'Practice Marketplace',
    '<p role="alert">You cannot make apps. Your role lacks “Zoom for developers”; ask an administrator of your account.</p>',
  );
}

/** After "Add App Now", as a person does to try their own app. */
export function addedPage(): Answer {
  return pageAnswer(
    200,
    'App added',
    '<p>The app was added for you. Go on where you came from, or see your <a href="/user/installed">Added Apps</a>.</p>',
  );
}

/** What acts for the practice user, each to be removed. */
export function addedAppsPage(apps: readonly AddedApp[]): Answer {
  const items = apps.map(
    ({ id, name }) =>
      `<form method="post" action="/user/installed"><p class="row"><input type="hidden" name="app" value="${escapeHtml(id)}">
<button aria-label="Remove: ${escapeHtml(name)}">Remove</button> ${escapeHtml(name)}</p></form>`,
  );
  return pageAnswer(200, 'Added Apps', items.join('\n') || '<p>No app acts for you.</p>');
}

/** What an app has to be told, by the sections of Zoom's page. The only place that ever shows its secrets. */
export function madeAppPage(app: MadeApp): Answer {
  const line = (name: string, id: string, value: string) =>
    `<dt>${name}</dt><dd><output id="${id}">${escapeHtml(value)}</output></dd>`;
  const { publicClientId, production } = app;
  return pageAnswer(
    200,
    app.name,
    `<p>The app is ready. It has ${app.scopes.length} ${app.scopes.length === 1 ? 'scope' : 'scopes'}.</p>
<h2>App Credentials: Development</h2>
<dl>${line('Client ID', 'client-id', app.clientId)}
${line('Client Secret', 'client-secret', app.clientSecret)}
${publicClientId === undefined ? '' : line('Public Client ID', 'public-client-id', publicClientId)}</dl>
<h2>App Credentials: Production</h2>
<dl>${line('Client ID', 'production-client-id', production.clientId)}
${line('Client Secret', 'production-client-secret', production.clientSecret)}</dl>
<p>The secrets are shown this once.</p>
<h2>Local Test</h2>
<form method="post" action="/develop/apps/add"><p class="row"><input type="hidden" name="app" value="${escapeHtml(app.app)}"><button>Add App Now</button></p></form>`,
  );
}
