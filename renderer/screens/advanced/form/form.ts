import { type CallInput, hiddenText, type Json } from '../../../../shared/advanced.ts';
import { isList, isObject, type JsonObject, valueAt, writeJson } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import type { OperationId } from '../../../../shared/zoom/operations.gen.ts';
import { fieldAt } from './fields.ts';
import { lineAt, placeOf, readJson, type TextProblem } from './json-text.ts';
import { operationOf } from './operation.ts';
import { drop, put } from './pointer.ts';

/**
 * A call as it is being written: one value, which the form shows by its pointers (`/path/userId`, `/body/email`) and the JSON
 * as text. What was not touched is not in it.
 */
export interface FormState {
  readonly operation: OperationId;
  /** What is sent. In place of a password it has `dots`. */
  readonly values: JsonObject;
  /** Passwords by pointer. They are in no text and are never kept. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text is no call (yet): `values` are from before, and nothing can be sent. */
  readonly broken?: TextProblem;
}

type Written = Pick<FormState, 'operation' | 'values' | 'secrets'>;

/** What stands for a password, however long it is. */
export const dots = '••••••••';

const places = ['path', 'query', 'body'];

/** A form with nothing in it but "me" for the user, where that is not dangerous. */
export function blankForm(operation: OperationId): FormState {
  const { me, danger, pathParams } = operationOf(operation);
  const isOwn = me && danger !== 'destructive' && pathParams.includes('userId');
  return formOf({ operation, path: isOwn ? { userId: 'me' } : {}, query: {} });
}

/** The form of a call, such as one of the history. What was secret in it is left out: nobody kept it. */
export function formOf({ operation, path, query, body }: CallInput): FormState {
  const given: JsonObject = {
    ...(Object.keys(path).length > 0 && { path }),
    ...(Object.keys(query).length > 0 && { query }),
    ...(body !== undefined && { body }),
  };
  const values = withoutHidden(operationOf(operation).secrets.reduce<Json | undefined>(drop, given));
  return show({ operation, values: isObject(values) ? values : {}, secrets: {} });
}

function show({ operation, values, secrets }: Written): FormState {
  return { operation, values, secrets, text: writeJson(values, 2) };
}

function withoutHidden(value: Json | undefined): Json | undefined {
  if (value === hiddenText) return undefined;
  const kept = (entry: Json): Json[] => {
    const left = withoutHidden(entry);
    return left === undefined ? [] : [left];
  };
  if (isList(value)) return value.flatMap(kept);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) => kept(entry).map((left) => [name, left])),
  );
}

/** Another value at a pointer, or none (undefined: not sent). While the text is broken it stays as it is: its edits would be lost. */
export function edit(state: FormState, pointer: string, value: Json | undefined): FormState {
  if (state.broken) return state;
  const { operation, values, secrets } = state;
  const write = (shown: Json | undefined, next: FormState['secrets']) => {
    const changed = shown === undefined ? drop(values, pointer) : put(values, pointer, shown);
    return kept({ operation, values: isObject(changed) ? changed : {}, secrets: next });
  };
  if (fieldAt(operationOf(operation).root, pointer)?.kind !== 'secret') return write(value, secrets);
  const { [pointer]: _, ...others } = secrets;
  return typeof value === 'string' && value !== ''
    ? write(dots, { ...others, [pointer]: value })
    : write(value === '' ? undefined : value, others);
}

/** Secrets whose place is gone are forgotten. */
function kept({ operation, values, secrets }: Written): FormState {
  const isThere = (pointer: string) => valueAt(values, pointer) === dots;
  // The same as before where none is gone, so that a form is not drawn anew for it.
  if (Object.keys(secrets).every(isThere)) return show({ operation, values, secrets });
  const there = Object.entries(secrets).filter(([pointer]) => isThere(pointer));
  return show({ operation, values, secrets: Object.fromEntries(there) });
}

/** Another text of the JSON. It stays as it was typed; where it is a call, it is the form's value, too. */
export function editText(state: FormState, text: string): FormState {
  const { operation, values, secrets } = state;
  const broken = (problem: TextProblem): FormState => ({ operation, values, secrets, text, broken: problem });
  const read = readJson(text);
  if (!read.ok) return broken(read.problem);
  const { value } = read;
  const at = (pointer: string, message: string) => {
    const offset = placeOf(text, pointer)?.offset ?? 0;
    return broken({ message, offset, line: lineAt(text, offset) });
  };
  if (!isObject(value)) return at('', t.callIsObject);
  const strange = Object.keys(value).find((key) => !places.includes(key));
  if (strange !== undefined) return at(`/${strange}`, t.noPartOfCall(strange));
  const flat = ['path', 'query'].find((place) => value[place] !== undefined && !isObject(value[place]));
  if (flat !== undefined) return at(`/${flat}`, t.hasToBeObject(flat));
  const open = operationOf(operation).secrets.find((pointer) => {
    const given = valueAt(value, pointer);
    return given !== undefined && !(given === dots && secrets[pointer] !== undefined);
  });
  if (open !== undefined) return at(open, t.passwordInForm);
  return { ...kept({ operation, values: value, secrets }), text };
}

/** Goes back to the text of the form's value, when the text is broken. */
export function mend(state: FormState): FormState {
  return show(state);
}

/** What is sent: exactly what the JSON shows, with passwords in place of their dots. */
export function inputOf({ operation, values, secrets }: FormState, file?: string): CallInput {
  const whole = Object.entries(secrets).reduce<Json>(
    (so, [pointer, secret]) => put(so, pointer, secret),
    values,
  ) as JsonObject;
  const group = (place: string) => (isObject(whole[place]) ? whole[place] : {});
  return {
    operation,
    path: group('path'),
    query: group('query'),
    ...(whole.body !== undefined && { body: whole.body }),
    ...(file !== undefined && { file }),
  };
}
