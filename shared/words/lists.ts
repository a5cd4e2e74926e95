import { common } from './en/common.ts';

/** Names of which any one will do: "a or b or c". Empty for none. */
export function anyOf(names: readonly string[]): string {
  const [first = '', ...others] = names;
  return others.reduce((said, name) => common.either(said, name), first);
}
