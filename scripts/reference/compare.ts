import { sameJson } from '../../shared/json.ts';
import { type Facts, type FieldFacts, type Fields, keywords, type OperationFacts } from './facts.ts';
import { parentOf } from './fields.ts';

/** One difference between the catalogue and a reference. */
export interface Difference {
  /** Method and path. */
  readonly operation: string;
  /** Operation, part, place, what is different: for people, and for the patterns of the reasons. */
  readonly line: string;
}

/**
 * What is different, in the catalogue's order and then what it lacks: `missing` is what only Zoom has, `extra` what only the
 * catalogue has. Of fields within fields the innermost are told.
 * @param common errors that any operation may answer, which the catalogue does not repeat
 */
export function compare(ours: Facts, zoom: Facts, common: ReadonlySet<string>): Difference[] {
  const byShape = new Map([...zoom].map(([name, one]) => [shapeOf(name), { name, one }]));
  const differences = [...ours].flatMap(([name, one]) => {
    const theirs = byShape.get(shapeOf(name));
    byShape.delete(shapeOf(name));
    const lines = theirs ? linesOf({ name, one }, theirs, common) : [`operation extra: ${name}`];
    return lines.map((line) => ({ operation: name, line: `${one.id} ${line}` }));
  });
  const missing = [...byShape.values()].map(({ name, one }) => ({
    operation: name,
    line: `${one.id} operation missing: ${name}`,
  }));
  return [...differences, ...missing];
}

/** Method and path whatever its parameters are called. */
const shapeOf = (name: string) => name.replace(/\{[^}]*\}/g, '{}');

interface Named {
  readonly name: string;
  readonly one: OperationFacts;
}

function linesOf(
  { name, one: ours }: Named,
  { name: theirName, one: zoom }: Named,
  common: ReadonlySet<string>,
) {
  return [
    ...valueLine('operation id', ours.id, zoom.id),
    ...valueLine('operation deprecated', ours.deprecated, zoom.deprecated),
    ...valueLine('operation label', ours.label, zoom.label),
    ...valueLine('operation success', ours.success.join(' '), zoom.success.join(' ')),
    ...listLine('operation scopes classic', ours.scopes.classic, zoom.scopes.classic),
    ...listLine('operation scopes granular', ours.scopes.granular, zoom.scopes.granular),
    ...zoom.errors
      .filter((error) => !ours.errors.includes(error) && !common.has(error))
      .map((error) => `error ${error} missing`),
    ...ours.errors.filter((error) => !zoom.errors.includes(error)).map((error) => `error ${error} extra`),
    ...fieldLines('parameter', ours.parameters, zoom.parameters, renamedInPath(name, theirName)),
    ...fieldLines('body', ours.body, zoom.body),
    ...fieldLines('answer', ours.answer, zoom.answer),
  ];
}

/** Parameters of two paths of the same shape that are called otherwise. */
function renamedInPath(ours: string, zoom: string): ReadonlyMap<string, string> {
  const names = (path: string) => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => `path ${name}`);
  const theirs = names(zoom);
  return new Map(
    names(ours).flatMap((name, index) => (name === theirs[index] ? [] : [[name, theirs[index] as string]])),
  );
}

function fieldLines(part: string, ours: Fields, zoom: Fields, known?: ReadonlyMap<string, string>): string[] {
  const extra = innermost(ours).filter((place) => !zoom.has(place));
  const missing = innermost(zoom).filter((place) => !ours.has(place));
  const renamed = new Map([...renames({ ours, extra }, { ours: zoom, extra: missing }), ...(known ?? [])]);
  const news = new Set(renamed.values());
  const lines: [string, string[]][] = [
    ...[...ours].map(([place, said]): [string, string[]] => {
      const theirs = zoom.get(renamed.get(place) ?? place);
      return [place, theirs ? factLines(said, theirs) : []];
    }),
    ...[...renamed].map(([place, name]): [string, string[]] => [place, [`renamed: Zoom ${name}`]]),
    ...extra
      .filter((place) => !renamed.has(place))
      .map((place): [string, string[]] => [place, [`extra: ${told(ours, place)}`]]),
    ...missing
      .filter((place) => !news.has(place))
      .map((place): [string, string[]] => [place, [`missing: ${told(zoom, place)}`]]),
  ];
  return lines
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .flatMap(([place, texts]) => texts.map((text) => `${part} ${place || '(whole)'} ${text}`));
}

