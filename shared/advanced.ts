import type { TallyError } from './errors.ts';
import { isObject, type Json } from './json.ts';
import { type Operation, type OperationId, operations } from './zoom/operations.gen.ts';

export type { Json } from './json.ts';

/** A call as the advanced panel or the command line describes it: only what was touched is in it. */
export interface CallInput {
  readonly operation: OperationId;
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  /** Absent: nothing is sent. */
  readonly body?: Json;
  /** A file that the person dropped or chose, by the id that `advanced.file` gave it. */
  readonly file?: string;
}

/** A place where an input does not fit the catalogue. */
export interface CallProblem {
  readonly place: 'path' | 'query' | 'body' | 'file';
  /** JSON pointer (RFC 6901) within the place, such as `/user_info/email`; empty: all of it. */
  readonly pointer: string;
  readonly message: string;
  /** True: the call cannot be sent. False: Zoom will likely refuse it, and it can be sent anyway. */
  readonly blocks: boolean;
}

/** A file that waits to be sent. */
export interface CallFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** By its content; undefined where it is none that Zoom takes. */
  readonly type?: string;
}

/** What came back for a call; everything that Zoom answered, refusals too. Holds no token: see `hidden`. */
export interface CallAnswer {
  /** Names the call: for its history entry, for saving its body, for copying what is hidden. */
  readonly call: string;
  /** When it was sent, epoch ms. */
  readonly at: number;
  /** From sending to the last byte, ms, with a fraction. */
  readonly ms: number;
  /** Absent: nothing came back, and `error` tells why. */
  readonly http?: {
    readonly status: number;
    /** The phrase of the status, such as "No Content". */
    readonly phrase: string;
    /** Names in lower case, in the order in which they came. */
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** Of the body, bytes. */
    readonly size: number;
    readonly form: 'json' | 'text' | 'empty';
    /** The body as text; where it is JSON, as Zoom sent it but for what is hidden. */
    readonly body: string;
    /** JSON pointers of tokens in the body, which main has put `hiddenText` in place of. */
    readonly hidden: readonly string[];
  };
  readonly limits?: {
    readonly label: 'Light' | 'Medium' | 'Heavy' | 'Resource-intensive';
    readonly type: 'per-second' | 'daily' | null;
    readonly limit: number | null;
    readonly remaining: number | null;
  };
  readonly trackingId?: string;
  /** Absent: it worked. */
  readonly error?: TallyError;
  /** What Zoom's error code means for this operation, from the catalogue; several where the code does not tell. */
  readonly meanings: readonly string[];
  /** The input for the next page, where there is one. */
  readonly next?: CallInput;
}

/** Stands in an answer where a token was, and in the history where anything secret was. */
export const hiddenText = '(hidden)';

/** Present values of the account for an operation, to be shown and taken over, never sent by themselves. */
export interface CallCurrent {
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  readonly body?: Json;
}

export const codeFormats = ['curl', 'fetch', 'http'] as const;
export type CodeFormat = (typeof codeFormats)[number];

/** A line of the history. */
export interface HistoryLine {
  readonly id: string;
  readonly at: number;
  readonly operation: OperationId;
  /** Absent: no answer came. */
  readonly status?: number;
  readonly ms: number;
  readonly worked: boolean;
}

/** A call of the past. What was secret in it is gone for good; a long body is cut, which its end says. */
export interface HistoryEntry extends HistoryLine {
  /** `hiddenText` stands in place of what was secret; such a value cannot be sent again. Without its file. */
  readonly input: CallInput;
  readonly answer: CallAnswer;
  /** What was sent; it is not kept, and has to be chosen anew. */
  readonly file?: { readonly name: string; readonly size: number };
}

export interface HistoryPage {
  readonly lines: readonly HistoryLine[];
  /** All that match, also those before `lines`. */
  readonly total: number;
}

/** Calls of one page of the history. */
export const historyPage = 50;

/** Most calls that the history keeps of an account, and the most bytes. */
export const mostHistory = { entries: 500, bytes: 20_000_000 } as const;

/** Whether a call cannot be taken back, so that it is sent only after its target was typed. */
export function needsConfirmation({ operation, body }: CallInput): boolean {
  const { danger, harmless }: Operation = operations[operation];
  if (danger !== 'destructive') return false;
  if (!harmless) return true;
  // Anything but the one harmless value counts: Zoom might read it as the other one.
  return !isObject(body) || body[harmless.field] !== harmless.value;
}

/**
 * What a person has to type before a destructive call is sent: whom or what it is about, as they know it.
 * @param own the account's own address, which `me` stands for
 */
export function confirmationOf(
  input: CallInput,
  own: { readonly id: string; readonly email: string },
): {
  readonly text: string;
  /** It is about the account itself. */
  readonly oneself: boolean;
} {
  const given = input.path.userId ?? 'me';
  const who = typeof given === 'string' ? given.trim() : String(given);
  const oneself = who === 'me' || who === own.id || who.toLowerCase() === own.email.toLowerCase();
  return { text: oneself ? own.email : who, oneself };
}
