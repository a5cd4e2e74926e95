import { createHash } from 'node:crypto';
import type { Answer } from './answers.ts';

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 34rem; margin: 8vh auto; padding: 0 1rem }
ul { max-height: 14rem; overflow: auto; padding-left: 1.2rem }
ul.boxes { list-style: none; padding: 0 }
fieldset { min-width: 0 }
form p { display: flex; flex-direction: column; gap: .25rem }
.row { flex-direction: row; gap: .75rem; align-items: center }
button, input, select, textarea { font: inherit; padding: .4rem .6rem }
button { padding: .5rem 1.25rem }
output { font-family: monospace; overflow-wrap: anywhere; user-select: all }
[role=alert] { border-left: .25rem solid; padding-left: .75rem }`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Text that means itself in HTML, also inside a quoted attribute. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

/**
 * A page of the practice Zoom. `body` is HTML. Redirects after a form count as form-action, so a page whose form leads
 * to another origin names that as `formTarget`.
 */
export function pageAnswer(status: number, title: string, body: string, formTarget = ''): Answer {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${formTarget}; frame-ancestors 'none'; base-uri 'none'`,
      // Not no-referrer: under it browsers send the form with the origin "null", which the guards refuse.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
    body: `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`,
  };
}

/** The page for a request that cannot be sent back to an app, with Zoom's number for it. */
export function problemPage(code: number, text: string): Answer {
  return pageAnswer(400, 'Not possible', `<p>${escapeHtml(text)} (${code})</p>`);
}
