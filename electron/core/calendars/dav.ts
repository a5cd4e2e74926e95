import type { CalendarProblem } from '../../../shared/calendars.ts';
import { urlOf } from './address.ts';
import {
  type Arrived,
  type Errand,
  type Login,
  leadsElsewhere,
  type Trouble,
  trouble,
  type Web,
} from './web.ts';
import { readXml, within, type XmlElement } from './xml.ts';

/** A calendar of events at a server. */
export interface DavCalendar {
  readonly url: URL;
  readonly name: string;
}

export interface Dav {
  /** What the person typed: the password goes to no other server, but for those they have said yes to. */
  readonly address: URL;
  /** Their origins. */
  readonly known: readonly string[];
  readonly login: Login;
  readonly mayBeNearby: boolean;
  readonly web: Pick<Web, 'visit'>;
  readonly signal: AbortSignal;
}

/** Longest answer, in bytes: it is read by main. Two weeks of a calendar are a twentieth of it. */
const largest = 4 * 1024 * 1024;

/** Trouble at the address that was typed, beside which its server can still name another one. */
const maybeElsewhere: readonly CalendarProblem[] = [
  'not-found',
  'odd-answer',
  'no-caldav',
  'forbidden',
  'server-down',
  'leads-elsewhere',
];

/** What says that there are no calendars for apps. */
const nowhere: readonly CalendarProblem[] = ['not-found', 'odd-answer', 'no-caldav'];

/** Servers that spread their users over hosts of their own below one name, and say so in the answers to a login. */
const spread: readonly string[] = ['icloud.com'];

type Found<T> = { readonly ok: true; readonly value: T } | Trouble;

const properties = (names: string) =>
  `<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>${names}</d:prop></d:propfind>`;

const whoAndWhere = properties(
  '<d:current-user-principal/><c:calendar-home-set/><d:resourcetype/><d:displayname/><c:supported-calendar-component-set/>',
);

/**
 * Finds the calendars of a login, from whatever address of its server: that of a calendar, of all of them, of the person or of the
 * server (RFC 6764, RFC 5397, RFC 4791).
 */
export async function findCalendars(dav: Dav): Promise<Found<readonly DavCalendar[]>> {
  const first = await propfind(dav.address, '0', dav);
  if (!first.ok && !maybeElsewhere.includes(first.problem)) return first;
  const own = first.ok ? calendarsIn(first.value, dav) : [];
  if (own.length > 0) return { ok: true, value: own };
  const principal = await findPrincipal(first, dav);
  if (!principal.ok) return principal;
  const person = await propfind(principal.value, '0', dav);
  if (!person.ok) return person;
  const home = hrefOf(person.value, 'calendar-home-set', dav);
  if (!home.ok) return home;
  const all = await propfind(home.value, '1', dav);
  if (!all.ok) return all;
  const calendars = calendarsIn(all.value, dav);
  return calendars.length === 0 ? trouble('no-calendars') : { ok: true, value: calendars };
}

/** The address of the person whose login it is, by what the address answered that was typed, or the well-known one of its server. */
async function findPrincipal(first: Found<readonly Resource[]>, dav: Dav): Promise<Found<URL>> {
  const named = first.ok ? hrefOf(first.value, 'current-user-principal', dav) : first;
  if (named.ok) return named;
  const known = await propfind(new URL('/.well-known/caldav', dav.address), '0', dav);
  const found = known.ok ? hrefOf(known.value, 'current-user-principal', dav) : known;
  if (found.ok || !nowhere.includes(found.problem)) return found;
  return named.problem === 'leads-elsewhere' ? named : trouble('no-caldav');
}

/** What a calendar has between two instants (epoch ms), each event as the server keeps it: one calendar after the other. */
export async function readDavCalendar(
  url: URL,
  { from, to }: { readonly from: number; readonly to: number },
  dav: Dav,
): Promise<Found<string>> {
  const range = `start="${utc(from)}" end="${utc(to)}"`;
  const text = `<?xml version="1.0" encoding="utf-8"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range ${range}/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`;
  const answer = await ask({ method: 'REPORT', url, text }, '1', dav);
  if (!answer.ok) return answer;
  const events = answer.value.flatMap(({ element }) => within(element, 'calendar-data'));
  return { ok: true, value: events.map((one) => one.text.trim()).join('\r\n') };
}

