import type { Client } from './grants.ts';

const loopback = '127.0.0.1';

/**
 * Which addresses of this computer the marketplace's form takes for an app without a secret. It is not known whether Zoom's takes
 * one without a port, and some were refused any at all.
 */
export const redirectForms = ['any', 'with-port', 'web'] as const;
export type RedirectForm = (typeof redirectForms)[number];

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** As Zoom's form says it, and why. */
const wrong = (why: string) => `Wrong URL format. ${why}`;

/**
 * What keeps an address from being registered as an app's redirect; undefined when nothing does. Since 2026 Zoom takes this computer
 * by its number only, and only for apps without a secret; the web by https.
 */
export function redirectProblem(address: string, isPublic: boolean, form: RedirectForm): string | undefined {
  const url = parse(address);
  if (!url || /[?#@\s]/.test(address)) return wrong('It must be a whole address without a query.');
  if (url.hostname === 'localhost') return wrong('The name localhost is not taken.');
  if (url.protocol === 'http:' && url.hostname === loopback) {
    if (!isPublic) return wrong('An app with a secret needs an address with https.');
    if (form === 'web') return wrong('This account takes addresses with https only.');
    return form === 'with-port' && url.port === '' ? wrong('The port is missing.') : undefined;
  }
  // Names with odd characters in them could not be named in the consent page's policy.
  const isWeb = url.protocol === 'https:' && /^[a-z\d.-]+$/.test(url.hostname);
  return isWeb ? undefined : wrong('It must begin with https.');
}

/** What is wrong with the list of addresses that an app may come back to, each whole or a beginning of one. */
export function allowListProblem(entries: readonly string[]): string | undefined {
  if (entries.length === 0) return 'The OAuth allow list needs at least one address.';
  const odd = entries.find((entry) => !/^https?:$/.test(parse(entry)?.protocol ?? ''));
  return odd === undefined ? undefined : `This is no address for the OAuth allow list: ${odd}`;
}

/** Without the port where that is not looked at: on this computer (RFC 8252, 7.3). */
function withoutPort(address: string): string {
  return address.replace(/^(http:\/\/[a-z\d.]+):\d+(?=\/|$)/, '$1');
}

/** Whether an entry of an allow list is an address, or a folder or host that it is in. */
function covers(entry: string, address: string): boolean {
  const [beginning, whole] = [withoutPort(entry), withoutPort(address)];
  return whole === beginning || whole.startsWith(beginning.endsWith('/') ? beginning : `${beginning}/`);
}

/**
 * Whether an app may ask to be answered at an address: but for the port, it must be the registered one to the letter, and in the
 * allow list. The built-in apps come back to any path of 127.0.0.1.
 */
export function mayReturnTo(client: Client, address: string | undefined): boolean {
  const url = parse(address ?? '');
  if (!url || address === undefined) return false;
  const { redirectUri, allowList = [] } = client;
  if (redirectUri !== undefined) {
    return (
      withoutPort(address) === withoutPort(redirectUri) && allowList.some((entry) => covers(entry, address))
    );
  }
  return url.protocol === 'http:' && url.hostname === loopback && url.username === '' && url.hash === '';
}
