import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { readXml, within } from '../../../../electron/core/calendars/xml.ts';

const texts = (source: string, name: string) => {
  const root = readXml(source);
  return root && within(root, name).map(({ text }) => text);
};

it('reads elements by their names whatever their prefix, with text, CDATA and characters by number', () => {
  const source = `<?xml version="1.0"?><!-- a --><D:multistatus xmlns:D="DAV:"><D:href>/a&amp;b/&#233;&#x1F600;</D:href>
    <x:HREF xmlns:x="DAV:"><![CDATA[<c> & d]]></x:HREF><D:empty/></D:multistatus>`;
  expect(texts(source, 'href')).toEqual(['/a&b/é😀', '<c> & d']);
  expect(readXml(source)?.children.map(({ name }) => name)).toEqual(['href', 'href', 'empty']);
});

test.each([
  ['nothing', ''],
  ['an open element', '<a><b></a>'],
  ['two roots', '<a/><b/>'],
  ['a stray end', '</a>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['half a tag', '<a><b'],
  ['nests without end', '<a>'.repeat(100) + '</a>'.repeat(100)],
])('takes %s for none', (_, source) => {
  expect(readXml(source)).toBeUndefined();
});

it('leaves entities alone that it does not know', () => {
  expect(readXml('<a>&nbsp;&#x110000;</a>')?.text).toBe('&nbsp;&#x110000;');
});

const pieces = [
  ...[
    '<a>',
    '</a>',
    '<a',
    '<a/>',
    '/>',
    '>',
    '<',
    '</',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE a',
  ],
  ...['&#x', '&#', '&amp', ';', '1', 'b', ':', '"', ' ', '\n', '=', '\ud800', '\u0000'],
];
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
);

it('reads any text or says that it is none, and finds no more than stands there', () => {
  fc.assert(
    fc.property(anything, (inner) => {
      for (const source of [inner, `<a>${inner}</a>`]) {
        const root = readXml(source);
        expect((root?.text ?? '').length).toBeLessThanOrEqual(source.length);
        expect(JSON.stringify(root ?? null).length).toBeLessThan(60 * 50 * (source.length + 10));
      }
    }),
  );
});

it('reads what it is given as text', () => {
  const written = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readXml(`<a><b>${written(text)}</b></a>`)?.text).toBe(text);
    }),
  );
});

// A million characters: what tried them again for each of them would take hours.
it.each(pieces)('reads %j again and again in one go', (piece) => {
  const many = piece.repeat(1_000_000 / piece.length);
  for (const source of [many, `<a>${many}`, `<a ${many}`, `<![CDATA[${many}`, `<!--${many}`]) readXml(source);
});

it('reads no more than 200,000 tags', () => {
  expect(readXml(`<a>${'<b/>'.repeat(100_000)}</a>`)?.children).toHaveLength(100_000);
  expect(readXml(`<a>${'<b/>'.repeat(200_000)}</a>`)).toBeUndefined();
});
