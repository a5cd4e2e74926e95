import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import {
  type CallFile,
  type CallInput,
  type CallProblem,
  hiddenText,
  type Json,
} from '../../../shared/advanced.ts';
import { isObject, pointerTo, withNumbers, writeJson } from '../../../shared/json.ts';
import { typeNames } from '../../../shared/words/files.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { catalogue, type Schema } from '../../../shared/zoom/catalogue.ts';
import { type Operation, operations } from '../../../shared/zoom/operations.gen.ts';
import { prepare } from '../zoom/request.ts';
import { itemsOf, propertiesOf } from './schema.ts';

// That the catalogue is written right is a test's business, not that of the first call.
const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateSchema: false });
addFormats(ajv);
ajv.addSchema(catalogue, 'zoom');

type Place = CallProblem['place'];

/**
 * Where an input does not fit the catalogue, in plain words. What cannot be sent at all blocks: parameters that are missing, a
 * wrong address, and values of another JSON type. What only Zoom can judge does not: it may know more than the catalogue.
 * @param file what `input.file` names
 */
export function problemsOf(input: CallInput, file: CallFile | undefined): CallProblem[] {
  const problems = [
    ...parameterProblems(input, 'path'),
    ...parameterProblems(input, 'query'),
    ...bodyProblems(input),
    ...fileProblems(input, file),
  ];
  if (problems.some(({ blocks }) => blocks)) return problems;
  // The last word is with what writes the request down.
  const operation: Operation = operations[input.operation];
  const upload = operation.body === 'multipart' && { file: { name: '', type: '', size: 0, open: noBytes } };
  const given = { path: input.path, query: input.query, body: input.body, ...upload };
  const prepared = prepare(operation, given, { anyQuery: true });
  return prepared.ok ? problems : [...problems, blocking('path', '', prepared.error.what)];
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

function blocking(place: Place, pointer: string, message: string): CallProblem {
  return { place, pointer, message, blocks: true };
}

function doubtful(place: Place, pointer: string, message: string): CallProblem {
  return { place, pointer, message, blocks: false };
}

function parameterProblems(input: CallInput, place: 'path' | 'query'): CallProblem[] {
  const { me, danger, pathParams }: Operation = operations[input.operation];
  // Left out, the user is oneself, except where that could not be taken back.
  const oneself = place === 'path' && me && danger !== 'destructive' && pathParams.includes('userId');
  const given = { ...(oneself && { userId: 'me' }), ...input[place] };
  return [
    ...schemaErrors(input, place, given).map((error) => {
      const { keyword } = error;
      const pointer = pointerOf(error);
      if (place === 'path' || keyword === 'type' || keyword === 'required')
        return blocking(place, pointer, inWords(error));
      const isUnknown = keyword === 'additionalProperties';
      return doubtful(
        place,
        pointer,
        isUnknown ? unknownWords('parameter', error.params.additionalProperty) : inWords(error),
      );
    }),
    ...keptBack(place, given),
  ];
}

function bodyProblems(input: CallInput): CallProblem[] {
  const { body: takes }: Operation = operations[input.operation];
  const { body: schema, bodyRequired } = catalogue.operations[input.operation];
  const { body } = input;
  if (takes !== 'json' || !schema) {
    return body === undefined ? [] : [blocking('body', '', 'This call takes no fields.')];
  }
  if (body === undefined) return bodyRequired ? [doubtful('body', '', 'Zoom expects fields here.')] : [];
  if (!isObject(body)) return [blocking('body', '', 'This must be an object, in braces.')];
  const errors = schemaErrors(input, 'body', body);
  return [
    ...errors.map((error) => ({
      place: 'body' as const,
      pointer: pointerOf(error),
      message: inWords(error),
      blocks: error.keyword === 'type',
    })),
    ...unknownFields(schema, body, ''),
    ...keptBack('body', body),
  ];
}

function schemaErrors(input: CallInput, place: 'path' | 'query' | 'body', value: Json): ErrorObject[] {
  const validate = ajv.getSchema(`zoom#/operations/${input.operation}/${place}`);
  if (!validate || validate(withNumbers(value))) return [];
  const errors = validate.errors ?? [];
  // A field that two parts of a schema speak of is named once.
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = `${pointerOf(error)} ${error.keyword}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The place of an error; of something missing or too much, the place where it would be or is. */
function pointerOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
  const name = missingProperty ?? additionalProperty;
  return name === undefined ? instancePath : pointerTo(instancePath, name);
}

/** Fields that the catalogue does not know. Bodies are open by its schemas, as Zoom adds fields. */
function unknownFields(schema: Schema, value: Json, pointer: string): CallProblem[] {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return items
      ? value.flatMap((entry: Json, at) => unknownFields(items, entry, pointerTo(pointer, at)))
      : [];
  }
  const known = propertiesOf(schema);
  if (!isObject(value) || !known) return [];
  return Object.entries(value).flatMap(([name, entry]) => {
    const property = known.get(name);
    const place = pointerTo(pointer, name);
    if (property) return unknownFields(property, entry, place);
    return [doubtful('body', place, unknownWords('field', name))];
  });
}

function unknownWords(what: 'field' | 'parameter', name: string): string {
  return `Tally knows no ${what} “${name}” here; Zoom may ignore it.`;
}

/** Calls of the past come back without their secrets. */
function keptBack(place: Place, value: Json, pointer = ''): CallProblem[] {
  if (value === hiddenText)
    return [blocking(place, pointer, 'This was secret and isn’t kept. Type it again.')];
  if (Array.isArray(value)) {
    return value.flatMap((entry: Json, at) => keptBack(place, entry, pointerTo(pointer, at)));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, entry]) => keptBack(place, entry, pointerTo(pointer, name)));
}

function fileProblems(input: CallInput, file: CallFile | undefined): CallProblem[] {
  const { file: takes } = catalogue.operations[input.operation];
  if (!takes) return input.file === undefined ? [] : [blocking('file', '', 'This call takes no file.')];
  if (input.file === undefined) return [blocking('file', '', 'A file is missing.')];
  if (!file) return [blocking('file', '', 'This file isn’t at hand any more. Choose it again.')];
  const problems: CallProblem[] = [];
  if (file.size === 0) problems.push(doubtful('file', '', 'The file is empty.'));
  else if (file.type === undefined || !takes.types.includes(file.type)) {
    problems.push(doubtful('file', '', `Zoom takes ${typeNames(takes.types)} here, and this is none.`));
  }
  if (file.size > takes.maxBytes) {
    const words = `Zoom takes at most ${sizeWords(takes.sureBytes)}; this file has ${sizeWords(file.size)}.`;
    problems.push(doubtful('file', '', words));
  }
  return problems;
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, in brackets',
  object: 'an object, in braces',
  null: 'null',
};

/** So many choices are named; more would not be read. */
const mostNamed = 12;

/** What is wrong with a value, from Ajv's finding, whose own text is not meant for people. */
function inWords({ keyword, params, schema }: ErrorObject): string {
  const { limit, missingProperty, additionalProperty } = params as Record<
    string,
    number | string | undefined
  >;
  switch (keyword) {
    case 'required':
      return `“${missingProperty}” is missing.`;
    case 'additionalProperties':
      return `This call has no parameter “${additionalProperty}”.`;
    case 'type':
      return `This must be ${[schema]
        .flat()
        .map((name) => types[String(name)])
        .join(' or ')}.`;
    case 'enum':
      return `This must be one of ${choices((schema as Json[]).map((one) => (typeof one === 'string' ? one : writeJson(one))))}.`;
    case 'minLength':
      return limit === 1 ? 'This is empty.' : `At least ${limit} characters are needed.`;
    case 'maxLength':
      return `At most ${limit} characters are possible.`;
    case 'minimum':
      return `This must be at least ${limit}.`;
    case 'maximum':
      return `This must be at most ${limit}.`;
    case 'maxItems':
      return `At most ${limit} entries are possible.`;
    case 'pattern':
      return schema === '^[0-9]*$' ? 'Only digits are possible.' : 'This isn’t written as Zoom wants it.';
    case 'format':
      return schema === 'email' ? 'This isn’t an email address.' : 'This isn’t written as Zoom wants it.';
    default:
      return 'Zoom doesn’t take this value.';
  }
}

function choices(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const named = names.slice(0, mostNamed).join(', ');
  return rest > 0 ? `${named} and ${rest} more` : named;
}
