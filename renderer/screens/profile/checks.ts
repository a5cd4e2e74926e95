import { profile as t } from '../../../shared/words/en/profile.ts';
import { mostAssistants } from '../../../shared/zoom/limits.gen.ts';
import { fieldProblem } from '../../../shared/zoom/user-fields.ts';

/**
 * What is said of a text's length: nothing while there is room, then how much is left, then how much is too much.
 * Characters are counted as a person sees most of them: a surrogate pair is one.
 */
export function roomLeft(text: string, most: number): { readonly words: string; readonly over: boolean } {
  const left = most - [...text].length;
  if (left < 0) return { words: t.charactersTooMany(-left), over: true };
  if (left > Math.min(20, most / 4)) return { words: '', over: false };
  return { words: left === 0 ? t.noCharactersLeft : t.charactersLeft(left), over: false };
}

/** Ten and eleven digits as Zoom writes them: "123 456 7890", "123 4567 8901". Anything else stays as it is. */
export function meetingIdWords(id: string): string {
  const middle = id.length === 10 ? 6 : 7;
  return /^\d{10,11}$/.test(id) ? `${id.slice(0, 3)} ${id.slice(3, middle)} ${id.slice(middle)}` : id;
}

/** A typed meeting id without what people put between the digits: a number when it can be one, else the text itself. */
export function readMeetingId(typed: string): number | string {
  const digits = typed.replaceAll(/[\s\-.]/g, '');
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : typed.trim();
}

/** What is wrong with a typed meeting id; undefined when Zoom may take it. */
export function meetingIdProblem(typed: string): string | undefined {
  return fieldProblem('pmi', readMeetingId(typed));
}

/** Where the personal room is, from the meeting's own link, so that it is right in each of Zoom's clouds. */
export function roomLink(name: string, meetingLink: string | undefined): string {
  let site = 'https://zoom.us';
  try {
    if (meetingLink) site = new URL(meetingLink).origin;
  } catch {
    // Not an address: the site of most people is as good as any.
  }
  return `${site}/my/${name}`;
}

/** What is wrong with a typed telephone number; undefined when somebody may answer it. */
export function phoneProblem(typed: string): string | undefined {
  if (typed.trim() === '') return t.numberMissing;
  if (/[^\d\s().\-/]/.test(typed)) return t.numberDigitsOnly;
  const digits = typed.replaceAll(/\D/g, '').length;
  if (digits < 3) return t.numberTooShort;
  return digits > 15 ? t.numberTooLong : undefined;
}

const email = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;

/** Whether a text may be an e-mail address. */
export function isEmail(typed: string): boolean {
  return typed.trim().length <= 300 && email.test(typed.trim());
}

interface People {
  /** Each once, as typed. */
  readonly who: readonly string[];
  /** What is wrong with them; absent when all may be known to Zoom. */
  readonly problem?: string;
}

/**
 * Reads several people, by e-mail address or user id, between commas, semicolons or line ends. An address out of a
 * mail program ("Robin <robin@example.org>") counts as the address.
 */
export function readPeople(typed: string): People {
  const parts = typed
    .split(/[,;\n\r]+/)
    .map((part) => /<([^<>]+)>\s*$/.exec(part)?.[1]?.trim() ?? part.trim())
    .filter(Boolean);
  const seen = new Set<string>();
  const who = parts.filter((part) => {
    // Ids tell capitals from small letters, addresses do not.
    const same = part.includes('@') ? part.toLowerCase() : part;
    return !seen.has(same) && seen.add(same);
  });
  const odd = who.find((one) => !isEmail(one) && !/^[\w\-+/=.]{6,300}$/.test(one));
  if (odd) return { who, problem: t.neitherEmailNorId(shorten(odd)) };
  if (who.length > mostAssistants) return { who, problem: t.tooManyPeople(mostAssistants, who.length) };
  return { who };
}

function shorten(text: string): string {
  const letters = [...text];
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : text;
}
