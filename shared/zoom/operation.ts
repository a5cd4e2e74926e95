/** One operation of Zoom's Users API as the catalogue (openapi.yaml) has it. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Template: the parts in braces are named in `pathParams`. */
  readonly path: string;
  readonly title: string;
  readonly group: OperationGroup;
  /** Statuses that mean it worked. */
  readonly success: readonly number[];
  /** What comes is a list, where all others answer an object. */
  readonly answersList?: true;
  /** The rate-limit class of Zoom. */
  readonly label: 'Light' | 'Medium' | 'Heavy';
  /** Any one of them is enough. */
  readonly scopes: { readonly classic: readonly string[]; readonly granular: readonly string[] };
  readonly pathParams: readonly string[];
  readonly queryParams: readonly string[];
  readonly body: 'none' | 'json' | 'multipart';
  /** Multipart only: the name of the part that holds the file. */
  readonly fileField?: string;
  /** Whether 'me' may stand for the user, or stands in the path already. */
  readonly me: boolean;
  /** No user-level scope exists. */
  readonly adminOnly: boolean;
  readonly danger: 'none' | 'careful' | 'destructive';
  /** Of a destructive one: it is none with exactly this value in that field of the body. */
  readonly harmless?: { readonly field: string; readonly value: string };
  /** At most `count` calls for one user in `seconds`. */
  readonly perUserLimit?: { readonly count: number; readonly seconds: number };
  /** At most so many calls for one user in 24 hours. */
  readonly perDayLimit?: number;
  /** At most so many calls for the whole account in 24 hours, by plan. */
  readonly perAccountDayLimit?: { readonly free: number; readonly pro: number; readonly business: number };
  /** Later than the reference of 2022: the year it was first seen. */
  readonly since?: string;
}

/** What operations are about, most wanted first. */
export const operationGroups = [
  'Presence',
  'Picture',
  'Backgrounds',
  'Profile',
  'Settings',
  'Access',
  'Delegates',
  'Account',
  'People',
] as const;
export type OperationGroup = (typeof operationGroups)[number];
