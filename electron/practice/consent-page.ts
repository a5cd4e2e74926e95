/** Sent with every page of the practice Zoom. Redirects after a form count as form-action, hence the loopback there. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:*; frame-ancestors 'none'; base-uri 'none'",
  // Not no-referrer: under it browsers send the form with the origin "null", which the guards refuse.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 30rem; margin: 10vh auto; padding: 0 1rem }
ul { max-height: 14rem; overflow: auto; padding-left: 1.2rem }
form { display: flex; gap: .75rem }
button { font: inherit; padding: .5rem 1.25rem }
</style></head><body>
${body}
</body></html>
`;
}

/** The page that asks for consent. `request` is the one-time id of what is asked; only a form that carries it counts. */
export function consentPage(app: string, person: string, scopes: readonly string[], request: string): string {
  return page(
    `Allow ${app}?`,
    `<h1>Allow ${escapeHtml(app)}?</h1>
<p>This is the practice account. ${escapeHtml(app)} asks to act for <strong>${escapeHtml(person)}</strong> with:</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<button name="choice" value="allow">Allow</button>
<button name="choice" value="decline">Decline</button>
</form>`,
  );
}

/** The page for a request that cannot be sent back to an app, with Zoom's number for it. */
export function problemPage(code: number, text: string): string {
  return page('Not possible', `<h1>Not possible</h1><p>${escapeHtml(text)} (${code})</p>`);
}
