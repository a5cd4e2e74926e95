/**
 * Holds the words that people meet to docs/words.md: fails where a text in the source or the docs has an old form, and says what to
 * write instead. A part of `npm run check`.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { root } from './electron.mjs';
import { looseWords } from './loose-words.ts';

/** A form that is no longer written, and what to write instead. */
interface OldForm {
  readonly form: RegExp;
  readonly instead: string;
}

const oldForms: readonly OldForm[] = [
  { form: /\b(?:Tally|you|I) may not\b/i, instead: 'can’t, or doesn’t have permission to' },
  { form: /\bnot had\b|\bto be had\b/i, instead: 'isn’t available' },
  { form: /\bshall\b/i, instead: 'should, or a plain verb' },
  { form: /\bmeanwhile\b/i, instead: 'since, or leave it out' },
  { form: /\banew\b/i, instead: 'again' },
  { form: /\bsay yes\b|\bsaid yes\b/i, instead: 'approve' },
  { form: /\bleft out\b|\bleave (?:it|them|this) out\b/i, instead: 'skip, not enabled, or remove' },
  { form: /\bmend(?:ed|s)?\b/i, instead: 'fix' },
  { form: /\b(?:take|taken|took|taking) (?:it |them )?back\b/i, instead: 'undo' },
  { form: /\bgoes on\b|\bgo on by\b/i, instead: 'continues' },
  { form: /\bstands? (?:here|there|in the|under|at)\b/i, instead: 'is, appears, or find it under' },
  { form: /(?<!what Zoom had )\bat Zoom\b/i, instead: 'in Zoom, on Zoom’s website, or uploaded' },
  { form: /\bof yours\b/i, instead: 'your' },
  { form: /\b(?:is|are) sent in\b/i, instead: 'Switching to … in' },
  { form: /\bclient id\b/, instead: 'Client ID' },
  { form: /\be-mails?\b/i, instead: 'email' },
  { form: /\btelephones?\b/i, instead: 'phone' },
  { form: /\blicen[c]es?\b/i, instead: 'license' },
  { form: /\bcolour/i, instead: 'color' },
  { form: /\bdial(?:l)ing\b/i, instead: 'dialing' },
  { form: /\bZoom’s page for apps\b/i, instead: 'Zoom App Marketplace' },
  { form: /\bZoom’s app\b|\bits client\b/i, instead: 'the Zoom app' },
  { form: /\bcannot\b/i, instead: 'can’t' },
  { form: /\b(?:does|did|is|are|was|were|has|have|could|would|should) not\b/i, instead: 'a contraction' },
  { form: /(?<!^)\bdo not\b(?! disturb)/i, instead: 'don’t' },
  { form: /\bhas trouble\b|\bhave trouble\b/i, instead: 'is having problems' },
  { form: /\bnewer statuses\b/i, instead: 'nothing: say it after a refusal' },
];

interface Text {
  readonly at: number;
  readonly words: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
}

/** Not words: where something comes from, what it is, and how it looks. */
const wordless = new Set(['ImportDeclaration', 'ImportExpression', 'ExportAllDeclaration', 'TSLiteralType']);
const attributes = new Set(['className', 'id', 'key', 'role', 'type', 'href']);

function textsOf(path: string): Text[] {
  const texts: Text[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value) || wordless.has(value.type)) return;
    if (value.type === 'JSXAttribute' && attributes.has(nameOf(value))) return;
    if ((value.type === 'Literal' || value.type === 'JSXText') && typeof value.value === 'string')
      texts.push({ at: value.start, words: value.value.replace(/\s+/g, ' ') });
    if (value.type === 'TemplateLiteral')
      texts.push({ at: value.start, words: value.quasis?.map((part) => part.value.cooked).join('…') ?? '' });
    for (const [key, child] of Object.entries(value)) if (key !== 'quasis') visit(child);
  };
  visit(parseSync(path, readFileSync(join(root, path), 'utf8')).program);
  // One word alone is a name.
  return texts.filter(({ words }) => /\S\s+\S/.test(words));
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function nameOf(attribute: object): string {
  const { name } = attribute as { readonly name?: { readonly name?: unknown } };
  return String(name?.name);
}

/** Pages for people who use Tally. */
const pages = ['README.md', 'docs/using.md'];

/** Speaks as Zoom does, not as Tally. */
const practice = join('electron', 'practice');

/** What is written in the old way, as lines `path:line: "form", write …`. */
export function oldWords(): string[] {
  const sources = globSync(['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'shared/**/*.ts'], {
    cwd: root,
  }).filter((path) => !path.endsWith('.gen.ts') && !path.startsWith(practice));
  return [...sources.sort(), ...pages].flatMap((path) => {
    const source = readFileSync(join(root, path), 'utf8');
    const texts = path.endsWith('.md') ? linesOf(source) : textsOf(path);
    return texts.flatMap(({ at, words }) =>
      oldForms.flatMap(({ form, instead }) => {
        const [found] = form.exec(words) ?? [];
        const line = source.slice(0, at).split('\n').length;
        return found === undefined
          ? []
          : [`${path}:${line}: “${found}” in “${words.trim()}”: write ${instead}`];
      }),
    );
  });
}

/** The lines of a page, without what is code. */
function linesOf(page: string): Text[] {
  const plain = page
    .replace(/^```.*?^```/gms, (code) => code.replace(/./g, ' '))
    .replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  return [...plain.matchAll(/^.+$/gm)].map(({ 0: words, index }) => ({ at: index, words }));
}

if (import.meta.main) {
  const found = [...oldWords(), ...looseWords()];
  if (found.length > 0) {
    process.stderr.write(`${found.join('\n')}\nSee docs/words.md\n`);
    process.exitCode = 1;
  }
}
