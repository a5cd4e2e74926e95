import type { MiddlewareHandler } from 'hono';
import type { Bindings, PracticeContext } from './exchange.ts';
import { addedAppsPath, manifestPath, marketplacePath } from './marketplace-places.ts';

/**
 * What keeps web pages and other programs of the machine out of a server on loopback: the Host must be ours (DNS
 * rebinding), no page of another origin may call (there is no CORS at all), but a browser may open the pages meant for it.
 */
export function guards(host: () => string): MiddlewareHandler<Bindings> {
  return async (c, next) => {
    if (c.req.header('host') !== host()) return c.json({ code: 421, message: 'Misdirected request.' }, 421);
    const origin = c.req.header('origin');
    if (origin !== undefined && origin !== `http://${host()}`) return foreign(c);
    const site = c.req.header('sec-fetch-site') ?? 'none';
    // Another port of 127.0.0.1 counts as the same site, so that is foreign too.
    const isForeign = site === 'cross-site' || site === 'same-site';
    if (isForeign && !isPageVisit(c)) return foreign(c);
    return next();
  };
}

function foreign(c: PracticeContext): Response {
  return c.json({ code: 403, message: 'Requests from web pages are refused.' }, 403);
}

/** A link or redirect that opens the consent page or the marketplace as a page of its own. */
function isPageVisit(c: PracticeContext): boolean {
  return (
    c.req.method === 'GET' &&
    ['/oauth/authorize', marketplacePath, manifestPath, addedAppsPath].includes(c.req.path) &&
    c.req.header('sec-fetch-mode') === 'navigate' &&
    c.req.header('sec-fetch-dest') === 'document'
  );
}
