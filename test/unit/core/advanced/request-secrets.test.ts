import { describe, expect, it } from 'vitest';
import { createHider, secretsOf, withoutSecrets } from '../../../../electron/core/advanced/secrets.ts';
import { hiddenText, type Json } from '../../../../shared/advanced.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('a request as it is kept', () => {
  it.each<[string, Json, Json]>([
    ['a text by its field', { password: 'a', name: 'b' }, { password: hiddenText, name: 'b' }],
    [
      'numbers of each size',
      { host_key: 1, pin: 2, age: 3 },
      { host_key: hiddenText, pin: hiddenText, age: 3 },
    ],
    [
      'a number beyond what a double holds',
      { host_key: 12345678901234567890n, id: 12345678901234567890n },
      { host_key: hiddenText, id: 12345678901234567890n },
    ],
    [
      'all that is below such a field',
      { password: { was: ['a', 1, true, null] }, name: ['a', 1, true, null] },
      { password: { was: [hiddenText, hiddenText, true, null] }, name: ['a', 1, true, null] },
    ],
    [
      'a token wherever it stands',
      ['a', [jwt, { a: `Bearer ${jwt}` }]],
      ['a', [hiddenText, { a: hiddenText }]],
    ],
    ['a token in a name', { [jwt]: 1 }, { [hiddenText]: 1 }],
    ['nothing of what is none', [0, '', false, null, {}, []], [0, '', false, null, {}, []]],
  ])('hides %s', (_what, value, left) => {
    expect(withoutSecrets(value)).toEqual(left);
  });

  it('is searched for what an answer may repeat: each text and number, and no switch', () => {
    const asked: Json = {
      password: ['one', 2, 3n, true, null, { hint: 'four' }],
      name: 'none',
      inner: [{ host_key: 'five' }, 'none'],
    };
    expect(secretsOf(asked).sort()).toEqual(['2', '3', 'five', 'four', 'one']);
    expect(secretsOf({ name: 'none' })).toEqual([]);
    expect(secretsOf('a text of its own')).toEqual([]);
    expect(secretsOf(undefined)).toEqual([]);
  });
});

describe('an answer that repeats what was asked', () => {
  it('is rid of secrets of four characters and more; shorter ones would be found in everything', () => {
    const hider = createHider(['abcd', 'xyz']);
    expect(hider.text('an abcd and an xyz')).toBe(`an ${hiddenText} and an xyz`);
    expect(hider.json('["an abcd","an xyz"]')).toEqual({
      text: JSON.stringify([hiddenText, 'an xyz']),
      hidden: new Map([['/0', 'an abcd']]),
    });
  });

  it('is rid of a secret that has another one in it as a whole', () => {
    for (const known of [
      ['room', 'room-key'],
      ['room-key', 'room'],
    ]) {
      expect(createHider(known).text('my room-key')).toBe(`my ${hiddenText}`);
    }
  });

  it('keeps an empty text in a secret field, which tells that there is none', () => {
    const body = { password: '', token: 'a' };
    const { text, hidden } = createHider([]).json(JSON.stringify(body));
    expect(JSON.parse(text)).toEqual({ password: '', token: hiddenText });
    expect([...hidden.keys()]).toEqual(['/token']);
  });

  it('is left as it is written where only its values held a token', () => {
    const { text, hidden } = createHider(['name']).json(`{ "name" : "${jwt}" }`);
    expect(text).toBe(`{ "name" : "${hiddenText}" }`);
    expect(hidden.get('/name')).toBe(jwt);
  });

  it('has a token in a name blanked out where it then still can be read, and is hidden whole where not', () => {
    expect(createHider([]).json(`{ "${jwt}" : 1 }`).text).toBe(`{ "${hiddenText}" : 1 }`);
    // What looks like a parameter of an address goes as far as the quotation mark, and over the colon of what is no JSON.
    expect(createHider(['": 1']).json(`{ "${jwt}": 1 }`).text).toBe(JSON.stringify(hiddenText));
  });
});
