import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaKinds } from '../../../shared/media.ts';
import { profileFields } from '../../../shared/profile.ts';
import { typeNames } from '../../../shared/words/files.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { catalogue } from '../../../shared/zoom/catalogue.ts';
import { codeMeanings, uploads, userFields } from '../../../shared/zoom/limits.gen.ts';
import { fieldProblem } from '../../../shared/zoom/user-fields.ts';

const ajv = new Ajv({ strict: false });
addFormats(ajv);
ajv.addSchema(catalogue, 'zoom');

describe('limits of uploads', () => {
  it('are Zoom’s 15 and 2 MB in both readings, and in words', () => {
    expect(uploads.uploadVBuser).toMatchObject({ maxBytes: 15 * 1024 * 1024, maxFiles: 10 });
    expect(uploads.userPicture).toMatchObject({ maxBytes: 2 * 1024 * 1024 });
    expect(Object.values(uploads).map(({ sureBytes }) => sizeWords(sureBytes))).toEqual(['2 MB', '15 MB']);
  });

  it('name media types that Tally knows, as people call them', () => {
    const known: string[] = Object.values(mediaKinds).map(({ type }) => type);
    for (const { types } of Object.values(uploads)) for (const type of types) expect(known).toContain(type);
    expect(typeNames(uploads.uploadVBuser.types)).toBe('JPG, PNG, GIF, MP4 or MOV');
    expect(typeNames(uploads.userPicture.types)).toBe('JPG or PNG');
    expect(typeNames(['text/plain'])).toBe('text/plain');
  });
});

const phone = { country: 'PT', code: '+351', number: '5550100', label: 'Office' };

describe('what a field of the profile may hold', () => {
  const fits = ajv.getSchema('zoom#/operations/userUpdate/body');
  const texts = profileFields.filter((field) => userFields[field].type === 'string');
  const roomLike = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '.', '-', 'ä'), maxLength: 42 });

  it('is the same to the window, to main and by the catalogue’s schema', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.oneof(fc.string({ maxLength: 300 }), roomLike),
        (field, text) => {
          expect(fieldProblem(field, text) === undefined).toBe(fits?.({ [field]: text }));
        },
      ),
    );
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.maxSafeNat(), fc.integer({ min: 0, max: 4 })), (number) => {
        for (const field of ['pmi', 'pronouns_option'] as const)
          expect(fieldProblem(field, number) === undefined).toBe(fits?.({ [field]: number }));
      }),
    );
  });

  it.each([
    ['display_name', 'a'.repeat(128), undefined],
    ['display_name', 'a'.repeat(129), 'At most 128 characters.'],
    ['dept', 'a'.repeat(1_000), undefined],
    ['vanity_name', '', undefined],
    ['vanity_name', 'a1.bc', undefined],
    ['vanity_name', 'a'.repeat(40), undefined],
    ['vanity_name', 'a'.repeat(41), 'At most 40 characters.'],
    ['vanity_name', 'abcd', 'At least 5 characters.'],
    ['vanity_name', '1abcd', 'It begins with a letter.'],
    ['vanity_name', 'ab-cd', 'Letters, digits and dots only.'],
    ['pmi', 1_000_000_000, undefined],
    ['pmi', 9_999_999_999, undefined],
    ['pmi', 999_999_999, 'Ten digits, the first of them not 0.'],
    ['pmi', 'abc', 'Ten digits, the first of them not 0.'],
    ['use_pmi', 1, 'This is either on or off.'],
    ['pronouns_option', 4, 'This isn’t one of the choices.'],
    ['phone_numbers', [phone, phone, phone], undefined],
    ['phone_numbers', [phone, phone, phone, phone], 'At most 3.'],
  ] as const)('%s: %s', (field, value, words) => {
    expect(fieldProblem(field, value)).toBe(words);
  });
});

it('every code that has a meaning is one that the catalogue lists', () => {
  const { commonErrors, operations } = catalogue;
  const listed = [...commonErrors, ...Object.values(operations).flatMap(({ errors }) => errors)];
  const codes = new Set(listed.map(({ code }) => code));
  for (const code of codeMeanings.keys()) expect(codes, String(code)).toContain(code);
});
