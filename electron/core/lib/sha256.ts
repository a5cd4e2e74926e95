import { webcrypto } from 'node:crypto';

/** The hash of a large content, lower-case hex, reckoned by another thread than this one. */
export async function sha256(content: Uint8Array): Promise<string> {
  const hash = await webcrypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>);
  return Buffer.from(hash).toString('hex');
}
