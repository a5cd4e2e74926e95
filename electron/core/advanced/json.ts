import { pointerTo } from '../../../shared/json.ts';

interface Level {
  readonly parent: Level | undefined;
  /** All that is in it belongs to a marked key. */
  readonly marked: boolean;
  /** The place of an entry of a list, or the key of a value; undefined where a key is due. */
  at: number | string | undefined;
  /** Whether the present value belongs to a marked key. */
  valueMarked: boolean;
}

/** A text or number within a JSON text. */
export interface Scalar {
  /** As a text. */
  readonly value: string;
  /** It stands under a marked key, at whatever depth. */
  readonly marked: boolean;
  pointer(): string;
}

/**
 * Replaces texts and numbers of a JSON text and leaves every other character as it is: large numbers, doubled keys and
 * spaces would not survive parsing and writing.
 * @param text well-formed JSON
 * @param isMarked whether what stands under a key is to be marked; asked once a name
 * @param replace the new value, or undefined to leave it
 */
export function replaceScalars(
  text: string,
  isMarked: (key: string) => boolean,
  replace: (scalar: Scalar) => string | undefined,
): string {
  const marked = askedOnce(isMarked);
  const parts: string[] = [];
  let level: Level | undefined;
  let copied = 0;
  let at = 0;

  function scalar(end: number, value: string): void {
    const here = level;
    if (here && here.at === undefined) {
      here.at = value;
      here.valueMarked = here.marked || marked(value);
    } else {
      const instead = replace({ value, marked: here?.valueMarked ?? false, pointer: () => pointerOf(here) });
      if (instead !== undefined) {
        parts.push(text.slice(copied, at), JSON.stringify(instead));
        copied = end;
      }
    }
    at = end;
  }

  while (at < text.length) {
    switch (text.charCodeAt(at)) {
      case 0x22 /* " */:
        {
          const end = endOfText(text, at);
          scalar(end, textBetween(text, at, end));
          break;
        }
      case 0x7b /* { */:
      case 0x5b /* [ */:
        level = levelIn(level, text[at] === '[');
        at += 1;
        break;
      case 0x7d /* } */:
      case 0x5d /* ] */:
        level = level?.parent;
        at += 1;
        break;
      case 0x2c /* , */:
        if (level) level.at = typeof level.at === 'number' ? level.at + 1 : undefined;
        at += 1;
        break;
      default: {
        const end = endOfNumber(text, at);
        if (end > at) scalar(end, text.slice(at, end));
        else at += 1;
      }
    }
  }
  return copied === 0 ? text : parts.join('') + text.slice(copied);
}

function askedOnce(isMarked: (key: string) => boolean): (key: string) => boolean {
  const known = new Map<string, boolean>();
  return (key) => {
    const marked = known.get(key) ?? isMarked(key);
    known.set(key, marked);
    return marked;
  };
}

function levelIn(parent: Level | undefined, list: boolean): Level {
  const marked = parent?.valueMarked ?? false;
  return { parent, marked, at: list ? 0 : undefined, valueMarked: marked };
}

/** A loop, as Zoom's answers may be nested as deeply as they like. */
function pointerOf(level: Level | undefined): string {
  const parts: string[] = [];
  for (let here = level; here; here = here.parent) parts.push(pointerTo('', here.at ?? ''));
  return parts.reverse().join('');
}

/** The text whose quotation marks stand at `start` and before `end`. */
function textBetween(text: string, start: number, end: number): string {
  const inside = text.slice(start + 1, end - 1);
  return inside.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inside;
}

function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  // A quotation mark after an odd number of backslashes is part of the text.
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === 0x5c) before -= 1;
  return (at - before) % 2 === 1;
}

/** Where the number ends that begins here; `start` where none does. */
function endOfNumber(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 0x30 && code <= 0x39;
    // Of - + . and e only the first begins a number.
    if (!isDigit && code !== 0x2d && (at === start || !'+.eE'.includes(text.charAt(at)))) break;
  }
  return at;
}
