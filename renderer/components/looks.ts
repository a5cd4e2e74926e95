const field = 'min-w-0 rounded-lg border border-edge bg-surface aria-invalid:border-danger';

/** What a field looks like. */
export const fieldLook = `min-h-11 scroll-mb-32 ${field} sm:min-h-9`;
/** The same, 32 px high at any width, where there is little room and a pointer. */
export const lowFieldLook = `min-h-8 ${field}`;

/** Parts of a screen below each other, in two columns where there is room for them. */
export const columnsLook =
  'flex flex-col gap-4 sm:gap-6 min-[75rem]:block min-[75rem]:columns-2 min-[75rem]:gap-8 min-[75rem]:[&>*]:mb-6 min-[75rem]:[&>*]:break-inside-avoid';

/** What a line to type in looks like; a fixed one lies deeper. (A select would count as read-only, so it takes no part.) */
export const lineLook = `selectable ${fieldLook} px-3 read-only:border-line read-only:bg-sunken read-only:text-muted`;

/** A line of a card: words, and at its end what can be set. */
export const rowLook = 'flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-4 sm:px-6';
