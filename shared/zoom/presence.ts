import { statuses } from '../words/en/statuses.ts';

/** Every status a person can choose, in the order menus and buttons show them. */
export const settableStatuses = [
  'Available',
  'Away',
  'Do_Not_Disturb',
  'In_Calendar_Event',
  'Presenting',
  'In_A_Zoom_Meeting',
  'On_A_Call',
  'Busy',
  'Out_of_Office',
] as const;

export type SettableStatus = (typeof settableStatuses)[number];

/** The five that a person can choose in the Zoom app, in its order; the others Zoom sets by itself. */
export const usualStatuses: readonly SettableStatus[] = [
  'Available',
  'Busy',
  'Do_Not_Disturb',
  'Away',
  'Out_of_Office',
];

/** All of them as the window shows them: the usual ones first. */
export const shownStatuses: readonly SettableStatus[] = [
  ...usualStatuses,
  ...settableStatuses.filter((status) => !usualStatuses.includes(status)),
];

/** Tally's own status words. The names are those Zoom takes when a status is set; 'Offline' and 'Unknown' are only ever read. */
export type Status = SettableStatus | 'Offline' | 'Unknown';

interface StatusFacts {
  readonly slug: string;
  /** Names that Zoom also uses for this status. */
  readonly aliases: readonly string[];
}

/**
 * Zoom names one thing in three ways: what is set (PUT), what is answered (GET; Jericho/ZoomNet pull 383) and what the
 * webhook tells (user.presence_status_updated, @zoom/rivet 0.4.0). Every oddity stands here and nowhere else.
 */
const facts: { readonly [K in Status]: StatusFacts } = {
  // 'Mobile_signed_in' is the webhook's word for a person reachable on the phone only: present, and not busy.
  Available: { slug: 'available', aliases: ['Mobile_signed_in'] },
  Away: { slug: 'away', aliases: [] },
  // The misspelling is the only one in Zoom's machine-readable list, and the only one its SDK's types accept.
  Do_Not_Disturb: { slug: 'do-not-disturb', aliases: ['Do_No_Disturb'] },
  In_Calendar_Event: { slug: 'calendar', aliases: ['In_A_Calendar_Event'] },
  Presenting: { slug: 'presenting', aliases: [] },
  In_A_Zoom_Meeting: { slug: 'meeting', aliases: ['In_A_Meeting', 'In_Meeting'] },
  On_A_Call: { slug: 'call', aliases: ['In_A_Call', 'On_Phone_Call'] },
  Busy: { slug: 'busy', aliases: [] },
  Out_of_Office: { slug: 'out-of-office', aliases: [] },
  Offline: { slug: 'offline', aliases: [] },
  Unknown: { slug: 'unknown', aliases: [] },
};

// A Map, as a name read from outside may be one that every object inherits ('constructor').
const byName = new Map<string, Status>(
  (Object.keys(facts) as Status[]).flatMap((status) =>
    [status, ...facts[status].aliases].map((name): [string, Status] => [name, status]),
  ),
);

/** Do not disturb for fewer minutes than this is refused by accounts that still hold to Zoom's older rule. */
export const formerDndMin = 20;

/** Whether a value is exactly the name of a status that can be set (Zoom's names are case-sensitive). */
export function isSettable(status: unknown): status is SettableStatus {
  return settableStatuses.some((one) => one === status);
}

/** The status Zoom means by any of its names; 'Unknown' for whatever is none of them. Never throws. */
export function readStatus(raw: unknown): Status {
  return (typeof raw === 'string' ? byName.get(raw) : undefined) ?? 'Unknown';
}

/** The status in plain words, as shown everywhere: "Do not disturb". */
export function statusWord(status: Status): string {
  return statuses[status];
}

/** The status as used in icon file names, links and test ids: 'do-not-disturb'. */
export function statusSlug(status: Status): string {
  return facts[status].slug;
}