/** Fields without fields of their own; of a list of single values only the list. */
function innermost(fields: Fields): string[] {
  const outer = new Set<string>();
  for (const place of fields.keys()) {
    if (place.endsWith('[]')) continue;
    const parent = parentOf(place);
    outer.add(parent);
    outer.add(parent.replace(/(?:\[\])+$/, ''));
  }
  return [...fields.keys()].filter(
    (place) => !outer.has(place) && (place === '[]' || !place.endsWith('[]') || !fields.has(parentOf(place))),
  );
}

interface Leftover {
  readonly ours: Fields;
  readonly extra: readonly string[];
}

/** What only one side has, paired where name and type let one think that it is the same: beside each other, one name in the other. */
function renames(left: Leftover, right: Leftover): Map<string, string> {
  const alike = (a: string, b: string) =>
    parentOf(a) === parentOf(b) &&
    left.ours.get(a)?.type === right.ours.get(b)?.type &&
    (`_${lastOf(a)}_`.includes(`_${lastOf(b)}_`) || `_${lastOf(b)}_`.includes(`_${lastOf(a)}_`));
  const pairs = left.extra.flatMap((a) => right.extra.filter((b) => alike(a, b)).map((b) => [a, b] as const));
  const single = (name: string, index: 0 | 1) => pairs.filter((pair) => pair[index] === name).length === 1;
  return new Map(pairs.filter(([a, b]) => single(a, 0) && single(b, 1)));
}

const lastOf = (place: string) => place.slice(parentOf(place).length).replace(/^\.|^\w+ /, '');

function factLines(ours: FieldFacts, zoom: FieldFacts): string[] {
  return keywords.flatMap((key) => {
    if (key !== 'enum') return valueLine(key, ours[key], zoom[key]);
    if (ours.enum && zoom.enum) return listLine(key, ours.enum.map(text), zoom.enum.map(text));
    return valueLine(key, ours.enum, zoom.enum);
  });
}

function valueLine(what: string, ours: unknown, zoom: unknown): string[] {
  return sameJson(ours, zoom) ? [] : [`${what}: ${text(ours)}, Zoom ${text(zoom)}`];
}

function listLine(what: string, ours: readonly string[], zoom: readonly string[]): string[] {
  const lacks = zoom.filter((one) => !ours.includes(one));
  const more = ours.filter((one) => !zoom.includes(one));
  const parts = [
    ...(lacks.length > 0 ? [`lacks ${lacks.join(' ')}`] : []),
    ...(more.length > 0 ? [`Zoom lacks ${more.join(' ')}`] : []),
  ];
  return parts.length > 0 ? [`${what}: ${parts.join('; ')}`] : [];
}

function text(value: unknown): string {
  if (value === undefined) return 'none';
  if (value === true) return 'yes';
  if (Array.isArray(value)) return value.map(text).join(' ');
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}

/** A field in a few words. */
function told(fields: Fields, place: string): string {
  const { type = 'anything', enum: values, ...rest } = fields.get(place) ?? {};
  const item = fields.get(`${place}[]`)?.type;
  const facts = Object.entries(rest).map(([key, value]) => (value === true ? key : `${key} ${text(value)}`));
  return [
    item === undefined ? type : `${type} of ${item}`,
    ...(values ? [values.length > 10 ? `one of ${values.length} values` : `one of ${text(values)}`] : []),
    ...facts,
  ].join(', ');
}
