/** What a field looks like. */
export const fieldLook =
  'min-h-11 min-w-0 scroll-mb-32 rounded-lg border border-edge bg-surface aria-invalid:border-danger sm:min-h-9';

/** What a line to type in looks like; a fixed one lies deeper. (A select would count as read-only, so it takes no part.) */
export const lineLook = `selectable ${fieldLook} px-3 read-only:border-line read-only:bg-sunken read-only:text-muted`;
