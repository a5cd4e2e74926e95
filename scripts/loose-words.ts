/**
 * Finds the words of the window, the tray, the command line, notices and the system's dialogs that stand in code instead of in tables
 * of words (shared/words/), where no other language could have them.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { root } from './electron.mjs';

/** Zoom's own words, by which its website is searched; they are `spoken()` where they are shown. */
const quoted = 'renderer/screens/settings/portal-only.ts';

/** Attributes that a person reads or hears. */
const said = new Set(
  'alt aria-description aria-label aria-roledescription aria-valuetext back buttonLabel cancel confirm copied detail help invitation label leave named note placeholder question shown title valueLabel valueWords waits what word words'.split(
    ' ',
  ),
);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** JSON's own names are the same in all languages. */
const hasLetters = (text: unknown) =>
  typeof text === 'string' && /\p{L}{2}/u.test(text) && !['null', 'true', 'false'].includes(text.trim());
/** A sentence or the beginning of one, and no name of a key or a class. */
const isSentence = (text: unknown) =>
  typeof text === 'string' && /^\s?\p{Lu}[\p{L}’'-]*,? \p{Ll}/u.test(text);

/** The literals with letters that an expression may come to. */
function literalsOf(value: unknown): Node[] {
  if (!isNode(value)) return [];
  switch (value.type) {
    case 'Literal':
      return hasLetters(value.value) ? [value] : [];
    case 'TemplateLiteral':
      return textOf(value).match(/\p{L}{2}/u) ? [value] : [];
    case 'ConditionalExpression':
      return [...literalsOf(value.consequent), ...literalsOf(value.alternate)];
    case 'LogicalExpression':
      return literalsOf(value.right);
    case 'JSXExpressionContainer':
      return literalsOf(value.expression);
    default:
      return [];
  }
}

function textOf({ type, value, quasis }: Node): string {
  if (type !== 'TemplateLiteral') return String(value);
  const parts = quasis as readonly { readonly value: { readonly cooked: string } }[];
  return parts.map((part) => part.value.cooked).join('…');
}

function looseIn(node: Node): Node[] {
  switch (node.type) {
    case 'JSXText':
      return hasLetters(node.value) ? [node] : [];
    case 'JSXAttribute':
      return said.has(String((node.name as Node).name)) ? literalsOf(node.value) : [];
    case 'JSXElement':
    case 'JSXFragment':
      return (node.children as readonly unknown[]).flatMap(literalsOf);
    case 'Literal':
    case 'TemplateLiteral':
      return isSentence(textOf(node)) ? [node] : [];
    default:
      return [];
  }
}

function looseOf(path: string): string[] {
  const source = readFileSync(join(root, path), 'utf8');
  const found = new Map<number, string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    // What is thrown at a programmer is no word of the window's.
    if (!isNode(value) || value.type === 'TSLiteralType' || value.type === 'ThrowStatement') return;
    // The group of a command is a name; what it is called is with the words of commands.
    if (value.type === 'Property' && (value.key as Node).name === 'group') return;
    for (const loose of looseIn(value)) found.set(loose.start, textOf(loose).replace(/\s+/g, ' ').trim());
    Object.values(value).forEach(visit);
  };
  visit(parseSync(path, source).program);
  const line = (at: number) => source.slice(0, at).split('\n').length;
  return [...found].map(([at, text]) => `${path}:${line(at)}: “${text}” belongs in shared/words/en/`);
}

/** Where a person is spoken to. Errors and what Zoom calls things are `spoken()` where they are shown, wherever they are made. */
const speaking = [
  'renderer/**/*.{ts,tsx}',
  'electron/desktop/cli/*.ts',
  'electron/desktop/sign-in/pages.ts',
  'electron/desktop/tray/{menu,tooltip,tray}.ts',
  'electron/desktop/{app,dialogs,launches,popover,quit,shortcut,switches,user-data,window}.ts',
  'electron/desktop/media/pictures.ts',
  'shared/{commands,links,preset-commands,running-timer,said,shortcut-use}.ts',
];

/** Words in the code of all that, as lines `path:line: “words” belongs in …`. */
export function looseWords(): string[] {
  const sources = globSync(speaking, { cwd: root }).sort();
  return sources.filter((path) => path !== quoted).flatMap(looseOf);
}
