import { lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { makeDispatcher } from '../http/connections.ts';
import { isThisComputer } from '../http/proxy.ts';

/** The code of the exception for a name that leads to this computer or the local network, which nobody has said yes to. */
export const nearbyCode = 'TALLY_NEARBY';

/** This computer, private, shared, link-local and unique local addresses (RFC 6890, RFC 4193). */
const nearby = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  nearby.addSubnet(net, bits, 'ipv4');
}
nearby.addAddress('::', 'ipv6');
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

const isNearbyIp = (address: string) =>
  nearby.check(address.replace(/%.*$/, ''), isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether a host is on this computer or the local network, as far as its name tells. @param host as in `URL.hostname` */
export function isNearby(host: string): boolean {
  const name = host.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  if (isIP(name)) return isNearbyIp(name);
  return (
    isThisComputer(name) || !name.includes('.') || /\.(local|lan|internal|intranet|home\.arpa)$/.test(name)
  );
}

/**
 * Looks names up as usual, and fails with `nearbyCode` for one that leads nearby. It is the connection's own look-up, so that no
 * second answer of the name's server can be another one.
 */
export const lookupFarOnly =
  (lookup: typeof lookUp = lookUp): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      if (found.some(({ address }) => isNearbyIp(address))) {
        return callback(Object.assign(new Error('nearby'), { code: nearbyCode }), []);
      }
      const [first] = found;
      if (options.all || !first) callback(null, found);
      else callback(null, first.address, first.family);
    });

/** Connections to hosts that are not nearby; behind a proxy it is the proxy that looks names up. */
export const farOnly =
  (lookup: LookupFunction = lookupFarOnly()): typeof makeDispatcher =>
  (options, proxy) =>
    makeDispatcher({ ...options, connect: { ...options.connect, lookup } }, proxy);
