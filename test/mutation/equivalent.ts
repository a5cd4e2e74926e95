/** A change that no quick test notices, and why. */
export interface Known {
  readonly file: string;
  /** Part of the line that it is in. */
  readonly within: string;
  /** What stands there, and what it becomes; as the report writes them. */
  readonly code: string;
  readonly becomes: string;
  readonly why: string;
}

const text = '"Stryker was here!"';
const advanced = 'electron/core/advanced/secrets.ts';
const links = 'shared/links.ts';
const listener = 'electron/desktop/sign-in/listener.ts';
const limits = 'electron/core/zoom/limits.ts';
const errors = 'electron/core/zoom/errors.ts';
const forward = 'electron/desktop/sign-in/forward.ts';
const peer = 'electron/desktop/sign-in/peer.ts';
const ipc = 'electron/desktop/ipc.ts';
const proxy = 'electron/core/http/proxy.ts';
const network = 'electron/core/http/network.ts';
const connections = 'electron/core/http/connections.ts';
const exchange = 'electron/core/http/exchange.ts';
const attempt = 'electron/core/zoom/attempt.ts';
const request = 'electron/core/zoom/request.ts';
const stored = 'electron/core/accounts/stored.ts';
const list = 'electron/core/accounts/list.ts';
const setups = 'electron/core/accounts/setups.ts';
const signIns = 'electron/core/accounts/sign-ins.ts';
const retryAfter = 'electron/core/http/retry-after.ts';

/** The same change for the same reason, of several codes. */
const each = (
  { file, within, why }: Pick<Known, 'file' | 'within' | 'why'>,
  codes: readonly (readonly [code: string, becomes: string])[],
): Known[] => codes.map(([code, becomes]) => ({ file, within, code, becomes, why }));

