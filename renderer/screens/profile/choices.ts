import { profile as t } from '../../../shared/words/en/profile.ts';
import { spoken } from '../../../shared/words/language.ts';
import type { Choice } from '../../components/picker.tsx';
import { otherZones, zoomZones } from './zoom-zones.ts';

/**
 * The languages of Zoom by its codes. They are not in the API's description; Japanese, Korean and Turkish are not
 * written as elsewhere, so the code that names them to the browser stands beside.
 */
const languageCodes: readonly (readonly [code: string, tag: string])[] = [
  ['en-US', 'en-US'],
  ['de-DE', 'de'],
  ['es-ES', 'es'],
  ['fr-FR', 'fr'],
  ['id-ID', 'id'],
  ['it-IT', 'it'],
  ['jp-JP', 'ja'],
  ['ko-KO', 'ko'],
  ['nl-NL', 'nl'],
  ['pl-PL', 'pl'],
  ['pt-PT', 'pt'],
  ['ru-RU', 'ru'],
  ['tr-TR', 'tr'],
  ['vi-VN', 'vi'],
  ['zh-CN', 'zh-Hans'],
  ['zh-TW', 'zh-Hant'],
];

/** Who may see a person's pronouns, by Zoom's numbers. */
export const audiences = [
  { value: 1, word: t.askEachTime },
  { value: 2, word: t.everybody },
  { value: 3, word: t.nobody },
] as const;

function nameOf(tag: string, locale: string): string {
  try {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
    return locale === 'en' ? spoken(name) : name;
  } catch {
    return tag;
  }
}

function languageChoice(code: string, tag: string): Choice {
  const title = nameOf(tag, 'en');
  const own = nameOf(tag, tag);
  return { value: code, title, detail: own === title ? '' : own, found: code };
}

/** The languages that Zoom has, in English and in themselves, by name; and `current`, whatever it is. */
export function languages(current?: string): Choice[] {
  const known = languageCodes.map(([code, tag]) => languageChoice(code, tag));
  const named = !current || known.some(({ value }) => value === current);
  const all = named ? known : [...known, languageChoice(current, current)];
  return all.sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

/** What a language is called: "Japanese" for `jp-JP`, the code itself where nobody knows it. */
export function languageName(code: string): string {
  return nameOf(languageCodes.find(([known]) => known === code)?.[1] ?? code, 'en');
}

/** A time zone's difference to UTC and its clock: "UTC+1 · 14:05"; empty for one that this computer does not know. */
export function zoneTime(zone: string, now: number, hour12: boolean): { offset: string; time: string } {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: hour12 ? 'numeric' : '2-digit',
      minute: '2-digit',
      hour12,
      timeZoneName: 'shortOffset',
    }).formatToParts(now);
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
    const day = of('dayPeriod').toUpperCase();
    return {
      offset: of('timeZoneName').replace('GMT', 'UTC'),
      time: `${of('hour')}:${of('minute')}${day ? ` ${day}` : ''}`,
    };
  } catch {
    return { offset: '', time: '' };
  }
}

/** Places that the list of time zones has by a former name. A Map, as Zoom may name a zone as every object inherits ('constructor'). */
const presentNames: ReadonlyMap<string, string> = new Map([
  ['Calcutta', 'Kolkata'],
  ['Godthab', 'Nuuk'],
  ['Katmandu', 'Kathmandu'],
  ['Kiev', 'Kyiv'],
  ['Rangoon', 'Yangon'],
  ['Saigon', 'Ho Chi Minh City'],
]);

/** "Berlin" for `Europe/Berlin`, "Knox, Indiana" for `America/Indiana/Knox`. */
export function zoneName(zone: string): string {
  const [, ...places] = zone.split('/');
  const words = (places.length > 0 ? places : [zone]).map(
    (place) => presentNames.get(place) ?? place.replaceAll('_', ' '),
  );
  return spoken(words.reverse().join(', '));
}

/**
 * The time zones of Zoom's list and `current`, whatever it is, then the others that this computer knows; with the difference
 * to UTC and the time there now.
 */
export function timeZones(current: string | undefined, now: number, hour12: boolean): Choice[] {
  const own = [...new Set([...zoomZones, ...(current ? [current] : [])])];
  const others = otherZones(Intl.supportedValuesOf('timeZone')).filter((zone) => zone !== current);
  const choice = (value: string, note?: string): Choice => {
    const { offset, time } = zoneTime(value, now, hour12);
    const [area] = value.split('/');
    const detail = [...(area === value || area === undefined ? [] : [spoken(area)]), offset, time, note]
      .filter(Boolean)
      .join(' · ');
    return { value, title: zoneName(value), detail, found: `${value} ${value.replaceAll(/[/_]/g, ' ')}` };
  };
  const byTitle = (a: Choice, b: Choice) => a.title.localeCompare(b.title, 'en');
  return [
    ...own.map((zone) => choice(zone)).sort(byTitle),
    ...others.map((zone) => choice(zone, t.notInZoomsList)).sort(byTitle),
  ];
}

// ITU-T E.164. Where several share a code each has it.
const callingCodes =
  'AD376 AE971 AF93 AG1 AI1 AL355 AM374 AO244 AR54 AS1 AT43 AU61 AW297 AX358 AZ994 BA387 BB1 BD880 BE32 BF226 BG359 BH973 BI257 BJ229 BL590 BM1 BN673 BO591 BQ599 BR55 BS1 BT975 BW267 BY375 BZ501 CA1 CC61 CD243 CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 DE49 DJ253 DK45 DM1 DO1 DZ213 EC593 EE372 EG20 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1 GE995 GF594 GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GT502 GU1 GW245 GY592 HK852 HN504 HR385 HT509 HU36 ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1 JO962 JP81 KE254 KG996 KH855 KI686 KM269 KN1 KP850 KR82 KW965 KY1 KZ7 LA856 LB961 LC1 LI423 LK94 LR231 LS266 LT370 LU352 LV371 LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976 MO853 MP1 MQ596 MR222 MS1 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 PG675 PH63 PK92 PL48 PM508 PR1 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1 SY963 SZ268 TC1 TD235 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 TT1 TV688 TW886 TZ255 UA380 UG256 US1 UY598 UZ998 VA39 VC1 VE58 VG1 VI1 VN84 VU678 WF681 WS685 XK383 YE967 YT262 ZA27 ZM260 ZW263';

/** The countries one may have a telephone in, by name, with their calling codes; and `current`, whatever it is. */
export function countries(current?: { readonly country: string; readonly code: string }): Choice[] {
  const known = callingCodes
    .split(' ')
    .map((one) => ({ country: one.slice(0, 2), code: `+${one.slice(2)}` }));
  const named = !current?.country || known.some(({ country }) => country === current.country);
  return (named ? known : [...known, current])
    .map(({ country, code }) => ({
      value: country,
      title: countryName(country),
      detail: code,
      found: `${country} ${code}`,
    }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

/** What a country is called in English; its letters where nobody knows them. */
export function countryName(country: string): string {
  try {
    return spoken(new Intl.DisplayNames(['en'], { type: 'region' }).of(country) ?? country);
  } catch {
    return country;
  }
}
