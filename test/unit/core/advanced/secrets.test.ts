import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tell } from '../../../../electron/core/advanced/answer.ts';
import { entryFor, storeEntry } from '../../../../electron/core/advanced/history-stored.ts';
import { replaceScalars } from '../../../../electron/core/advanced/json.ts';
import { createHider, secretsOf } from '../../../../electron/core/advanced/secrets.ts';
import { hiddenText, type Json } from '../../../../shared/advanced.ts';
import { stepsOf } from '../../../../shared/json.ts';
import { withoutTokens } from '../../../../shared/zoom/secrets.ts';
import { toldOf } from '../../../support/told-answer.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

/** What a pointer leads to. */
function at(value: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce((part, step) => (part as Record<string, unknown>)[step], value);
}

describe('replacing in a JSON text', () => {
  const written = fc
    .tuple(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t'))
    .map(([value, indent]) => JSON.stringify(value, null, indent));

  it('leaves the text as it is where nothing is replaced', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(
          replaceScalars(
            text,
            () => false,
            () => undefined,
          ),
        ).toBe(text);
      }),
    );
  });

  it('shows every text and number once, at its place, and changes nothing else', () => {
    const all = (value: unknown): unknown => {
      if (typeof value === 'string' || typeof value === 'number') return 'x';
      if (Array.isArray(value)) return value.map(all);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, all(entry)]));
    };
    fc.assert(
      fc.property(written, (text) => {
        const parsed = JSON.parse(text);
        const replaced = replaceScalars(
          text,
          () => false,
          ({ value, pointer }) => {
            const there = at(parsed, pointer());
            expect(typeof there === 'number' ? Number(value) : value).toBe(there);
            return 'x';
          },
        );
        expect(JSON.parse(replaced)).toEqual(all(parsed));
      }),
    );
  });

  it('keeps spaces, long numbers and doubled keys', () => {
    const text = '{ "a" : 12345678901234567890, "a":[ 1.50e-7 ,"\\"]}\\\\" ], "b": "x" }';
    const replaced = replaceScalars(
      text,
      () => false,
      ({ value }) => (value === 'x' ? 'y' : undefined),
    );
    expect(replaced).toBe(text.replace('"x"', '"y"'));
  });
});

describe('an answer as the window sees it', () => {
  it.each([
    ['a ZAK by its name', { token: 'short' }, ['/token']],
    ['a token by its shape', { anything: [1, `so: ${jwt}`] }, ['/anything/1']],
    ['a join link', { join_url: 'https://example.zoom.us/j/1?pwd=a' }, ['/join_url']],
    ['a start link', { url: 'https://example.zoom.us/s/1?zak=abcd1234' }, ['/url']],
    [
      'a passcode',
      { schedule_meeting: { pmi_password: '123456', host_video: true } },
      ['/schedule_meeting/pmi_password'],
    ],
    ['a number', { host_key: 482913 }, ['/host_key']],
    [
      'what is below a secret name',
      { password: { was: ['old', 'older'] } },
      ['/password/was/0', '/password/was/1'],
    ],
    ['names that need escapes', { 'a/b~': { Host_Key: '4829130' } }, ['/a~1b~0/Host_Key']],
  ])('hides %s', (_, body, pointers) => {
    const { text, hidden } = createHider([]).json(JSON.stringify(body));
    expect([...hidden.keys()]).toEqual(pointers);
    for (const pointer of pointers) {
      expect(at(JSON.parse(text), pointer)).toBe(hiddenText);
      expect(hidden.get(pointer)).toBe(String(at(body, pointer)));
    }
  });

  it('shows what only sounds like one', () => {
    const body = {
      next_page_token: 'IAfJX3jsOLW7w3dokmFl84zOa0MAVGyMEB2',
      meeting_security: { pmi_password: true },
      require_password_for_instant_meetings: 'all',
      personal_meeting_url: 'https://example.zoom.us/j/3542471135',
    };
    const { text, hidden } = createHider([]).json(JSON.stringify(body));
    expect(JSON.parse(text)).toEqual(body);
    expect(hidden.size).toBe(0);
  });

  it('hides an escaped token, one in a key, and what breaks the text when it is taken out', () => {
    const escaped = `{"a":"\\u0065${jwt.slice(1)}"}`;
    expect(createHider([]).json(escaped).text).toBe(`{"a":"${hiddenText}"}`);
    expect(createHider([]).json(JSON.stringify({ [jwt]: 1 })).text).not.toContain(jwt);
    expect(createHider([]).text(`Bearer ${jwt}, or ${jwt}`)).toBe(`${hiddenText}, or ${hiddenText}`);
  });
});

