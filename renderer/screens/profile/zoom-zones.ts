/**
 * The time zones of Zoom's own list, by the names that it has for them. It is a page of Zoom's web site, published with the
 * PowerShell module PSZoom; whether Zoom takes others, too, is not known. Left out are second names (Asia/Calcutta,
 * Asia/Dacca) and one that is no zone anywhere else (SST).
 */
export const zoomZones: ReadonlySet<string> = new Set(
  [
    'UTC CET Etc/Greenwich Canada/Atlantic',
    'Africa/ Algiers Bangui Cairo Casablanca Djibouti Harare Johannesburg Khartoum Mogadishu Nairobi Nouakchott Tripoli Tunis',
    'America/ Anchorage Araguaina Argentina/Buenos_Aires Bogota Caracas Chicago Costa_Rica Denver Edmonton El_Salvador',
    'America/ Godthab Guatemala Halifax Indianapolis Lima Los_Angeles Managua Mazatlan Mexico_City Montevideo Montreal',
    'America/ New_York Panama Phoenix Puerto_Rico Regina Santiago Sao_Paulo St_Johns Tegucigalpa Tijuana Vancouver Winnipeg',
    'Asia/ Aden Almaty Amman Baghdad Bahrain Baku Bangkok Beirut Damascus Dhaka Dubai Hong_Kong Irkutsk Jakarta Jerusalem',
    'Asia/ Kabul Kamchatka Kathmandu Kolkata Krasnoyarsk Kuala_Lumpur Kuwait Magadan Muscat Nicosia Novosibirsk Qatar Riyadh',
    'Asia/ Saigon Seoul Shanghai Singapore Taipei Tashkent Tehran Tokyo Vladivostok Yakutsk Yekaterinburg',
    'Atlantic/ Azores Cape_Verde Reykjavik',
    'Australia/ Adelaide Brisbane Darwin Hobart Perth Sydney',
    'Europe/ Amsterdam Athens Belgrade Berlin Brussels Bucharest Budapest Copenhagen Dublin Helsinki Istanbul Kiev Lisbon',
    'Europe/ London Luxembourg Madrid Moscow Oslo Paris Prague Rome Sofia Stockholm Vienna Warsaw Zurich',
    'Pacific/ Apia Auckland Fiji Honolulu Midway Noumea Pago_Pago Port_Moresby',
  ].flatMap((line) => {
    const [first = '', ...names] = line.split(' ');
    return first.endsWith('/') ? names.map((name) => first + name) : [first, ...names];
  }),
);

/** Former and present names of one zone; ICU, which knows the zones here, keeps to the former ones. */
const renamed: readonly (readonly [former: string, present: string])[] = [
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
];

/** Of the zones that this computer knows those that are not in Zoom's list under any name, each by its present one. */
export function otherZones(known: readonly string[]): string[] {
  const others = known.flatMap((zone) => {
    const names = renamed.find((pair) => pair.includes(zone)) ?? [zone, zone];
    return names.some((name) => zoomZones.has(name)) ? [] : [names[1]];
  });
  return [...new Set(others)];
}
