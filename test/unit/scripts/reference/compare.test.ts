import { describe, expect, it } from 'vitest';
import { compare } from '../../../../scripts/reference/compare.ts';
import type { FieldFacts, OperationFacts } from '../../../../scripts/reference/facts.ts';
import { takeFacts } from '../../../../scripts/reference/take.ts';
import { document } from '../../../support/zoom-reference.ts';

type Said = { readonly [place: string]: FieldFacts };

interface Operation extends Partial<Omit<OperationFacts, 'parameters' | 'body' | 'answer'>> {
  readonly name?: string;
  readonly parameters?: Said;
  readonly body?: Said;
  readonly answer?: Said;
}

function factsOf({ name = 'GET /things', parameters = {}, body = {}, answer = {}, ...said }: Operation) {
  const one: OperationFacts = {
    id: 'things',
    scopes: { classic: [], granular: [] },
    success: ['200'],
    errors: [],
    ...said,
    parameters: new Map(Object.entries(parameters)),
    body: new Map(Object.entries(body)),
    answer: new Map(Object.entries(answer)),
  };
  return new Map([[name, one]]);
}

const linesOf = (ours: Operation, zoom: Operation, common: readonly string[] = []) =>
  compare(factsOf(ours), factsOf(zoom), new Set(common)).map(({ line }) => line);

describe('what differs between the catalogue and a reference', () => {
  it('is nothing between the same', () => {
    const facts = takeFacts(document);
    expect(compare(facts, facts, new Set())).toEqual([]);
  });

  it('is an operation that only one has', () => {
    expect(linesOf({ name: 'GET /a', id: 'a' }, { name: 'POST /a', id: 'aCreate' })).toEqual([
      'a operation extra: GET /a',
      'aCreate operation missing: POST /a',
    ]);
  });

  it.each<[string, Operation, Operation, string[]]>([
    ['its id', {}, { id: 'getThings' }, ['things operation id: things, Zoom getThings']],
    ['its label', { label: 'Light' }, { label: 'Medium' }, ['things operation label: Light, Zoom Medium']],
    ['its end', {}, { deprecated: true }, ['things operation deprecated: none, Zoom yes']],
    ['its success', { success: ['204'] }, {}, ['things operation success: 204, Zoom 200']],
    [
      'its scopes',
      { scopes: { classic: ['a', 'b'], granular: [] } },
      { scopes: { classic: ['b', 'c'], granular: ['d'] } },
      ['things operation scopes classic: lacks c; Zoom lacks a', 'things operation scopes granular: lacks d'],
    ],
    [
      'its errors, but for those of all operations',
      { errors: ['400 1'] },
      { errors: ['400 2', '429'] },
      ['things error 400 2 missing', 'things error 400 1 extra'],
    ],
    [
      'parameters',
      { parameters: { 'query size': { type: 'integer', maximum: 300 }, 'query old': {} } },
      { parameters: { 'query size': { type: 'integer', maximum: 2000, deprecated: true }, 'query new': {} } },
      [
        'things parameter query new missing: anything',
        'things parameter query old extra: anything',
        'things parameter query size maximum: 300, Zoom 2000',
        'things parameter query size deprecated: none, Zoom yes',
      ],
    ],
    [
      'types, values and what is required',
      { body: { a: { type: 'integer', enum: [1, 2, 3] }, b: {} } },
      { body: { a: { type: 'number', enum: [1, 2, 4] }, b: { required: true, enum: ['x', ''] } } },
      [
        'things body a type: integer, Zoom number',
        'things body a enum: lacks 4; Zoom lacks 3',
        'things body b enum: none, Zoom x ""',
        'things body b required: none, Zoom yes',
      ],
    ],
    [
      'the innermost of fields, and lists of single values as one',
      {},
      {
        answer: {
          a: { type: 'object' },
          'a.b': { type: 'boolean', default: true },
          list: { type: 'array', maxItems: 2 },
          'list[]': { type: 'string' },
          rows: { type: 'array' },
          'rows[]': { type: 'object' },
          'rows[].id': { type: 'integer', enum: [1, 2] },
        },
      },
      [
        'things answer a.b missing: boolean, default',
        'things answer list missing: array of string, maxItems 2',
        'things answer rows[].id missing: integer, one of 1 2',
      ],
    ],
    [
      'another name for the same',
      { answer: { 'in.unmute': { type: 'boolean', default: false }, in: { type: 'object' } } },
      { answer: { 'in.ask_unmute': { type: 'boolean' }, in: { type: 'object' } } },
      [
        'things answer in.unmute renamed: Zoom in.ask_unmute',
        'things answer in.unmute default: false, Zoom none',
      ].sort(),
    ],
    [
      'no other name where there are two of them, or another type',
      { answer: { unmute: { type: 'boolean' }, login: { type: 'integer' } } },
      {
        answer: {
          ask_unmute: { type: 'boolean' },
          unmute_all: { type: 'boolean' },
          login_list: { type: 'array' },
        },
      },
      [
        'things answer ask_unmute missing: boolean',
        'things answer login extra: integer',
        'things answer login_list missing: array',
        'things answer unmute extra: boolean',
        'things answer unmute_all missing: boolean',
      ],
    ],
    [
      'the body as a whole',
      { body: { '': { type: 'array' }, '[]': { type: 'string' } } },
      { body: { '': { type: 'array', maxItems: 3 }, '[]': { type: 'string' } } },
      ['things body (whole) maxItems: none, Zoom 3'],
    ],
  ])('is %s', (_what, ours, zoom, lines) => {
    expect(linesOf(ours, zoom, ['429']).sort()).toEqual(lines.sort());
  });

  it('is a parameter of the path that is called otherwise, in an operation that is the same', () => {
    const ours: Operation = { name: 'GET /things/{id}', parameters: { 'path id': { type: 'string' } } };
    const zoom: Operation = { name: 'GET /things/{thing}', parameters: { 'path thing': { type: 'string' } } };
    expect(linesOf(ours, zoom)).toEqual(['things parameter path id renamed: Zoom path thing']);
  });
});
