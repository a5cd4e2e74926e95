import type { SettingLeaf, SettingValue } from '../settings.ts';
import { openFields, secretFields } from './limits.gen.ts';
import { soundsSecret } from './secret-names.ts';

/** Names are compared without case and signs: `hostKey` is `host_key`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Parameters of an address that let whoever has it into a meeting or act for somebody: passcode, place, start token, OAuth's. */
const linkSecrets = ['pwd', 'tk', 'zak', 'access_token', 'refresh_token'];

const fields: ReadonlySet<string> = new Set([...secretFields, ...linkSecrets].map(plain));

const open: ReadonlySet<string> = new Set(openFields.map(plain));

/**
 * Whether a field of this name holds a secret, wherever it stands: a secret in the wrong place is one all the same. What the
 * catalogue does not know holds one where it sounds so.
 */
export function isSecretField(name: string): boolean {
  const known = plain(name);
  return fields.has(known) || (soundsSecret(name) && !open.has(known));
}

/**
 * Whether a setting's value is a secret: by the catalogue, by what stands in it, else by its name, where it is one of the
 * values that could hold any. What the catalogue knows holds one only as a text of one's own. A switch tells nothing.
 * @param value undefined where it is not known yet
 */
export function isSecretSetting(
  key: string,
  value: SettingValue | undefined,
  leaf: Pick<SettingLeaf, 'secret' | 'type'> | undefined,
): boolean {
  if (leaf?.secret || (value !== undefined && hasToken(JSON.stringify(value)))) return true;
  if (!soundsSecret(key) || value === null || typeof value === 'boolean') return false;
  return leaf === undefined || (leaf.type !== 'choice' && typeof value === 'string');
}

/**
 * What secrets look like: three parts of base64url, the first an object (looked for once in each run of such characters, so that
 * a text takes no longer than it is long); a header that carries a token; a parameter of an address in every length, also where the address is a parameter of another one (and that of a third) or stands in JSON as Java
 * writes it.
 */
const shapes = new RegExp(
  [
    String.raw`(?<![\w-])(?=[\w-]+\.[\w-]{4})[\w-]*?\beyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?`,
    String.raw`(?:\b|%(?:25)*(?:3F|26)|\\u0026)(?:${linkSecrets.join('|')})(?:=|%(?:25)*3D|\\u003d)[^\s&"'<>#]+`,
    String.raw`\bBearer [\w.~+/-]{8,}`,
  ].join('|'),
  'gi',
);

/** Whether a text has in it what looks like a token, or an address with a secret in it. */
export function hasToken(text: string): boolean {
  return text.search(shapes) >= 0;
}

/** The text with other words in place of all that `hasToken` finds. */
export function withoutTokens(text: string, instead: string): string {
  return text.replace(shapes, instead);
}
