import type { ShownImage } from '../../../shared/media.ts';
import type { Clock } from '../ports.ts';

/** Largest picture that is read, bytes. */
const mostBytes = 10_000_000;
/** Longest wait for the whole of it, ms. */
const patience = 30_000;

const zoomHosts = /^(?:[a-z0-9-]+\.)*(?:zoom\.us|zoom\.com|zoomgov\.com)$/;

/**
 * Whether a picture may be read from an address that Zoom's answer named: https at one of Zoom's domains, or the very server of
 * this computer that the API is called at (a practice Zoom). Anything else could be a way to make Tally call other servers.
 */
export function isPictureAddress(address: string, apiUrl: string): boolean {
  try {
    const url = new URL(address);
    const api = new URL(apiUrl);
    if (url.username !== '' || url.password !== '') return false;
    if (api.hostname === '127.0.0.1' && url.origin === api.origin) return true;
    return url.protocol === 'https:' && url.port === '' && zoomHosts.test(url.hostname);
  } catch {
    return false;
  }
}

/**
 * Reads a picture without a token; follows no redirect.
 * @returns null when it could not be read whole, is larger than 10 MB, took longer than 30 s, or is not a PNG, JPEG or GIF
 */
export async function downloadPicture(
  address: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<ShownImage | null> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener('abort', abort, { once: true });
  const cancelTimer = clock.setTimeout(abort, patience);
  try {
    if (signal.aborted) return null;
    const { request } = await import('undici');
    const answer = await request(address, { signal: stop.signal, headers: { accept: 'image/*' } });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (answer.statusCode !== 200 || length > mostBytes) {
        abort();
        return null;
      }
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks, length);
    const type = typeOf(bytes);
    return answer.statusCode === 200 && type ? { bytes, type } : null;
  } catch {
    return null;
  } finally {
    cancelTimer();
    signal.removeEventListener('abort', abort);
  }
}

/** By the content: what the server calls it decides nothing. */
function typeOf(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 8);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return start.startsWith('GIF8') ? 'image/gif' : undefined;
}
