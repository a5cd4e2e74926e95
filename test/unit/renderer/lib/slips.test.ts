import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsTo } from '../../../../renderer/lib/slips.ts';

describe('slips of the finger', () => {
  it.each([
    ['wating', 'Waiting room', 1],
    ['recrod', 'Automatic recording', 1],
    ['brekout romm', 'Breakout room', 2],
    ['awy', 'Away', 1],
    ['transcirptoin', 'Live transcription', 2],
    ['room', 'Breakout room', 0],
  ])('%j may mean a word of %j', (query, text, edits) => {
    expect(editsTo(query.split(' '), text)).toBe(edits);
  });

  it.each([
    ['rename', 'Free and paid numbers'],
    ['mute', 'Embed passcode in invite link'],
    ['xaiting', 'Waiting room'],
    ['wa', 'Chat'],
    ['waiting quantum', 'Waiting room'],
    ['awy', 'Awkward'],
  ])('%j never means one of %j', (query, text) => {
    expect(editsTo(query.split(' '), text)).toBeUndefined();
  });

  it('are none in a word itself and in its beginnings of four letters and more, whatever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(8), (word, more) => {
        expect(editsTo([word.slice(0, 4 + more)], `some ${word}`)).toBe(0);
      }),
    );
  });
});
