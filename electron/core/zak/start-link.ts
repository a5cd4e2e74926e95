/** What of GET user tells where the personal room is. */
interface RoomFacts {
  readonly pmi?: unknown;
  readonly personal_meeting_url?: unknown;
}

/**
 * The link that starts the personal room as its host: `/s/` and the meeting id on the site that the room's own link is on, so that
 * it is right in each of Zoom's clouds. Undefined where Zoom does not tell.
 */
export function startLink({ pmi, personal_meeting_url: room }: RoomFacts, token: string): string | undefined {
  const id = String(pmi ?? '');
  if (!/^\d{9,11}$/.test(id)) return undefined;
  try {
    const { origin, protocol } = new URL(typeof room === 'string' && room !== '' ? room : 'https://zoom.us');
    if (protocol !== 'https:' && protocol !== 'http:') return undefined;
    return `${origin}/s/${id}?zak=${encodeURIComponent(token)}`;
  } catch {
    return undefined;
  }
}
