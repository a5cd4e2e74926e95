import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { longestHost } from '../../../shared/mqtt.ts';

export type HostRead =
  | { readonly ok: true; readonly host: string }
  | { readonly ok: false; readonly problem: 'empty' | 'scheme' | 'port' | 'host' };

const label = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/;

/** Reads the host of a broker as somebody types it: a name or an IP address alone, IPv6 with or without brackets. */
export function readHost(text: string): HostRead {
  const given = text.trim();
  if (given === '') return { ok: false, problem: 'empty' };
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(given)) return { ok: false, problem: 'scheme' };
  const inside = /^\[(.*)\]$/.exec(given)?.[1];
  if (isIP(inside ?? given)) {
    const isRight = inside === undefined || isIP(inside) === 6;
    return isRight ? { ok: true, host: inside ?? given } : { ok: false, problem: 'host' };
  }
  if (/^(?:\[[^\]]*\]|[^:]+):\d*$/.test(given)) return { ok: false, problem: 'port' };
  // What follows one of these it would leave out.
  const host = /[\s/\\?#@%]/.test(given) ? '' : domainToASCII(given.replace(/\.$/, '')).toLowerCase();
  const isName = host.length <= longestHost && host.split('.').every((part) => label.test(part));
  // What looks like a number is an address to some systems.
  return isName && !/^[\d.]*$/.test(host) ? { ok: true, host } : { ok: false, problem: 'host' };
}

export const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535;

/** Where a broker is, in one line: what a login was given for. */
export function placeOf({ host, port, tls }: { host: string; port: number; tls: boolean }): string {
  return `${tls ? 'mqtts' : 'mqtt'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
