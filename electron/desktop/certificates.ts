import tls from 'node:tls';

let trusted = false;

/**
 * Adds the authorities that this computer trusts to those that Node brings along (and NODE_EXTRA_CA_CERTS names), for every
 * connection from now on. It blocks for about 0.1 s the first time, on Linux.
 * @returns false where the runtime cannot do it: Node 18 of the fallback Electron 25 lacks both functions
 */
export function trustSystemCertificates(): boolean {
  if (trusted || !tls.getCACertificates || !tls.setDefaultCACertificates) return trusted;
  try {
    // On Linux the system names most of them twice, in a bundle and in a folder.
    const all = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
    tls.setDefaultCACertificates([...new Set(all)]);
    trusted = true;
  } catch {
    // One that cannot be read leaves the list as it was.
  }
  return trusted;
}
