import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../shared/json.ts';

/** An answer of a real account, rebuilt: its shape and oddities are as recorded, people and numbers are invented. */
export interface Recorded {
  readonly name: string;
  /** What was recorded, and where it is public. */
  readonly origin: string;
  /** When, as `2025-11`. */
  readonly date: string;
  /** What is odd about it, which a change must not take away. */
  readonly keeps: string;
  /** An operation of the catalogue, or `token` and `authorize` of the sign-in. */
  readonly operation: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** The body as it came, with every digit of its numbers. */
  readonly text: string;
}

const folder = fileURLToPath(new URL('../fixtures/zoom/answers/', import.meta.url));

/** All of them, by name. */
export const recorded: ReadonlyMap<string, Recorded> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      const whole = readFileSync(`${folder}${file}`, 'utf8');
      const text = whole.slice(whole.indexOf('"body":') + '"body":'.length, whole.lastIndexOf('}')).trim();
      return [name, { name, ...(JSON.parse(whole) as Omit<Recorded, 'name' | 'text'>), text }];
    }),
);

/** One of them; throws where there is none of that name. */
export function recordedAs(name: string): Recorded {
  const found = recorded.get(name);
  if (!found) throw new Error(`No answer is recorded as ${name}`);
  return found;
}

/** Those of an operation. */
export function recordedOf(operation: string): readonly Recorded[] {
  return [...recorded.values()].filter((one) => one.operation === operation);
}
