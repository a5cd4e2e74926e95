/**
 * The search that proves no secret leaked. Every secret of the practice Zoom (token, code, ZAK, client secret, passcode) contains
 * the mark `CANARY-<uuid>`, and its host keys and passcodes of digits begin with the same seven, which no other text has. So a
 * search for the marks in all their forms finds every one of them, also those that a test never saw. Its client ids, which are no
 * secrets and stand in files, begin with `CLIENT-`.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** How a secret was written where it was found. */
type Form = 'plain' | 'URL-encoded' | 'base64' | 'hex' | 'UTF-16';

/** A secret outside the keychain. It says where and in which form, and never what. */
export interface Leak {
  readonly place: string;
  readonly form: Form;
}

/** What all secrets of a kind begin with, and what each goes on with: so many characters, each of which fits the pattern. */
const secrets = [
  markOf('CANARY-', '[0-9a-f]', 8),
  // Host keys and passcodes, of ten digits.
  markOf('7351942', '[0-9]', 3),
];
const clientIds = markOf('CLIENT-', '[0-9a-f]', 8);

function markOf(word: string, character: string, count: number) {
  // Any of the characters may be percent-encoded, also more than once (`%25` is the percent sign itself).
  const encoded = `${[...word].map(encodedOrNot).join('')}(?:${character}|%(?:25)*[346][0-9a-f]){${count}}`;
  return {
    plain: new RegExp(`${word}${character}{${count}}`, 'gi'),
    urlEncoded: new RegExp(encoded, 'i'),
    hex: new RegExp(`${Buffer.from(word).toString('hex')}(?:[346][0-9a-f]){${count}}`, 'i'),
    // The characters of base64 that the mark makes whatever stands before and after it, by its place in a group of three.
    base64: [0, 1, 2].map((offset) => {
      const text = Buffer.from('.'.repeat(offset) + word).toString('base64url');
      const from = Math.ceil((offset * 8) / 6);
      const certain = text.slice(from, Math.floor(((offset + word.length) * 8) / 6));
      // The run that follows holds the rest; decoding it from a full group tells a secret from a coincidence.
      return { offset, from, run: new RegExp(`${certain}[\\w+/-]{${count},}`, 'g') };
    }),
    decoded: new RegExp(`^${word.slice(1)}${character}{3}`),
  };
}
type Mark = ReturnType<typeof markOf>;

/** The forms in which secrets stand in `content`, which may be text or anything binary. Empty where there are none. */
export const findSecrets = (content: string | Uint8Array): Form[] => search(content, secrets);

/** The same for secrets and client ids: for what nobody else may see either. */
export const findMarks = (content: string | Uint8Array): Form[] => search(content, [...secrets, clientIds]);

function search(content: string | Uint8Array, marks: readonly Mark[]): Form[] {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  const found = formsIn(text, marks);
  // UTF-16 of the characters at hand is the same text with a zero after each; other forms can hide in it as well.
  if (
    text.includes('\0') &&
    formsIn(text.replaceAll('\0', ''), marks).some((form) => !found.includes(form))
  ) {
    found.push('UTF-16');
  }
  return found;
}

function formsIn(text: string, marks: readonly Mark[]): Form[] {
  const found = marks.flatMap((mark): Form[] => {
    // The encoded pattern allows for unencoded characters, so a plain secret must not count there too.
    const rest = text.replace(mark.plain, '');
    return [
      ...(rest.length < text.length ? (['plain'] as const) : []),
      ...(rest.includes('%') && mark.urlEncoded.test(rest) ? (['URL-encoded'] as const) : []),
      ...(mark.base64.some((place) => holdsMark(text, mark, place)) ? (['base64'] as const) : []),
      ...(mark.hex.test(text) ? (['hex'] as const) : []),
    ];
  });
  return [...new Set(found)];
}

function holdsMark(text: string, { decoded }: Mark, { offset, from, run }: Mark['base64'][number]): boolean {
  for (const [match] of text.matchAll(run)) {
    // `A` stands in for the characters that the bytes before the mark would decide.
    const bytes = Buffer.from('A'.repeat(from) + match, 'base64').toString('latin1');
    if (decoded.test(bytes.slice(offset + 1))) return true;
  }
  return false;
}

function encodedOrNot(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return `(?:${character}|%(?:25)*${code})`;
}

/**
 * Searches a file or a folder with everything below it, whatever is packed in zip or gzip files included. Links are not
 * followed, sockets and pipes not opened; `except` names paths that are left out. What goes away meanwhile is passed over.
 */
export function searchFiles(
  path: string,
  except: readonly string[] = [],
  find: (content: string | Uint8Array) => Form[] = findSecrets,
): Leak[] {
  if (except.includes(path)) return [];
  let kind: ReturnType<typeof lstatSync>;
  try {
    kind = lstatSync(path);
    if (kind.isDirectory()) {
      return readdirSync(path).flatMap((name) => [
        ...find(name).map((form): Leak => ({ place: `the name of a file in ${path}`, form })),
        ...searchFiles(join(path, name), except, find),
      ]);
    }
    if (!kind.isFile()) return [];
    const bytes = readFileSync(path);
    const forms = new Set([bytes, ...unpacked(bytes)].flatMap((part) => find(part)));
    return [...forms].map((form) => ({ place: path, form }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The contents of a gzip file, or of the entries of a zip file (Playwright's traces, reports of a crash). */
function unpacked(bytes: Buffer): Buffer[] {
  if (bytes.length > 18 && bytes.readUInt16BE(0) === 0x1f8b) {
    return attempt(() => gunzipSync(bytes));
  }
  const parts: Buffer[] = [];
  const header = Buffer.from('PK\x03\x04', 'latin1');
  if (bytes.length < 30 || !bytes.subarray(0, 4).equals(header)) return parts;
  for (let at = 0; at >= 0 && at + 30 <= bytes.length; at = bytes.indexOf(header, at + 4)) {
    const deflated = bytes.readUInt16LE(at + 8) === 8;
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    // Deflated data knows its own end, so the sizes, which a streamed zip gives only later, are not needed.
    if (deflated) parts.push(...attempt(() => inflateRawSync(bytes.subarray(start))));
  }
  return parts;
}

/** Nothing where the bytes only look packed. */
function attempt(unpack: () => Buffer): Buffer[] {
  try {
    return [unpack()];
  } catch {
    return [];
  }
}

/** Searches all that the page's JavaScript holds: a heap snapshot of its renderer, after a garbage collection. */
export async function searchHeap(page: Page): Promise<Leak[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    return findSecrets(chunks.join('')).map((form) => ({ place: 'the heap of the window', form }));
  } finally {
    await session.detach();
  }
}

/** The text with every secret in it replaced, for reports of tests. */
export function withoutSecrets(text: string): string {
  const whole = ({ plain }: Mark) => new RegExp(`[\\w.~+/%-]*${plain.source}[\\w.~+/%-]*`, 'gi');
  return [...secrets, clientIds].reduce((rest, mark) => rest.replace(whole(mark), '(a secret)'), text);
}
