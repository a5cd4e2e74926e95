import { hiddenText, type Json } from '../../../shared/advanced.ts';
import { isObject } from '../../../shared/json.ts';
import { catalogue, resolve, type Schema } from '../../../shared/zoom/catalogue.ts';
import { parseJson, replaceScalars } from './json.ts';

/** Names are compared without case and signs: `hostKey` is `host_key`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The fields that the catalogue marks as secret (`x-tally-secret`, `format: password`), of whatever operation. */
const secretNames: ReadonlySet<string> = (() => {
  const names = new Set<string>();
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as Schema;
    for (const [name, property] of Object.entries(properties ?? {})) {
      if (resolve(property).format === 'password') names.add(plain(name));
    }
    for (const part of Object.values(node)) look(part);
  };
  look(catalogue);
  return names;
})();

/** Whether a field of this name holds a secret, wherever it stands: a secret in the wrong place is one all the same. */
function isSecretName(name: string): boolean {
  return secretNames.has(plain(name));
}

/** A shorter text is not searched for in answers: it would be found in everything. */
const shortest = 4;

/** What is secret in a request: every text and number in fields with such a name. */
export function secretsOf(value: Json | undefined, secret = false): string[] {
  if (typeof value === 'string' || typeof value === 'number') return secret ? [String(value)] : [];
  if (Array.isArray(value)) return value.flatMap((entry: Json) => secretsOf(entry, secret));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, entry]) => secretsOf(entry, secret || isSecretName(name)));
}

/** The value with `hiddenText` in place of all that is secret in it. */
export function withoutSecrets(value: Json, secret = false): Json {
  if (typeof value === 'string') return secret || hasToken(value) ? hiddenText : value;
  if (typeof value === 'number') return secret ? hiddenText : value;
  if (Array.isArray(value)) return value.map((entry: Json) => withoutSecrets(entry, secret));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, withoutSecrets(entry, secret || isSecretName(name))]),
  );
}

/** What tokens look like: three parts of base64url, the first an object; a link or header that carries one. */
const shapes =
  /\beyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?|\b(?:zak|tk|access_token|refresh_token)=[^\s&"'<>#]{4,}|\bBearer [\w.~+/-]{8,}/gi;

function hasToken(text: string): boolean {
  return text.search(shapes) >= 0;
}

/** Hides what is secret in answers to one request. */
export interface Hider {
  /** In plain words, such as a header: only the secret itself. */
  text(text: string): string;
  /** In a JSON text: whole values. `hidden` has what was there, by JSON pointer. */
  json(text: string): { readonly text: string; readonly hidden: ReadonlyMap<string, string> };
}

/** @param known secrets of the request itself (its token, a password), which a server may echo */
export function createHider(known: readonly string[]): Hider {
  const values = [...new Set(known)]
    .filter(({ length }) => length >= shortest)
    // A secret that is part of another one goes after it.
    .sort((a, b) => b.length - a.length);
  const holds = (text: string) => hasToken(text) || values.some((value) => text.includes(value));

  function hideIn(text: string): string {
    return values
      .reduce((left, value) => left.replaceAll(value, hiddenText), text)
      .replace(shapes, hiddenText);
  }

  return {
    text: hideIn,
    json(text) {
      const hidden = new Map<string, string>();
      const left = replaceScalars(text, isSecretName, ({ value, marked, pointer }) => {
        if (value === '' || !(marked || holds(value))) return undefined;
        hidden.set(pointer(), value);
        return hiddenText;
      });
      if (!hasToken(left)) return { text: left, hidden };
      // Keys are not values; a token in one is odd enough to be blanked out without a pointer.
      const blanked = hideIn(left);
      return { text: parseJson(blanked) === undefined ? JSON.stringify(hiddenText) : blanked, hidden };
    },
  };
}
