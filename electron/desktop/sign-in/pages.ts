import { createHash } from 'node:crypto';
import type { CallbackPage } from '../../core/ports.ts';

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 30rem; margin: 15vh auto; padding: 0 1rem }
h1 { font-size: 1.5rem }`;

/** Sent with every answer. The hash lets in the one style above; no script, picture, form or frame can be there. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256')
    .update(style)
    .digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  'X-Content-Type-Options': 'nosniff',
  // The address of the page holds a code.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
};

const words: Readonly<Record<CallbackPage, readonly [status: number, title: string, text: string]>> = {
  done: [200, 'Back to Tally', 'You’re signed in. You can close this tab.'],
  declined: [
    200,
    'Not connected',
    'You declined in Zoom, so Tally was given nothing. You can close this tab.',
  ],
  stray: [
    400,
    'Not the answer Tally waits for',
    'This answer doesn’t belong to the sign-in that Tally waits for. Go on in the tab that Tally opened last. You can close this tab.',
  ],
  used: [
    400,
    'Already answered',
    'This sign-in has had its answer, and only the first one counts. You can close this tab.',
  ],
  failed: [
    400,
    'Not connected',
    'The sign-in didn’t work. Tally says what went wrong and what to do. You can close this tab.',
  ],
};

/** What the browser is answered with. Static: nothing that came with a request is ever in it. */
export function callbackPage(page: CallbackPage): { readonly status: number; readonly html: string } {
  const [status, title, text] = words[page];
  const html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>
`;
  return { status, html };
}
