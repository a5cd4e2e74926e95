import { mediaKinds } from '../media.ts';

const names: ReadonlyMap<string, string> = new Map(
  Object.values(mediaKinds).map(({ type, name }) => [type, name]),
);

/** Media types as people call them: "JPG, PNG or GIF". */
export function typeNames(mediaTypes: readonly string[]): string {
  const all = mediaTypes.map((type) => names.get(type) ?? type);
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(all);
}
