import { portRedirect, wayBack } from '../../../shared/redirects.ts';
import { zoomPageOf } from '../../../shared/zoom-pages.ts';

/** What is wrong with a typed client id; undefined when Zoom may know it. */
export function clientIdProblem(typed: string): string | undefined {
  const id = typed.trim();
  if (id === '') return 'Paste the Client ID of your app.';
  if (/^https?:/i.test(id)) return 'This is an address. The Client ID is a short row of letters and digits.';
  if (id.includes('@')) return 'This is an email address. The Client ID is under App Credentials.';
  if (/\s/.test(id)) return 'A Client ID has no spaces. Was more than the ID copied?';
  const odd = /[^\w.-]/u.exec(id)?.[0];
  if (odd) return `A Client ID has no “${odd}”. It is made of letters, digits, dots, dashes and underscores.`;
  return id.length > 200 ? 'This is too long for a Client ID.' : undefined;
}

/** What is wrong with a pasted client secret; undefined when Zoom may know it. */
export function secretProblem(typed: string, clientId?: string): string | undefined {
  const secret = typed.trim();
  if (secret === '') return 'Paste the client secret of your app, or untick the box above.';
  if (secret === clientId) return 'This is the client ID once more. The secret stands below it.';
  return secret.length > 500 ? 'This is too long for a client secret.' : undefined;
}

/**
 * What is wrong with the pasted address; undefined when the browser may have ended there, and when the text is from a page of Zoom's
 * that Tally can explain.
 * @param redirectUri as registered at Zoom; the port is another one where Tally listens at any
 */
export function addressProblem(typed: string, redirectUri: string): string | undefined {
  const text = typed.trim();
  if (text === '') return 'Paste the address that the browser shows.';
  if (zoomPageOf(text)) return undefined;
  if (text.length > 4_000) return 'This is too long to be the right address.';
  let address: URL;
  try {
    address = new URL(text);
  } catch {
    return `This isn’t a whole address. Copy all of it, from ${redirectUri.slice(0, redirectUri.indexOf('/') + 2)} on.`;
  }
  // A page on the web may have sent the browser on to this computer.
  const ways = wayBack(redirectUri) === 'web' ? [redirectUri, portRedirect] : [redirectUri];
  if (!ways.some((way) => isSamePage(address, new URL(way))))
    return `This is another page. The right address begins with ${redirectUri}. Approve in Zoom first.`;
  if (!address.searchParams.has('code') && !address.searchParams.has('error'))
    return 'The end of the address is missing. Copy all of it.';
  return undefined;
}

/** The same but for the port and what stands behind the question mark. */
function isSamePage(one: URL, other: URL): boolean {
  return (
    one.protocol === other.protocol && one.hostname === other.hostname && one.pathname === other.pathname
  );
}
