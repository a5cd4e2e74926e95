/**
 * Where the browser comes back to after a yes at Zoom: an address that is registered in the app there. The same on every
 * computer, so that one app at Zoom serves a person's every computer and their colleagues. Small letters only, as Zoom is reported to
 * refuse capitals.
 */
export const loopbackRedirect = 'http://127.0.0.1/tally';

/** Listened at where Zoom's form takes no address without a port, or a page on the web sends the browser on. Registered by nobody at IANA. */
export const fixedPort = 27_483;

/** The same with the port, for a form that asks for one. */
export const portRedirect = `http://127.0.0.1:${fixedPort}/tally`;

/**
 * How the browser comes back: to any free port of this computer, to the one port that is registered, or to a page on the web, whose
 * address is brought to Tally by that page or by hand.
 */
export type WayBack = 'loopback' | 'port' | 'web';

/** The longest redirect address, in characters. */
const longest = 500;

interface Parts {
  readonly isWeb: boolean;
  readonly host: string;
  /** Undefined where the address names none. */
  readonly port: number | undefined;
  readonly path: string;
}

/** As Zoom compares the address letter by letter, there is only one way to write it: no user, no encoding, no query. */
function partsOf(address: string): Parts | undefined {
  const form = /^(https?):\/\/([a-z\d][a-z\d.-]*)(?::([1-9]\d{0,4}))?((?:\/[\w.~-]+)+\/?)$/;
  const [, protocol, host = '', port, path = ''] = form.exec(address) ?? [];
  if (protocol === undefined || Number(port ?? 1) > 65_535 || /\/\.\.?(?:\/|$)/.test(path)) return undefined;
  return { isWeb: protocol === 'https', host, port: port === undefined ? undefined : Number(port), path };
}

/** What keeps an address from being a redirect that Tally takes; undefined when nothing does. */
export function redirectProblem(address: string): string | undefined {
  if (address.length > longest) return 'This is too long for a redirect address.';
  if (/^https?:\/\/localhost\b/i.test(address))
    return 'Zoom no longer takes “localhost”. Write 127.0.0.1 in its place.';
  if (!/^https?:\/\//.test(address)) return 'The address must begin with https:// or http://127.0.0.1.';
  const parts = partsOf(address);
  if (!parts)
    return 'Write a whole address with a path and without a question mark, such as https://www.example.com/tally.';
  if (!parts.isWeb && parts.host !== '127.0.0.1')
    return 'Only this computer, 127.0.0.1, may be reached by http. Everything else needs https.';
  return undefined;
}

/** @param redirectUri one without a problem */
export function wayBack(redirectUri: string): WayBack {
  const parts = partsOf(redirectUri);
  if (parts?.isWeb) return 'web';
  return parts?.port === undefined ? 'loopback' : 'port';
}

/** The path and port of this computer that Tally listens at for a redirect address; without a port any free one will do. */
export function listeningAt(redirectUri: string): { readonly path: string; readonly port?: number } {
  const { path, port } = partsOf(wayBack(redirectUri) === 'web' ? portRedirect : redirectUri) ?? {};
  return { path: path ?? '/', ...(port !== undefined && { port }) };
}
