import type { CallCurrent, Json } from '../../../shared/advanced.ts';
import type { Result } from '../../../shared/errors.ts';
import { isObject, readJson, stepsOf } from '../../../shared/json.ts';
import { catalogue, resolve, type Schema } from '../../../shared/zoom/catalogue.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { hasToken } from '../../../shared/zoom/secrets.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { itemsOf, propertiesOf } from './schema.ts';

/**
 * The account's own present values for an operation: those of its fields and parameters that another operation tells, as
 * the catalogue has it. Nothing secret is among them.
 */
export async function currentOf(
  id: OperationId,
  zoom: Pick<ZoomClient, 'call'>,
  signal: AbortSignal,
): Promise<Result<CallCurrent>> {
  const { current, body } = catalogue.operations[id];
  if (!current) return { ok: true, value: { path: {}, query: {} } };
  let came: Uint8Array | null = null;
  const answer = await zoom.call(current.of, {}, { signal, onAnswer: ({ body }) => (came = body) });
  if (!answer.ok) return answer;
  // Read again: what the client gives has large integers rounded.
  const data = (came && readJson(new TextDecoder().decode(came))) ?? null;
  const taken = body ? taking(body, data) : undefined;
  return {
    ok: true,
    value: {
      path: parametersOf(current.path, data, ([first]) => first),
      // Zoom's list parameters are texts with commas.
      query: parametersOf(current.query, data, (values) => values.join(',')),
      ...(taken !== undefined && { body: taken }),
    },
  };
}

function parametersOf(
  pointers: Readonly<Record<string, string>> = {},
  data: Json,
  join: (values: readonly Json[]) => Json | undefined,
): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const [name, pointer] of Object.entries(pointers)) {
    const values = stepsOf(pointer).reduce(stepInto, [data]);
    const value = join(values);
    if (values.length > 0 && value !== undefined) found[name] = value;
  }
  return found;
}

function stepInto(values: readonly Json[], step: string): readonly Json[] {
  return values.flatMap((value): readonly Json[] => {
    if (step === '*') return Array.isArray(value) ? value : [];
    const next = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    return next === undefined ? [] : [next];
  });
}

/** What of a value an operation takes; undefined where nothing is left. */
function taking(schema: Schema, value: Json): Json | undefined {
  const { format, type } = resolve(schema);
  if (format === 'password' || (value === null && !type?.includes('null'))) return undefined;
  // A link with a passcode would stand in the form, and in the code that is copied from it.
  if (typeof value === 'string' && hasToken(value)) return undefined;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return items ? value.flatMap((entry: Json) => taking(items, entry) ?? []) : value;
  }
  const properties = propertiesOf(schema);
  if (!isObject(value) || !properties) return value;
  const entries = Object.entries(value).flatMap(([name, entry]): [string, Json][] => {
    const property = properties.get(name);
    const taken = property && taking(property, entry);
    return taken === undefined ? [] : [[name, taken]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
