import { hiddenText, type Json } from '../../../shared/advanced.ts';
import { isObject, readJson } from '../../../shared/json.ts';
import { hasToken, isSecretField, withoutTokens } from '../../../shared/zoom/secrets.ts';
import { replaceScalars } from './json.ts';

/** A shorter text is not searched for in answers: it would be found in everything. */
const shortest = 4;

/** What is secret in a request: every text and number in fields with such a name. */
export function secretsOf(value: Json | undefined): string[] {
  const found: string[] = [];
  const left: [value: unknown, secret: boolean][] = [[value, false]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [one, secret] = next;
    if (secret && ['string', 'number', 'bigint'].includes(typeof one)) found.push(String(one));
    if (Array.isArray(one)) for (const entry of one) left.push([entry, secret]);
    else if (isObject(one)) {
      for (const [name, entry] of Object.entries(one)) left.push([entry, secret || isSecretField(name)]);
    }
  }
  return found;
}

/** Most characters of the pointers to what was hidden, all together; of what is beyond, only that it is hidden is told. */
const mostPointers = 2_000_000;

/** The value with `hiddenText` in place of all that is secret in it. */
export function withoutSecrets(value: Json, secret = false): Json {
  if (typeof value === 'string') return secret || hasToken(value) ? hiddenText : value;
  if (typeof value === 'number' || typeof value === 'bigint') return secret ? hiddenText : value;
  if (Array.isArray(value)) return value.map((entry: Json) => withoutSecrets(entry, secret));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      withoutTokens(name, hiddenText),
      withoutSecrets(entry, secret || isSecretField(name)),
    ]),
  );
}

export type Hider = ReturnType<typeof createHider>;

/**
 * Hides what is secret in answers to one request.
 * @param known secrets of the request itself (its token, a password), which a server may echo
 */
export function createHider(known: readonly string[]) {
  const values = [...new Set(known)]
    .filter(({ length }) => length >= shortest)
    // A secret that is part of another one goes after it.
    .sort((a, b) => b.length - a.length);
  const holds = (text: string) => hasToken(text) || values.some((value) => text.includes(value));

  function hideIn(text: string): string {
    const left = values.reduce((rest, value) => rest.replaceAll(value, hiddenText), text);
    return withoutTokens(left, hiddenText);
  }

  return {
    /** In plain words, such as a header: only the secret itself. */
    text: hideIn,
    /** In a JSON text: whole values. `hidden` has what was there, by JSON pointer. */
    json(text: string) {
      const hidden = new Map<string, string>();
      let room = mostPointers;
      const left = replaceScalars(text, isSecretField, ({ value, marked, pointer }) => {
        if (value === '' || !(marked || holds(value))) return undefined;
        if (room > 0) {
          const at = pointer();
          room -= at.length;
          if (room >= 0) hidden.set(at, value);
        }
        return hiddenText;
      });
      if (!hasToken(left)) return { text: left, hidden };
      // Keys are not values; a token in one is odd enough to be blanked out without a pointer.
      const blanked = hideIn(left);
      return { text: readJson(blanked) === undefined ? JSON.stringify(hiddenText) : blanked, hidden };
    },
  };
}
