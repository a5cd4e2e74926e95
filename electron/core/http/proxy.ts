import { KnownFailure } from './failures.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a host is this computer itself, which is never reached through a proxy. @param host as in `URL.hostname` */
export function isThisComputer(host: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

/**
 * What the environment says of the way to an address, as curl reads it (curl.se/docs/manpage.html, "ENVIRONMENT"): HTTPS_PROXY or
 * HTTP_PROXY by the address's scheme, and NO_PROXY, each in small letters first.
 * @returns null for no proxy, undefined where it says nothing. Throws a KnownFailure for a proxy that is no address
 */
export function environmentProxy(address: string, env: Environment): string | null | undefined {
  const url = new URL(address);
  const read = (name: string) => (env[name] || env[name.toUpperCase()] || '').trim();
  if (isExempt(url, read('no_proxy'))) return null;
  const given = read(`${url.protocol.slice(0, -1)}_proxy`);
  return given === '' ? undefined : readAddress(given);
}

/** Entries are names (with all names below them), with or without a port and a leading dot, or `*` for everything. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const at = port || (protocol === 'https:' ? '443' : '80');
  return list.split(/[\s,]+/).some((entry) => {
    const [, wild = '', name = '', only] = /^(\*?\.?)(.*?)\.?(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (only !== undefined && only !== at) return false;
    if (name === '') return wild === '*';
    return hostname.endsWith(`.${name}`) || (hostname === name && !wild.startsWith('*'));
  });
}

/** An address such as `http://name:password@proxy.example:8080`; without a scheme it is an http one. */
function readAddress(given: string): string {
  try {
    const url = new URL(given.includes('://') ? given : `http://${given}`);
    const protocol = /^socks5?h?:$/.test(url.protocol) ? 'socks5:' : url.protocol;
    if (!['http:', 'https:', 'socks5:'].includes(protocol) || url.hostname === '') throw notAnAddress;
    // undici decodes them, and would fail there.
    decodeURIComponent(url.username + url.password);
    const login = url.username === '' ? '' : `${url.username}:${url.password}@`;
    return `${protocol}//${login}${url.host}`;
  } catch {
    // Not the exception of URL: it carries what it was given.
    throw notAnAddress;
  }
}

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTPS: 'https', SOCKS5: 'socks5' };

/**
 * Reads Chromium's answer on the way to an address, such as `PROXY proxy.example:8080; DIRECT`: what to try, the best first.
 * Throws a KnownFailure where there is nothing in it that can be used, rather than going without a proxy unasked.
 */
export function systemProxies(answer: string): readonly [string | null, ...(string | null)[]] {
  const entries = answer.split(';').map((entry) => entry.trim());
  const [first, ...others] = entries.map(readEntry).filter((entry) => entry !== undefined);
  if (first !== undefined) return [first, ...others];
  // Chromium has no answer, e.g. as the script that an administrator made mandatory cannot be loaded.
  throw answer.trim() === '' ? unreadable : unusable;
}

function readEntry(entry: string): string | null | undefined {
  if (entry === 'DIRECT') return null;
  const [, kind = '', host, port] = /^([A-Z\d]+) ([a-z\d._-]+|\[[a-f\d:.]+\]):(\d{1,5})$/i.exec(entry) ?? [];
  if (!Object.hasOwn(schemes, kind) || Number(port) === 0) return undefined;
  try {
    const address = `${schemes[kind]}://${host}:${port}`;
    return new URL(address) && address;
  } catch {
    return undefined;
  }
}

const notAnAddress = new KnownFailure({ reason: 'proxy-not-an-address', reached: 'no', passing: false });

const unusable = new KnownFailure({ reason: 'proxy-unusable', reached: 'no', passing: false });

/** The settings are there but cannot be told: to go without a proxy would be a guess. */
export const unreadable = new KnownFailure({ reason: 'proxy-unreadable', reached: 'no', passing: true });
