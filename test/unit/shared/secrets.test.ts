import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SettingLeaf } from '../../../shared/settings.ts';
import { hasToken, isSecretField, isSecretSetting, withoutTokens } from '../../../shared/zoom/secrets.ts';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';

describe('a field', () => {
  it.each([
    'password',
    'Password',
    'host_key',
    'hostKey',
    'HOST-KEY',
    'token',
    'pmi_password',
    'pwd',
    'zak',
    'tk',
    'passcode',
    'h323_password',
    'recordingPassCode',
    'client_secret',
    'pin',
    'room_pin',
    'pinCode',
    'tokens',
  ])('%s is secret', (name) => {
    expect(isSecretField(name)).toBe(true);
  });

  it.each([
    '',
    'name',
    'meeting_password_requirement',
    'nextPageToken',
    'require_password_for_instant_meetings',
    'typing',
    'pinned',
    'constructor',
    '__proto__',
  ])('“%s” is not', (name) => {
    expect(isSecretField(name)).toBe(false);
  });
});

describe('a setting', () => {
  const text = { type: 'text' } as const;

  it.each<[string, Parameters<typeof isSecretSetting>, boolean]>([
    ['a link with a passcode', ['settings:a.text', 'Join: https://zoom.us/j/1?pwd=1', text], true],
    ['one in something more', ['settings:a.list', ['x', 'https://zoom.us/j/1?a=b&pwd=1'], undefined], true],
    ['marked by the catalogue', ['settings:a.b', 'x', { type: 'text', secret: true }], true],
    ['a text with such a name', ['settings:a.new_passcode', 'x', text], true],
    ['a choice with such a name', ['settings:a.token_type', 'x', { type: 'choice' }], false],
    ['a number that the catalogue knows', ['settings:a.password_length', 8, { type: 'number' }], false],
    ['a number that nobody knows', ['settings:a.pin', 1234, undefined], true],
    ['a number in a group of them', ['settings:a.pin_code', 1234, undefined], true],
    ['of a name in one piece', ['settings:a.hostkey', 'x', undefined], true],
    ['something more that nobody knows', ['settings:a.secrets', { x: 'y' }, undefined], true],
    ['not known yet', ['settings:a.host_key', undefined, undefined], true],
    ['a switch that nobody knows', ['settings:a.require_password', true, undefined], false],
    ['nothing', ['settings:a.password', null, undefined], false],
    ['of another name', ['settings:a.spinning', 'x', undefined], false],
    ['of a name that only begins so', ['settings:a.pinned', 'x', undefined], false],
  ])('%s', (_, given, secret) => {
    expect(isSecretSetting(...given)).toBe(secret);
  });

  it('hides all that the file of saved settings and the window each hid by themselves', () => {
    const name = /pass_?(word|code|phrase)|secret|token|host_?key|[._:]pin(?:[._]|$)/i;
    const inFile = (key: string, value: unknown, leaf?: SettingLeaf) =>
      leaf?.secret || (typeof value === 'string' && leaf?.type !== 'choice' && name.test(key));
    const keys = fc.oneof(
      fc.constantFrom(...settingLeaves.map(({ key }) => key as string)),
      fc.string({ unit: fc.constantFrom('pass', 'word', 'token', '_', '.', 'pin', 'a') }),
    );
    fc.assert(
      fc.property(keys, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (key, value) => {
        const leaf = settingLeaves.find((one) => one.key === key);
        if (inFile(key, value, leaf)) expect(isSecretSetting(key, value, leaf)).toBe(true);
        if (name.test(key)) expect(isSecretSetting(key, undefined, undefined)).toBe(true);
      }),
    );
  });
});

describe('a text with a token', () => {
  it.each([
    ['zoommtg://x?zak=abcd1234&n=1', 'zoommtg://x?…&n=1'],
    ['Bearer abcdefgh', '…'],
    ['eyJhbGciOi.eyJzdWIi.sig', '…'],
    ['https://zoom.us/j/1?pwd=V1.1&uname=x', 'https://zoom.us/j/1?…&uname=x'],
    ['https://zoom.us/j/1?uname=x&PWD=1', 'https://zoom.us/j/1?uname=x&…'],
    ['<a href="https://zoom.us/j/1?a=b&amp;pwd=V1">', '<a href="https://zoom.us/j/1?a=b&amp;…">'],
    [
      'https://zoom.us/x?to=https%3A%2F%2Fzoom.us%2Fj%2F1%3Fpwd%3DV1',
      'https://zoom.us/x?to=https%3A%2F%2Fzoom.us%2Fj%2F1…',
    ],
    ['"https://zoom.us/j/1?a=b\\u0026pwd\\u003dV1"', '"https://zoom.us/j/1?a=b…"'],
    ['https://zoom.us/w/1?tk=a', 'https://zoom.us/w/1?…'],
    ['https://zoom.us/s/1?zak=a&tk=b&pwd=c', 'https://zoom.us/s/1?…&…&…'],
    ['zoommtg://zoom.us/join?confno=1&pwd=c&zc=0', 'zoommtg://zoom.us/join?confno=1&…&zc=0'],
    [
      'https://x.example/?u=https%3A%2F%2Fzoom.us%2Fw%2F1%3Ftk%3Da',
      'https://x.example/?u=https%3A%2F%2Fzoom.us%2Fw%2F1…',
    ],
    [
      'https://x.example/?v=%2Fy%3Fu%3D%252Fs%252F1%253Fzak%253Da',
      'https://x.example/?v=%2Fy%3Fu%3D%252Fs%252F1…',
    ],
    ['"\\u0026zak\\u003da"', '"…"'],
  ])('%s', (said, shown) => {
    expect(hasToken(said)).toBe(true);
    expect(withoutTokens(said, '…')).toBe(shown);
  });

  it('is left alone where it has none', () => {
    expect(hasToken('Nothing to see')).toBe(false);
    expect(hasToken('https://zoom.us/j/1?pwd=&uname=x')).toBe(false);
    expect(withoutTokens('Nothing to see', '…')).toBe('Nothing to see');
  });
});
