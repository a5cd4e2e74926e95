import { wayBack } from '../../../shared/redirects.ts';

/** How the browser comes back, in the order in which they are tried. */
export type Way = 'loopback' | 'port' | 'web' | 'secret';

/** What is tried after the way that did not work. */
export function wayAfter(redirectUri: string): Way {
  return ({ loopback: 'port', port: 'web', web: 'secret' } as const)[wayBack(redirectUri)];
}
