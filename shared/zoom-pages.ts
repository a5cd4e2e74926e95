/** What a page of Zoom's that stands in a sign-in's way is about. */
export type ZoomPage =
  | 'redirect'
  | 'allow-list'
  | 'form'
  | 'client'
  | 'secret'
  | 'scopes'
  | 'code-expired'
  | 'code-invalid'
  | 'other-owner'
  | 'other-account'
  | 'not-approved'
  | 'app-off';

/**
 * How such pages are known, the first that fits counts: by words before numbers, as the same number stands for several things. Sources:
 * developers.zoom.us/docs/integrations/oauth-error-messages, and what people have reported of pages and JSON that they saw.
 */
const signs: readonly (readonly [ZoomPage, RegExp])[] = [
  ['other-account', /unable to install|developer[’']?s account|not (?:a )?member of/i],
  [
    'not-approved',
    /admin[^.]{0,80}(?:approv|allow|permi|pre-?approv|disab|block|restrict)|(?:approv|request|disabled by)[^.]{0,60}admin|not (?:been )?pre-?approved/i,
  ],
  ['app-off', /app[^.]{0,20}\bdisabled/i],
  ['allow-list', /(?:allow|white) ?list/i],
  ['form', /wrong url format/i],
  ['redirect', /redirect/i],
  ['scopes', /invalid[ _]scope|scopes?\b[^.]{0,40}(?:not|invalid|missing)/i],
  ['code-expired', /code[^.]{0,30}expired/i],
  ['redirect', code(4709)],
  ['redirect', code(4700)],
  ['client', code(4702)],
  ['client', code(4704)],
  ['secret', code(4706)],
  ['scopes', code(4711)],
  ['app-off', code(4717)],
  ['code-expired', code(4733)],
  ['code-invalid', code(4734)],
  ['other-owner', code(4735)],
  ['not-approved', code(4738)],
  ['client', /invalid[ _]client|client[ _]?id/i],
];

/** Zoom's numbers as its pages write them: 4700, 4,700, (4,700). */
function code(number: number): RegExp {
  const [thousands, rest] = [Math.floor(number / 1000), String(number % 1000).padStart(3, '0')];
  return new RegExp(`(?<![\\d,])${thousands},?${rest}(?![\\d,])`);
}

/** Longer than any such page is, in characters. */
const longest = 20_000;

/** What a text is about that somebody copied from Zoom's page; undefined where it is none that is known. An address is none. */
export function zoomPageOf(text: string): ZoomPage | undefined {
  if (text.length > longest || /^\s*https?:\/\/\S*\s*$/i.test(text)) return undefined;
  return signs.find(([, sign]) => sign.test(text))?.[0];
}
