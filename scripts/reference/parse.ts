import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import type { Json } from '../../shared/json.ts';
import { Unreadable } from './unreadable.ts';

/** Zoom's own document goes 20 deep. */
const deepest = 100;

/**
 * Reads JSON as `JSON.parse` does, but integers beyond 2^53 come as texts with all their digits. Throws Unreadable, with line
 * and column, where the text is no JSON, names a field twice or is nested more than 100 deep.
 */
export function parseExact(text: string): Json {
  const json = text.replace(/^\uFEFF/, '');
  findFault(json);
  try {
    return JSON.parse(json, keepDigits);
  } catch (cause) {
    // What jsonc-parser lets pass and JSON.parse does not.
    const [, line = '1', column = '1'] = /line (\d+) column (\d+)/.exec(String(cause)) ?? [];
    throw new Unreadable(`line ${line}, column ${column}`, 'this is no JSON');
  }
}

/** JSON.parse does not always tell where it stopped, and takes the last of two fields with one name. */
function findFault(json: string): void {
  const open: Set<string>[] = [];
  // Offset, length, line and column, as jsonc-parser hands them over.
  type Place = readonly [number, number, number, number, ...unknown[]];
  const stop = (what: string, [, , line, column]: Place): never => {
    throw new Unreadable(`line ${line + 1}, column ${column + 1}`, what);
  };
  const enter = (...place: Place) => {
    if (open.push(new Set()) > deepest) stop('this is nested too deep', place);
  };
  const leave = () => {
    open.pop();
  };
  const visitor: JSONVisitor = {
    onObjectBegin: enter,
    onArrayBegin: enter,
    onObjectEnd: leave,
    onArrayEnd: leave,
    onObjectProperty: (name, ...place) => {
      const names = open.at(-1);
      if (names?.has(name)) stop(`there are two fields ${JSON.stringify(name)}`, place);
      names?.add(name);
    },
    onError: (code, ...place) => stop(`this is no JSON (${printParseErrorCode(code)})`, place),
  };
  visit(json, visitor, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const lossy = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return lossy ? context?.source : value;
}
