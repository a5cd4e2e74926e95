import type { Answer } from './faults.ts';
import type { Client } from './grants.ts';
import { escapeHtml, pageAnswer } from './html.ts';

/** What a person typed into the form. */
export interface AppForm {
  readonly name: string;
  readonly redirectUri: string;
  readonly scopes: string;
  readonly isPublic: boolean;
}

/** The page on which an app is made; with what is wrong above what was typed before. */
export function appFormPage(form: AppForm, problem?: string): Answer {
  const alert = problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>\n`;
  return pageAnswer(
    problem === undefined ? 200 : 400,
    'Practice Marketplace',
    `<p>Make an app for the practice account: a General app, managed by its user.</p>
${alert}<form method="post" action="/develop/apps">
<p><label for="name">App name</label>
<input id="name" name="name" value="${escapeHtml(form.name)}" maxlength="50" required autocomplete="off"></p>
<p><label for="redirect">OAuth redirect URL</label>
<input id="redirect" name="redirect" value="${escapeHtml(form.redirectUri)}" required autocomplete="off"></p>
<p><label for="scopes">Scopes</label>
<textarea id="scopes" name="scopes" rows="8" required spellcheck="false">${escapeHtml(form.scopes)}</textarea></p>
<p class="row"><input type="checkbox" id="public" name="public" value="on"${form.isPublic ? ' checked' : ''}>
<label for="public">Use Public Client OAuth</label></p>
<p class="row"><button>Create</button></p>
</form>`,
  );
}

/** What an app has to be told. The only place that ever shows its secret. */
export function madeAppPage(client: Client): Answer {
  const secret =
    client.secret === undefined
      ? ''
      : `\n<dt>Client Secret</dt><dd><output id="client-secret">${escapeHtml(client.secret)}</output></dd>`;
  const note = client.secret === undefined ? '' : '\n<p>The secret is shown this once.</p>';
  return pageAnswer(
    200,
    client.name,
    `<p>The app is ready. It has ${client.scopes.length} ${client.scopes.length === 1 ? 'scope' : 'scopes'}.</p>
<dl><dt>Client ID</dt><dd><output id="client-id">${escapeHtml(client.id)}</output></dd>${secret}</dl>${note}`,
  );
}
