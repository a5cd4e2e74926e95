import type { Client } from './grants.ts';

const loopback = '127.0.0.1';

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/**
 * What keeps an address from being registered as an app's redirect; undefined when nothing does. Zoom takes loopback by
 * its number, and refuses the name localhost for apps without a secret.
 */
export function redirectProblem(address: string, isPublic: boolean): string | undefined {
  const url = parse(address);
  if (!url || /[?#@\s]/.test(address)) {
    return 'The redirect address must be a whole address without a query, such as http://127.0.0.1/path.';
  }
  if (url.protocol === 'http:' && url.hostname === loopback) return undefined;
  if (isPublic) {
    return `A public client must come back to http://${loopback}. "${url.hostname}" is not taken, nor is the name localhost.`;
  }
  // Names with odd characters in them could not be named in the consent page's policy.
  const isWeb = url.protocol === 'https:' && /^[a-z\d.-]+$/.test(url.hostname);
  if (isWeb || (url.protocol === 'http:' && url.hostname === 'localhost')) return undefined;
  return 'The redirect address must begin with https, or with http where it leads to this computer.';
}

/** Without the port where that is not looked at: on this computer (RFC 8252, 7.3). */
function withoutPort(address: string): string {
  return address.replace(/^(http:\/\/[a-z\d.]+):\d+(?=\/|$)/, '$1');
}

/**
 * Whether an app may ask to be answered at an address: but for the port, it must be the registered one to the letter. The
 * built-in apps come back to any path of 127.0.0.1.
 */
export function mayReturnTo(client: Client, address: string | undefined): boolean {
  const url = parse(address ?? '');
  if (!url || address === undefined) return false;
  if (client.redirectUri !== undefined) return withoutPort(address) === withoutPort(client.redirectUri);
  return url.protocol === 'http:' && url.hostname === loopback && url.username === '' && url.hash === '';
}