/** A secret that nothing else contains, with signs that JSON escapes. */
const secret = fc
  .tuple(fc.uuid(), fc.constantFrom('', '"', '\\', '\n', 'é', '😀'))
  .map(([id, sign]) => `S${id}${sign}`);
const secretName = fc.constantFrom(
  'password',
  'Password',
  'host_key',
  'hostKey',
  'pmi_password',
  'default_password_for_scheduled_meetings',
  'token',
);

/** Puts the secret somewhere into random JSON, under a secret name. */
function planted(secretText: string) {
  const leaf = fc.oneof(
    fc.constant(secretText as unknown),
    fc.constant([secretText]),
    fc.constant({ a: secretText }),
  );
  const entry = fc.tuple(secretName, leaf).map(([name, value]) => ({ [name]: value }));
  return fc
    .tuple(
      fc.array(fc.oneof(fc.string(), fc.nat(3)), { maxLength: 4 }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      entry,
    )
    .map(([path, beside, inner]) => {
      const nested = path.reduce<unknown>(
        (value, step) =>
          typeof step === 'number' ? [...Array(step).fill(null), value] : { ...beside, [step]: value },
        inner,
      );
      return { ...beside, nested } as unknown as Json;
    });
}

describe('the history', () => {
  it('holds no secret of a request, whatever else is in it and wherever Zoom repeats it', () => {
    const scene = secret.chain((text) =>
      fc.record({
        text: fc.constant(text),
        body: planted(text),
        echo: fc.oneof(
          fc.constant(JSON.stringify({ code: 300, message: `The password ${text} is weak.` })),
          fc.constant(`<html>${text}</html>`),
          planted(text).map((json) => JSON.stringify(json)),
        ),
      }),
    );
    fc.assert(
      fc.property(scene, ({ text, body, echo }) => {
        const input = { operation: 'userUpdate', path: { userId: 'me' }, query: {}, body } as const;
        const answer = {
          status: 400,
          headers: { 'x-echo': `was ${text}` },
          body: Buffer.from(echo),
          damage: null,
        };
        const error = { kind: 'refused', what: 'No.', why: `Not ${text}`, action: 'none' } as const;
        const { answer: told } = tell({
          call: 'c',
          input,
          at: 1,
          ms: 1,
          came: { answer, token: 'the-token' },
          error,
        });
        const kept = JSON.stringify(storeEntry(entryFor(input, told, undefined)));
        const core = text.slice(0, 37);
        expect(kept).not.toContain(core);
        expect(JSON.stringify(told)).not.toContain(core);
      }),
      { numRuns: 300 },
    );
  });

  it('holds no passcode of a link, wherever in a request or an answer the link stands', () => {
    const passcode = fc.uuid().map((id) => `V${id}.1`);
    const scene = passcode.chain((code) => {
      const link = fc
        .tuple(
          fc.webUrl(),
          fc.constantFrom('?pwd=', '?a=b&pwd=', '?a=b&PWD='),
          fc.constantFrom('', '&c=d', '#e', ' .'),
        )
        .map(([url, name, rest]) => `${url}${name}${code}${rest}`);
      const text = fc
        .tuple(fc.string(), link, fc.string())
        .map(([before, url, after]) => `${before} ${url} ${after}`);
      const json = fc.letrec((tie) => ({
        value: fc.oneof(
          { depthSize: 'small' },
          text,
          fc.array(tie('value'), { maxLength: 2 }),
          fc.dictionary(fc.oneof(fc.string(), text), fc.oneof(tie('value'), fc.constant(1)), { maxKeys: 2 }),
          fc.record({ token: tie('value') }),
        ),
      })).value;
      return fc.record({
        code: fc.constant(code),
        body: json,
        said: text,
        came: fc.oneof(
          text,
          json.map((value) => JSON.stringify(value)),
        ),
      });
    });
    fc.assert(
      fc.property(scene, ({ code, body, said, came }) => {
        const input = {
          operation: 'userUpdate',
          path: { userId: said },
          query: { q: said },
          body: body as Json,
        } as const;
        const answer = { status: 400, headers: { location: said }, body: Buffer.from(came), damage: null };
        const zoom = {
          operation: 'userUpdate',
          http: 400,
          code: 300,
          message: said,
          fields: [{ field: said, message: said }],
        };
        const error = { kind: 'refused', what: said, why: said, action: 'none', zoom } as const;
        const { answer: told } = tell({
          call: 'c',
          input,
          at: 1,
          ms: 1,
          came: { answer, token: 't' },
          error,
        });
        expect(JSON.stringify(storeEntry(entryFor(input, told, undefined)))).not.toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('holds no token of an answer, and not the one that the call was sent with', () => {
    const input = { operation: 'userToken', path: { userId: 'me' }, query: { type: 'zak' } } as const;
    const answer = {
      status: 200,
      headers: { 'set-cookie': ['cred=0123456789ABCDEF; path=/', 'b=c'], 'x-seen': 'Bearer opaque-token-1' },
      body: Buffer.from(
        JSON.stringify({ token: jwt, again: 'opaque-token-1', link: `https://zoom.us/s/1?zak=${jwt}` }),
      ),
      damage: null,
    };
    const { answer: told } = tell({
      call: 'c',
      input,
      at: 1,
      ms: 1,
      came: { answer, token: 'opaque-token-1' },
    });
    const kept = JSON.stringify(storeEntry(entryFor(input, told, undefined)));
    for (const hidden of [jwt, 'opaque-token-1', '0123456789ABCDEF']) expect(kept).not.toContain(hidden);
    expect(told.http?.hidden).toEqual(['/token', '/again', '/link']);
  });
});

describe('an answer of many levels', () => {
  it.each([12_000, 100_000])('may be nested in %i levels, and still hides its token', (levels) => {
    const raw = `${'{"a":'.repeat(levels)}{"token":"hush-hush"}${'}'.repeat(levels)}`;
    const told = toldOf(raw);
    expect(told.answer.http?.body).not.toContain('hush-hush');
    expect([...told.hidden.values()]).toEqual(['hush-hush']);
  });

  it('may have a token on each of many levels: all are hidden, though not each can be shown again', () => {
    const levels = 20_000;
    const raw = `${'{"token":"hush-hush","a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const told = toldOf(raw);
    expect(told.answer.http?.body).not.toContain('hush-hush');
    expect(told.hidden.size).toBeGreaterThan(1_000);
  });

  it.each([
    [2_000_000, ['hush-hush']],
    [2_000_001, []],
  ])('may have a name so long that the place of its token takes %i characters', (length, shown) => {
    const name = 'a'.repeat(length - '//token'.length);
    const told = toldOf(`{"${name}":{"token":"hush-hush"}}`);
    expect(told.answer.http?.body).not.toContain('hush-hush');
    expect([...told.hidden.values()]).toEqual(shown);
  });
});

it('a request of many levels is searched for its secrets', () => {
  let body: Json = { password: 'hush', pin: [1, 'two'] };
  for (let level = 0; level < 100_000; level += 1) body = { a: body };
  expect(secretsOf(body)).toContain('hush');
});

it.each(['-', 'a-', '.', ' ', '='])('a token right behind %j is found', (before) => {
  expect(withoutTokens(`x${before}${jwt}`, hiddenText)).not.toContain(jwt.slice(0, 12));
});