const utc = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/** What a server says of one address. */
interface Resource {
  readonly url: URL;
  readonly element: XmlElement;
  /** The address that answered. */
  readonly asked: URL;
}

const propfind = (url: URL, depth: '0' | '1', dav: Dav) =>
  ask({ method: 'PROPFIND', url, text: whoAndWhere }, depth, dav);

async function ask(
  errand: Pick<Errand, 'method' | 'url'> & { readonly text: string },
  depth: '0' | '1',
  dav: Dav,
): Promise<Found<readonly Resource[]>> {
  const { web, signal, login, mayBeNearby } = dav;
  const mayGo = (url: URL) => isKnownServer(url, dav);
  const headers = { 'content-type': 'application/xml; charset=utf-8', depth };
  const answer = await web.visit({ ...errand, headers, login, mayGo, mayBeNearby, largest }, signal);
  return answer.ok ? resources(answer) : answer;
}

function resources({ status, bytes, url }: Arrived): Found<readonly Resource[]> {
  const root = status === 207 ? readXml(new TextDecoder().decode(bytes)) : undefined;
  if (root?.name !== 'multistatus') return trouble('no-caldav');
  const found = within(root, 'response').flatMap((response) => {
    const [href] = response.children.filter(({ name }) => name === 'href');
    const at = href && urlOf(href.text.trim(), url);
    const good = response.children.filter((one) => one.name === 'propstat' && isGood(one));
    const element = { name: 'response', attributes: '', text: '', children: good };
    return at ? [{ url: at, element, asked: url }] : [];
  });
  return { ok: true, value: found };
}

const isGood = (propstat: XmlElement) =>
  propstat.children.some(({ name, text }) => name === 'status' && /\s2\d\d(\s|$)/.test(text));

/** The address that a property names, where the login may go there; else the first that it names elsewhere. */
function hrefOf(all: readonly Resource[], property: string, dav: Dav): Found<URL> {
  const named = all.flatMap(({ element, asked }) => {
    const [href] = within(element, property).flatMap((one) => within(one, 'href'));
    return (href && urlOf(href.text.trim(), asked)) ?? [];
  });
  const known = named.find((url) => isKnownServer(url, dav));
  if (known) return { ok: true, value: known };
  const other = named.find(({ protocol }) => protocol === 'https:');
  return other ? leadsElsewhere(other) : trouble('no-caldav');
}

const isKnownServer = (url: URL, { address, known }: Dav) =>
  isSameServer(url, address) || (url.protocol === 'https:' && known.includes(url.origin));

function isSameServer(to: URL, from: URL): boolean {
  if (to.origin === from.origin) return true;
  const isOf = ({ protocol, hostname }: URL, domain: string) =>
    protocol === 'https:' && hostname.endsWith(`.${domain}`);
  return spread.some((domain) => isOf(to, domain) && isOf(from, domain));
}

/** Those of events, which one is that does not say what it has (RFC 4791, 5.2.3). */
function calendarsIn(all: readonly Resource[], dav: Dav): readonly DavCalendar[] {
  const calendars = all.filter(({ element, url }) => {
    const types = within(element, 'resourcetype').flatMap(({ children }) => children);
    const kinds = within(element, 'supported-calendar-component-set').flatMap(({ children }) => children);
    const hasEvents =
      kinds.length === 0 || kinds.some(({ attributes }) => /["']VEVENT["']/i.test(attributes));
    return types.some(({ name }) => name === 'calendar') && hasEvents && isKnownServer(url, dav);
  });
  return calendars.map((one) => ({ url: one.url, name: nameOf(one) }));
}

function nameOf({ element, url }: Resource): string {
  const [name] = within(element, 'displayname');
  const last = url.pathname.split('/').filter(Boolean).at(-1) ?? '';
  return name?.text.trim() || last;
}
