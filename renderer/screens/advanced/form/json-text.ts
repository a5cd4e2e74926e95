import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Json } from '../../../../shared/advanced.ts';
import { readJson as readValue, stepsOf } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { isExact } from './fields.ts';

/** Why a text cannot be read, and where. */
export interface TextProblem {
  readonly message: string;
  /** In UTF-16 units, from 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

type Read =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: TextProblem };

/** Deeper than anything that Zoom takes. */
const deepest = 60;

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false } as const;

/**
 * Reads JSON so that what is read is what stands there: no name twice of which one is lost, no number that JavaScript would
 * round. (jsonc-parser knows places, but lets more pass than JSON.parse, which has the last word.)
 */
export function readJson(text: string): Read {
  const at = (message: string, offset: number): Read => ({
    ok: false,
    problem: { message, offset, line: lineAt(text, offset) },
  });
  if (text.trim() === '') return at(t.jsonEmpty, 0);
  const errors: ParseError[] = [];
  const tree = nodeOf(text, errors);
  try {
    JSON.parse(text);
    const odd = tree && oddIn(tree, text, 0);
    return odd ? at(odd.message, odd.offset) : { ok: true, value: readValue(text) ?? null };
  } catch {
    const [first] = errors;
    return first ? at(words(first), first.offset) : at(t.jsonNone, 0);
  }
}

function nodeOf(text: string, errors: ParseError[] = []): Node | undefined {
  try {
    return parseTree(text, errors, strict);
  } catch {
    // Nested so deeply that there is no stack left; JSON.parse fails, too, or the depth is told of.
    return undefined;
  }
}

function oddIn(node: Node, text: string, depth: number): { message: string; offset: number } | undefined {
  const { offset, length, children = [] } = node;
  if (depth > deepest) return { message: t.jsonTooDeep, offset };
  if (node.type === 'number') {
    const written = text.slice(offset, offset + length);
    if (!/^-?\d+$/.test(written) && !isExact(Number(written)))
      return { message: t.jsonTooManyDigits(written), offset };
  }
  const names = new Set<string>();
  for (const one of children) {
    if (node.type === 'object') {
      const [name] = one.children ?? [];
      const key = String(name?.value);
      if (names.has(key)) return { message: t.jsonTwice(key), offset: one.offset };
      if (key === '__proto__') return { message: t.jsonForbiddenKey(key), offset: one.offset };
      names.add(key);
    }
    const odd = oddIn(one, text, depth + 1);
    if (odd) return odd;
  }
  return undefined;
}

/** From 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Where in a JSON text the value of a pointer stands, or the nearest thing around it that is there. */
export function placeOf(
  text: string,
  pointer: string,
): { readonly offset: number; readonly length: number; readonly line: number } | undefined {
  const tree = nodeOf(text);
  if (!tree) return undefined;
  const parts = stepsOf(pointer);
  for (let depth = parts.length; depth >= 0; depth--) {
    const found = nodeAt(tree, parts.slice(0, depth));
    if (found) return { offset: found.offset, length: found.length, line: lineAt(text, found.offset) };
  }
  return undefined;
}

function nodeAt(tree: Node, parts: readonly string[]): Node | undefined {
  return parts.reduce<Node | undefined>(
    (node, part) => node && findNodeAtLocation(node, [node.type === 'array' ? Number(part) : part]),
    tree,
  );
}

const errorWords: Readonly<Record<string, string>> = {
  InvalidNumberFormat: t.jsonNumber,
  PropertyNameExpected: t.jsonName,
  ValueExpected: t.jsonValue,
  ColonExpected: t.jsonColon,
  CommaExpected: t.jsonComma,
  CloseBraceExpected: t.jsonBrace,
  CloseBracketExpected: t.jsonBracket,
  EndOfFileExpected: t.jsonMore,
  InvalidCommentToken: t.jsonComments,
  UnexpectedEndOfComment: t.jsonComments,
  UnexpectedEndOfString: t.jsonQuote,
  UnexpectedEndOfNumber: t.jsonNumberEnd,
  InvalidUnicode: t.jsonUnicode,
  InvalidEscapeCharacter: t.jsonEscape,
  InvalidCharacter: t.jsonCharacter,
};

function words({ error }: ParseError): string {
  return errorWords[printParseErrorCode(error)] ?? t.jsonOther;
}
