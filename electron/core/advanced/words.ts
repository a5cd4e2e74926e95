import type { ErrorObject } from 'ajv';

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
export function inWords({ keyword, params, schema }: ErrorObject): string {
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
      return `This must be one of ${choices((schema as unknown[]).map(String))}.`;
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
      return schema === '^[0-9]*$' ? 'Only digits are possible.' : 'This is not written as Zoom wants it.';
    case 'format':
      return schema === 'email' ? 'This is not an e-mail address.' : 'This is not written as Zoom wants it.';
    default:
      return 'Zoom does not take this value.';
  }
}

function choices(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const named = names.slice(0, mostNamed).join(', ');
  return rest > 0 ? `${named} and ${rest} more` : named;
}
