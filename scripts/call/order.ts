import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { propertiesOf } from '../../electron/core/advanced/schema.ts';
import { zoomClouds } from '../../electron/core/sign-in/clouds.ts';
import type { CallInput, CallProblem, Json } from '../../shared/advanced.ts';
import { readJson } from '../../shared/json.ts';
import { catalogue, resolve, type Schema } from '../../shared/zoom/catalogue.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';

/** What the person has to type otherwise. */
export class Mistake extends Error {
  readonly problems: readonly CallProblem[] | undefined;

  constructor(what: string, problems?: readonly CallProblem[]) {
    super(what);
    this.problems = problems;
  }
}

export interface CallOrder {
  readonly kind: 'call';
  readonly input: CallInput;
  /** A path, relative to the working folder or not. */
  readonly file: string | undefined;
  readonly confirm: string | undefined;
  readonly anyway: boolean;
  readonly dryRun: boolean;
  /** Whether host keys, links with passcodes and the like are shown. */
  readonly secrets: boolean;
}

type Order =
  | CallOrder
  | { readonly kind: 'list' }
  | { readonly kind: 'describe'; readonly operation: OperationId };

/** Reads the command line. Throws a Mistake that says what is wrong with it. */
export function readOrder(args: readonly string[]): Order {
  const { values, positionals } = parsed(args);
  if (values.list) return { kind: 'list' };
  if (values.describe !== undefined) return { kind: 'describe', operation: operationNamed(values.describe) };
  const [name, ...more] = positionals;
  if (name === undefined) throw new Mistake('No operation is named; --list shows them all.');
  if (more.length > 0) throw new Mistake(`“${more[0]}” is one word too many.`);
  const operation = operationNamed(name);
  const { path, query } = catalogue.operations[operation];
  const body = values.body === undefined ? undefined : bodyFrom(values.body);
  return {
    kind: 'call',
    input: {
      operation,
      path: parametersFrom(values.path, path, '--path'),
      query: parametersFrom(values.query, query, '--query'),
      ...(body !== undefined && { body }),
    },
    file: values.file,
    confirm: values.confirm,
    anyway: values.anyway === true,
    dryRun: values['dry-run'] === true,
    secrets: values.secrets === true,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        path: { type: 'string', multiple: true },
        query: { type: 'string', multiple: true },
        body: { type: 'string' },
        file: { type: 'string' },
        confirm: { type: 'string' },
        anyway: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        secrets: { type: 'boolean' },
        list: { type: 'boolean' },
        describe: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new Mistake(cause instanceof Error ? cause.message : String(cause));
  }
}

function operationNamed(name: string): OperationId {
  if (!Object.hasOwn(operations, name))
    throw new Mistake(`There is no operation “${name}”; --list shows them all.`);
  return name as OperationId;
}

function parametersFrom(given: readonly string[] = [], schema: Schema, option: string): Record<string, Json> {
  const known = propertiesOf(schema);
  const entries = given.map((text): [string, Json] => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new Mistake(`${option} takes NAME=VALUE, not “${text}”.`);
    return [name, typed(value, known?.get(name))];
  });
  return Object.fromEntries(entries);
}

/** A text as the JSON that the catalogue wants; as it is where it is none, which the check then says. */
function typed(text: string, schema: Schema = {}): Json {
  const types = [resolve(schema).type].flat();
  if (types.includes('integer') && /^-?(?:0|[1-9]\d*)$/.test(text)) return readJson(text) ?? text;
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function bodyFrom(text: string): Json {
  const json = text.startsWith('@') ? contentOf(text.slice(1)) : text;
  const body = readJson(json);
  if (body === undefined) throw new Mistake('--body is not JSON.');
  return body;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Mistake(`The file ${path} cannot be read.`);
  }
}

/** Where a call goes, and as whom. */
export interface Target {
  readonly api: string;
  readonly token: string;
}

/** Reads TALLY_ZOOM_API and TALLY_ZOOM_TOKEN. Throws a Mistake: a token goes to nobody over an open line. */
export function readTarget(env: NodeJS.ProcessEnv): Target {
  const { TALLY_ZOOM_API: api = zoomClouds.commercial.apiUrl, TALLY_ZOOM_TOKEN: token = '' } = env;
  const url = URL.parse(api);
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(url?.hostname ?? '');
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
  if (!url || !safe || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new Mistake(
      'TALLY_ZOOM_API takes an address such as https://api.zoom.us/v2, or http on this computer.',
    );
  }
  return { api, token };
}
