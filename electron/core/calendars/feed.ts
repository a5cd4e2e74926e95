import type { CalendarPart } from '../../../shared/calendars.ts';
import type { Arrived, Errand, Trouble, Web } from './web.ts';

/** What tells which state of a calendar is here. */
export interface Marks {
  readonly etag?: string | undefined;
  readonly modified?: string | undefined;
}

/** What there is: a calendar, or nothing that is new (undefined). */
export type Fetched =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly marks: Marks;
      /** The host that it came from, where that is not the one that was asked. */
      readonly leadsTo?: string;
      /** The calendars of a login. */
      readonly parts?: readonly CalendarPart[];
      /** The server says that it is a page. */
      readonly isPage?: boolean;
    }
  | { readonly ok: true; readonly bytes?: undefined }
  | Trouble;

/** Longest mark that is kept and sent back, in characters. */
const longestMark = 200;

/** Reads a calendar by its address, unless it is still what `marks` say. */
export async function readFeed(
  errand: Pick<Errand, 'url' | 'login' | 'mayBeNearby'>,
  { etag, modified }: Marks,
  web: Pick<Web, 'visit'>,
  signal: AbortSignal,
): Promise<Fetched> {
  const headers = {
    accept: 'text/calendar, */*;q=0.1',
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(modified !== undefined && { 'if-modified-since': modified }),
  };
  const answer = await web.visit({ ...errand, headers }, signal);
  if (!answer.ok) return answer;
  if (answer.status === 304) return { ok: true };
  const { bytes, url, header } = answer;
  const isPage = /html/i.test(header('content-type') ?? '');
  const leadsTo = url.hostname === errand.url.hostname ? undefined : url.hostname;
  return {
    ok: true,
    bytes,
    marks: marksOf(answer),
    ...(isPage && { isPage }),
    ...(leadsTo !== undefined && { leadsTo }),
  };
}

function marksOf({ header }: Arrived): Marks {
  const mark = (name: string) => {
    const value = header(name);
    return value !== undefined && value.length <= longestMark ? value : undefined;
  };
  return { etag: mark('etag'), modified: mark('last-modified') };
}
