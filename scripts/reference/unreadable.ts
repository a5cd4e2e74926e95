import type { ZodError } from 'zod';
import { pointerTo } from '../../shared/json.ts';

/** A file that cannot be used, with the place of what is wrong: line and column, or a JSON pointer. */
export class Unreadable extends Error {
  /** @param place `line 3, column 5`, or `at /paths/~1users` */
  constructor(place: string, what: string) {
    super(`${place}: ${what}`);
  }
}

/** A fault in what was read, at a JSON pointer. */
export function faultAt(pointer: string, what: string): Unreadable {
  return new Unreadable(pointer === '' ? 'at the top' : `at ${pointer}`, what);
}

/** The first thing that a schema found wrong, at its place. */
export function faultOf({ issues: [issue] }: ZodError): Unreadable {
  const pointer = (issue?.path ?? []).reduce<string>((so, key) => pointerTo(so, String(key)), '');
  return faultAt(pointer, issue?.message ?? 'this is not right');
}
