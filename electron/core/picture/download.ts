import type { ShownImage } from '../../../shared/media.ts';
import { createExchange, usualTimeouts } from '../http/exchange.ts';
import type { Clock, Network } from '../ports.ts';

/** Largest picture that is read, bytes. */
const mostBytes = 10_000_000;
/** Longest wait for the whole of it, ms. */
const patience = 30_000;

/** Under Google's domain one name alone: with more of them come the machines of its customers (`*.bc.googleusercontent.com`). */
const pictureHosts =
  /^(?:(?:[a-z0-9-]+\.)*(?:zoom\.us|zoom\.com|zoomgov\.com)|[a-z0-9-]+\.googleusercontent\.com)$/;

/**
 * Whether a picture may be read from an address that Zoom's answer named: https at one of Zoom's domains or where Google
 * keeps the pictures of those who sign in with it, or the very server of this computer that the API is called at (a practice Zoom).
 * Anything else could be a way to make Tally call other servers.
 */
export function isPictureAddress(address: string, apiUrl: string): boolean {
  try {
    const url = new URL(address);
    const api = new URL(apiUrl);
    if (url.username !== '' || url.password !== '') return false;
    if (api.hostname === '127.0.0.1' && url.origin === api.origin) return true;
    return url.protocol === 'https:' && url.port === '' && pictureHosts.test(url.hostname);
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
  network: Network,
  signal: AbortSignal,
): Promise<ShownImage | null> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener('abort', abort, { once: true });
  const cancelTimer = clock.setTimeout(abort, patience);
  const exchange = createExchange(clock, usualTimeouts, network);
  try {
    if (signal.aborted) return null;
    const { origin, pathname, search } = new URL(address);
    const path = pathname + search;
    const headers = { accept: 'image/*' };
    const { status, body } = await exchange.send(
      { method: 'GET', origin, path, headers, largest: mostBytes },
      stop.signal,
    );
    const type = body && typeOf(body);
    return status === 200 && type ? { bytes: body, type } : null;
  } catch {
    return null;
  } finally {
    cancelTimer();
    exchange.drop();
    signal.removeEventListener('abort', abort);
  }
}

/** By the content: what the server calls it decides nothing. */
function typeOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return start.startsWith('GIF8') ? 'image/gif' : undefined;
}
