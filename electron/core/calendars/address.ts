import { longestCalendarField } from '../../../shared/calendars.ts';
import { isThisComputer } from '../http/proxy.ts';

export type AddressRead =
  | {
      readonly ok: true;
      readonly url: URL;
      readonly login?: { readonly user: string; readonly password: string };
    }
  | { readonly ok: false; readonly problem: 'no-address' | 'http' | 'long' };

/**
 * Reads an address as somebody pastes it: webcal is https, and so is an address without a scheme. http is taken for this computer
 * alone, since whoever is on the way could read the address, which is all that it takes to read the calendar.
 */
export function readAddress(text: string): AddressRead {
  const given = text.trim();
  if (given.length > longestCalendarField) return { ok: false, problem: 'long' };
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  const parsed = urlOf(whole.replace(/^webcals?:/i, 'https:'));
  if (!parsed || /\s/.test(given) || !['http:', 'https:'].includes(parsed.protocol) || !parsed.hostname)
    return { ok: false, problem: 'no-address' };
  if (parsed.protocol === 'http:' && !isThisComputer(parsed.hostname)) return { ok: false, problem: 'http' };
  const login = loginOf(parsed);
  const url = new URL(parsed);
  url.username = '';
  url.password = '';
  url.hash = '';
  return { ok: true, url, ...(login && { login }) };
}

function loginOf({ username, password }: URL) {
  if (username === '') return undefined;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

/** An address as it stands, or as it stands on a page; undefined for what is none. */
export function urlOf(text: string, page?: URL): URL | undefined {
  try {
    return new URL(text, page);
  } catch {
    return undefined;
  }
}
