import { portRedirect, wayBack } from '../../../shared/redirects.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { zoomPageOf } from '../../../shared/zoom-pages.ts';

/** What is wrong with a typed client id; undefined when Zoom may know it. */
export function clientIdProblem(typed: string): string | undefined {
  const id = typed.trim();
  if (id === '') return t.clientIdMissing;
  if (/^https?:/i.test(id)) return t.clientIdIsAddress;
  if (id.includes('@')) return t.clientIdIsEmail;
  if (/\s/.test(id)) return t.clientIdHasSpaces;
  const odd = /[^\w.-]/u.exec(id)?.[0];
  if (odd) return t.clientIdHasOdd(odd);
  return id.length > 200 ? t.clientIdTooLong : undefined;
}

/** What is wrong with a pasted client secret; undefined when Zoom may know it. */
export function secretProblem(typed: string, clientId?: string): string | undefined {
  const secret = typed.trim();
  if (secret === '') return t.secretMissing;
  if (secret === clientId) return t.secretIsClientId;
  return secret.length > 500 ? t.secretTooLong : undefined;
}

/**
 * What is wrong with the pasted address; undefined when the browser may have ended there, and when the text is from a page of Zoom's
 * that Tally can explain.
 * @param redirectUri as registered at Zoom; the port is another one where Tally listens at any
 */
export function addressProblem(typed: string, redirectUri: string): string | undefined {
  const text = typed.trim();
  if (text === '') return t.addressMissing;
  if (zoomPageOf(text)) return undefined;
  if (text.length > 4_000) return t.addressTooLong;
  let address: URL;
  try {
    address = new URL(text);
  } catch {
    return t.addressNotWhole(redirectUri.slice(0, redirectUri.indexOf('/') + 2));
  }
  // A page on the web may have sent the browser on to this computer.
  const ways = wayBack(redirectUri) === 'web' ? [redirectUri, portRedirect] : [redirectUri];
  if (!ways.some((way) => isSamePage(address, new URL(way)))) return t.addressOfOtherPage(redirectUri);
  if (!address.searchParams.has('code') && !address.searchParams.has('error')) return t.addressEndMissing;
  return undefined;
}

/** The same but for the port and what stands behind the question mark. */
function isSamePage(one: URL, other: URL): boolean {
  return (
    one.protocol === other.protocol && one.hostname === other.hostname && one.pathname === other.pathname
  );
}
