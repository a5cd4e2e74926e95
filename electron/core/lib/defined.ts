type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without its undefined entries, which `exactOptionalPropertyTypes` does not take for absent ones. */
export function defined<T extends object>(from: T): Defined<T> {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as Defined<T>;
}
