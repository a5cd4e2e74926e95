import type { Answer } from './answers.ts';
import { escapeHtml, pageAnswer } from './html.ts';
import type { Person } from './state/person.ts';

interface Asked {
  readonly app: string;
  readonly scopes: readonly string[];
  /** The one-time id of what is asked; only a form that carries it counts. */
  readonly request: string;
  readonly redirectUri: string;
}

/** The page that asks for consent. The first of `people` is chosen until the person chooses another. */
export function consentPage({ app, scopes, request, redirectUri }: Asked, people: readonly Person[]): Answer {
  const options = people.map(
    ({ email, displayName }) =>
      `<option value="${escapeHtml(email)}">${escapeHtml(`${displayName} (${email})`)}</option>`,
  );
  return pageAnswer(
    200,
    `Allow ${app}?`,
    `<form method="post" action="/oauth/authorize">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<p><label for="person">Signed in as</label>
<select id="person" name="person">${options.join('')}</select></p>
<p>This is a practice account. ${escapeHtml(app)} asks to act for this person with:</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<p class="row"><button name="choice" value="allow">Allow</button>
<button name="choice" value="decline">Decline</button></p>
</form>`,
    new URL(redirectUri).origin,
  );
}
