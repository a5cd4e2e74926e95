import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isolated, quoted } from '../../../../shared/words/isolated.ts';

const letters = 'a0 ”“(,\u202e\u2066\u2068\u2069\u200bאش😀\n\0';
const controls = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

it('a quotation is its words, whole', () => {
  expect(quoted('Beach.png')).toBe('“Beach.png”');
  expect(quoted('x'.repeat(200))).toBe(`“${'x'.repeat(200)}”`);
});

it('one in Hebrew or Arabic keeps its direction to itself', () => {
  expect(quoted('חוף 3')).toBe('“\u2068חוף 3\u2069”');
  expect(quoted('شاطئ')).toBe('“\u2068شاطئ\u2069”');
});

it('what turns the words behind it is left out', () => {
  expect(quoted('Jane\u202e (moc.live@liame)')).toBe('“Jane (moc.live@liame)”');
  expect(isolated('\u2069\u202eJane\u2066')).toBe('\u2068Jane\u2069');
});

it('whatever the name is, it neither turns nor breaks the sentence around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...letters) }), (name) => {
      expect(quoted(name).replace(/^“\u2068?|\u2069?”$/g, '')).not.toMatch(controls);
      expect(isolated(name).slice(1, -1)).not.toMatch(controls);
    }),
  );
});
