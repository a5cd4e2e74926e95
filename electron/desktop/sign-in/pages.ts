import { createHash } from 'node:crypto';
import { signInPages as t } from '../../../shared/words/en/sign-in-pages.ts';
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

/** What the browser is answered with. Static: nothing that came with a request is ever in it. */
export function callbackPage(page: CallbackPage): { readonly status: number; readonly html: string } {
  const status = page === 'done' || page === 'declined' ? 200 : 400;
  const { title, text } = t[page];
  const html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>
`;
  return { status, html };
}