/** What no test could notice, as nothing that can be seen depends on it. */
export const equivalent: readonly Known[] = [
  ...each(
    { file: advanced, within: 'if (room > 0)', why: 'Without room the place is reckoned, and not kept.' },
    [['room > 0', 'room >= 0']],
  ),
  ...each(
    { file: links, within: "parts[1] ?? ''", why: 'The group is there wherever the pattern matches.' },
    [["''", text]],
  ),
  ...each({ file: links, within: "[target = '',", why: 'None and an unknown one are refused alike.' }, [
    ["''", text],
  ]),
  ...each({ file: links, within: "[name = '', query]", why: 'A split text has a first part.' }, [
    ["''", text],
  ]),
  ...each({ file: links, within: "argv[at] ?? ''", why: 'The place is one of the list.' }, [["''", text]]),
  ...each(
    {
      file: links,
      within: "const [, name = '', value]",
      why: 'No option is called so, and the first is not looked at.',
    },
    [
      ["''", text],
      ['[]', '["Stryker was here"]'],
    ],
  ),
  ...each({ file: links, within: 'exec(part) ?? []', why: 'The first is not looked at.' }, [
    ['[]', '["Stryker was here"]'],
  ]),
  ...each({ file: links, within: "links: [link = '']", why: 'Each command has a link.' }, [["''", text]]),
  ...each(
    {
      file: links,
      within: "name === 'search' || action.type",
      why: 'Only what opens a screen takes a search, and it takes nothing else: each half says the same.',
    },
    [
      [
        "name === 'search' || action.type !== 'presence.set'",
        "name === 'search' && action.type !== 'presence.set'",
      ],
      ["name === 'search'", 'false'],
      ["'search'", '""'],
      ["action.type !== 'presence.set'", 'false'],
    ],
  ),
  ...each(
    {
      file: links,
      within: 'at < (end < 0',
      why: 'The two dashes, as what is behind the last, are passed over.',
    },
    [['at < (end < 0 ? argv.length : end)', 'at <= (end < 0 ? argv.length : end)']],
  ),
  ...each(
    {
      file: links,
      within: 'name === undefined || value === undefined',
      why: 'Both are missing where one is, and to read on throws as well.',
    },
    [
      ['name === undefined || value === undefined', 'false'],
      ['name === undefined || value === undefined', 'name === undefined && value === undefined'],
      ['name === undefined', 'false'],
      ['value === undefined', 'false'],
      ['throw new Error(part);', ';'],
    ],
  ),
  ...each({ file: links, within: '} catch {', why: 'What returns nothing returns undefined.' }, [
    ['{\n    return undefined;\n  }', '{}'],
  ]),
  ...each({ file: listener, within: "url = ''", why: 'Each request has one.' }, [["''", text]]),
  ...each({ file: listener, within: "let host = ''", why: 'It is set before the first request.' }, [
    ["''", text],
  ]),
  ...each(
    { file: listener, within: "response.on('close'", why: 'The connection ends with its only answer.' },
    [
      ["'close'", '""'],
      ['() => answering.delete(request.socket)', '() => undefined'],
    ],
  ),
  ...each({ file: listener, within: 'headersDistinct.host?.', why: 'The host that was compared is there.' }, [
    ['headersDistinct.host?.length', 'headersDistinct.host.length'],
  ]),
  ...each({ file: forward, within: "let host = ''", why: 'It is set before the first request.' }, [
    ["''", text],
  ]),
  ...each(
    {
      file: forward,
      within: 'server.closeIdleConnections()',
      why: 'From Node 19 on, closing the server does it; it is for the Node 18 of Electron 25.',
    },
    [['server.closeIdleConnections();', ';']],
  ),
  ...each(
    { file: limits, within: "'x-ratelimit-type') ?? ''", why: 'Neither is a type of limit that is known.' },
    [["''", text]],
  ),
  ...each({ file: limits, within: "'retry-after') ?? ''", why: 'Neither is a time.' }, [["''", text]]),
  ...each({ file: limits, within: 'lane.waiting.shift()', why: 'One waits wherever this is asked.' }, [
    ['lane.waiting.shift()?.()', 'lane.waiting.shift()()'],
  ]),
  ...each(
    { file: limits, within: 'removeEventListener', why: 'What has gone leaves no place, and is done.' },
    [["'abort'", '""']],
  ),
  ...each({ file: limits, within: 'if (place >= 0)', why: 'Whoever has gone does not listen any more.' }, [
    ['place >= 0', 'true'],
  ]),
  ...each(
    { file: errors, within: 'const meaning = code === null', why: 'No code has no meaning either way.' },
    [['code === null', 'false']],
  ),
  ...each({ file: errors, within: 'per.second|concurrent', why: 'Each but daily and none is told alike.' }, [
    ["'per-second'", '""'],
  ]),
  ...each({ file: errors, within: 'list.split', why: 'What is empty is no name of a scope.' }, [
    ['/[\\s,]+/', '/[\\s,]/'],
  ]),
  ...each(
    { file: errors, within: "content.form !== 'json' ||", why: 'What is no JSON has no value either.' },
    [["content.form !== 'json'", 'false']],
  ),
  ...each({ file: limits, within: 'const hold =', why: 'From no time to now is less than a second.' }, [
    ['limits.retryAt !== null', 'true'],
  ]),
  ...each({ file: limits, within: 'left >= known.left', why: 'The same count of the same second again.' }, [
    ['left >= known.left', 'left > known.left'],
  ]),
  ...each({ file: limits, within: '{ once: true }', why: 'A signal aborts once.' }, [
    ['{ once: true }', '{}'],
    ['true', 'false'],
  ]),
  ...each({ file: peer, within: "return '';", why: 'No line is found in either.' }, [["''", text]]),
  ...each(
    {
      file: peer,
      within: 'if (at < 0) return []',
      why: 'What stands there instead is no state and no user: the rest of the heading, or these words.',
    },
    [
      ['at < 0', 'false'],
      ['at < 0', 'at <= 0'],
      ['[]', '["Stryker was here"]'],
    ],
  ),
  ...each({ file: peer, within: "state ?? ''", why: 'Neither is a state or a user.' }, [["''", text]]),
  ...each({ file: ipc, within: 'issues[0]?.message', why: 'What a schema refuses has an issue.' }, [
    ["''", text],
    ['parsed.error.issues[0]?.message', 'parsed.error.issues[0].message'],
  ]),
  ...each({ file: retryAfter, within: 'exec(text)?.[0]', why: 'What has the form of a date has a number.' }, [
    ['/\\d+/.exec(text)?.[0]', '/\\d+/.exec(text)[0]'],
  ]),
  ...each(
    { file: retryAfter, within: 'const isoInstant', why: 'Date.parse takes nothing behind the zone either.' },
    [
      [
        String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/`,
        String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)/`,
      ],
    ],
  ),
  ...each(
    {
      file: proxy,
      within: 'exec(entry.toLowerCase()) ?? []',
      why: 'The pattern fits any entry, from its start on.',
    },
    [
      ["''", text],
      ['[]', '["Stryker was here"]'],
      [String.raw`/^(\*?\.?)(.*?)\.?(?::(\d+))?$/`, String.raw`/(\*?\.?)(.*?)\.?(?::(\d+))?$/`],
    ],
  ),
  ...each({ file: proxy, within: 'list.split', why: 'An empty entry exempts nobody.' }, [
    ['/[\\s,]+/', '/[\\s,]/'],
  ]),
  ...each(
    {
      file: proxy,
      within: '.test(url.protocol)',
      why: 'A scheme ends with its colon; socks5: stays as it is.',
    },
    [['/^socks5?h?:$/', '/^socks5?h?:/']],
  ),
  ...each(
    { file: proxy, within: "kind = ''", why: 'Neither is a kind of proxy, and the first is not looked at.' },
    [
      ["''", text],
      ['[]', '["Stryker was here"]'],
    ],
  ),
  ...each({ file: proxy, within: '} catch {', why: 'What returns nothing returns undefined.' }, [
    ['{\n    return undefined;\n  }', '{}'],
  ]),
  ...each({ file: network, within: 'const isUp', why: 'No proxy at all has never failed.' }, [
    ['proxy === null', 'false'],
  ]),
  ...each(
    {
      file: connections,
      within: 'if (proxy === null || !found)',
      why: 'Without a proxy nothing is found either.',
    },
    [['proxy === null', 'false']],
  ),
  ...each({ file: exchange, within: "body.on('end', ended)", why: 'A body that has ended closes.' }, [
    ["'end'", '""'],
  ]),
  ...each({ file: attempt, within: 'known?.address === address', why: 'It is reckoned anew, to the same.' }, [
    ['known?.address === address', 'false'],
  ]),
  ...each(
    {
      file: attempt,
      within: 'prepared.file && operation.fileField',
      why: 'What is prepared has a file where the operation has a field for it, and nowhere else.',
    },
    [['prepared.file && operation.fileField', 'prepared.file || operation.fileField']],
  ),
  ...each(
    {
      file: request,
      within: 'Number.isFinite(value)) return String',
      why: 'Nothing but a number is finite.',
    },
    [["typeof value === 'number'", 'true']],
  ),
  ...each(
    {
      file: stored,
      within: 'redirectPath === undefined ?',
      why: 'What comes of no path is no redirect address, for which the usual one is taken.',
    },
    [['redirectPath === undefined', 'false']],
  ),
  ...each({ file: list, within: '...(active !== undefined', why: 'What is undefined is not written.' }, [
    ['active !== undefined', 'true'],
  ]),
  ...each({ file: setups, within: 'if (given) void', why: 'Without a setup, accepting is refused before.' }, [
    ['given', 'true'],
  ]),
  ...each(
    { file: setups, within: 'if (!record) return;', why: 'For who is not there, sharing is refused before.' },
    [['!record', 'false']],
  ),
  ...each(
    { file: signIns, within: 'signIn.address() ??', why: 'Without a sign-in, copying is refused before.' },
    [["''", text]],
  ),
];

/** What a test could notice, but no quick one. They count as not noticed. */
export const unseen: readonly Known[] = [
  ...each(
    {
      file: listener,
      within: 'Math.min(timeoutMs',
      why: 'A slow request is ended up to 5 s later; no test measures that.',
    },
    [['Math.min(timeoutMs, 1_000)', 'Math.max(timeoutMs, 1_000)']],
  ),
  ...each(
    {
      file: listener,
      within: '[...sockets].find',
      why: 'Twenty answers would have to be on their way at the same moment.',
    },
    [
      [
        '[...sockets].find((one) => !answering.has(one))?.destroy',
        '[...sockets].find(one => !answering.has(one)).destroy',
      ],
    ],
  ),
  ...each(
    {
      file: forward,
      within: 'headersTimeout: 5_000',
      why: 'A slow request is ended after half a minute, later without.',
    },
    [['{ headersTimeout: 5_000, requestTimeout: 5_000 }', '{}']],
  ),
  ...each(
    {
      file: connections,
      within: 'const tls = {',
      why: 'A proxy that offers HTTP/2, and Zoom behind it, would take real certificates of both.',
    },
    [['false', 'true']],
  ),
];
