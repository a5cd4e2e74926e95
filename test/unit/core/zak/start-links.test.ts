import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeMs } from '../../../../electron/core/zak/lifetime.ts';
import { startLink } from '../../../../electron/core/zak/start-link.ts';
import { isStartLink } from '../../../../electron/desktop/links.ts';

describe('links that start a meeting', () => {
  it.each([
    'https://zoom.us/s/1234567890?zak=a.b.c',
    'https://us02web.zoom.us/s/12345678901?zak=a',
    'https://company.zoomgov.com/s/123456789?zak=a',
  ])('opens %s', (address) => expect(isStartLink(address, false)).toBe(true));

  it.each([
    'http://zoom.us/s/1234567890?zak=a',
    'https://zoom.us.evil.example/s/1234567890?zak=a',
    'https://evilzoom.us/s/1234567890?zak=a',
    'https://zoom.us:8443/s/1234567890?zak=a',
    'https://me@zoom.us/s/1234567890?zak=a',
    'https://zoom.us/j/1234567890?zak=a',
    'https://zoom.us/s/../j/1234567890?zak=a',
    'https://zoom.us/s/1234567890/?zak=a',
    'https://zoom.us/s/1234567890?zak=a&next=https://evil.example',
    'https://zoom.us/s/1234567890#zak=a',
    'https://zoom.us/s/1234567890',
    'zoommtg://zoom.us/s/1234567890?zak=a',
    'file:///s/1234567890?zak=a',
    'javascript:alert(1)',
    '',
  ])('does not open %s', (address) => expect(isStartLink(address, false)).toBe(false));

  it('opens those of a practice Zoom only where one may be', () => {
    const address = 'http://127.0.0.1:8080/s/1234567890?zak=a';
    expect(isStartLink(address, true)).toBe(true);
    expect(isStartLink(address, false)).toBe(false);
    expect(isStartLink('http://localhost:8080/s/1234567890?zak=a', true)).toBe(false);
  });

  it('never throws, and opens nothing but Zoom', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (address) => {
        if (isStartLink(address, false))
          expect(new URL(address).hostname).toMatch(/(^|\.)zoom(gov\.com|\.us)$/);
      }),
    );
  });

  it('is made on the site of the room’s own link', () => {
    const room = 'https://us02web.zoom.us/j/1234567890?pwd=x';
    expect(startLink({ pmi: 1234567890, personal_meeting_url: room }, 'a.b/c')).toBe(
      'https://us02web.zoom.us/s/1234567890?zak=a.b%2Fc',
    );
    expect(startLink({ pmi: 1234567890 }, 't')).toBe('https://zoom.us/s/1234567890?zak=t');
    for (const pmi of [undefined, '', 'abc', 12, '1/../2']) expect(startLink({ pmi }, 't')).toBeUndefined();
    expect(startLink({ pmi: 1234567890, personal_meeting_url: 'javascript:x' }, 't')).toBeUndefined();
  });
});

describe('the life of a token', () => {
  const token = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

  it('is what the token says of itself, whatever clock it was made by', () => {
    expect(lifeMs(token({ iat: 1_000, exp: 1_300 }))).toBe(300_000);
    expect(lifeMs(token({ iat: 1_000, exp: 87_400 }), 7_200)).toBe(86_400_000);
  });

  it('is what was asked for where it says nothing that can be', () => {
    for (const claims of [{}, null, 5, { iat: 2, exp: 1 }, { iat: 0, exp: 1e15 }, { iat: 'x', exp: {} }]) {
      expect(lifeMs(token(claims), 60)).toBe(60_000);
      expect(lifeMs(token(claims))).toBe(300_000);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(lifeMs(text, 9)).toBe(9_000);
      }),
    );
  });
});
