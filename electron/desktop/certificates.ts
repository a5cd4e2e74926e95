import { readFileSync } from 'node:fs';
import tls from 'node:tls';

let trusted = false;

/**
 * Adds the authorities that this computer trusts, and those that NODE_EXTRA_CA_CERTS names, to those that Node brings along, for
 * every connection from now on. It blocks for about 0.1 s the first time, on Linux.
 * @returns false where the runtime cannot do it: Node 18 of the fallback Electron 25 lacks both functions
 */
export function trustSystemCertificates(): boolean {
  if (trusted || !tls.getCACertificates || !tls.setDefaultCACertificates) return trusted;
  try {
    // On Linux the system names most of them twice, in a bundle and in a folder.
    const all = [...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...extra()];
    tls.setDefaultCACertificates([...new Set(all)]);
    trusted = true;
  } catch {
    // One that cannot be read leaves the list as it was.
  }
  return trusted;
}

/** Electron leaves the variable unread where it is packaged (electron/electron#41689). None where the file cannot be read. */
function extra(): readonly string[] {
  const path = process.env.NODE_EXTRA_CA_CERTS;
  if (!path) return [];
  try {
    const pem = readFileSync(path, 'latin1');
    return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  } catch {
    return [];
  }
}
