import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Difference } from './compare.ts';
import { faultOf, Unreadable } from './unreadable.ts';

const reasons = z.array(
  z.strictObject({
    /** `wanted` stays, `later` goes as the catalogue is brought up to date, of `unknown` nobody knows who is right. */
    kind: z.enum(['wanted', 'later', 'unknown']),
    reason: z.string().min(1),
    /** How many differences it explains, so that a new one beside them is seen. */
    explains: z.number().int().min(1),
    /** Lines as the command prints them, with * for any text. */
    lines: z.array(z.string().min(1)).min(1),
  }),
);

/** Why some differences are there. */
export type Reason = z.infer<typeof reasons>[number];

/** Reads the list of reasons. Throws Unreadable, with the place, where it is not one. */
export function readReasons(text: string): Reason[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new Unreadable(`line ${line}, column ${col}`, fault.code);
  }
  const { data, error } = reasons.safeParse(document.toJS());
  if (!data) throw faultOf(error);
  return data;
}

/** The differences with their reasons, and what is wrong with the list. */
export interface Explained {
  readonly differences: readonly (Difference & { readonly reason: Reason | undefined })[];
  /** How many each reason explains. */
  readonly counts: ReadonlyMap<Reason, number>;
  /** Sentences: a pattern that fits nothing, a reason that explains more or fewer than it says. */
  readonly faults: readonly string[];
}

/** Gives each difference the first reason that fits it. */
export function explain(differences: readonly Difference[], list: readonly Reason[]): Explained {
  const used = new Set<string>();
  const reasoned = differences.map((difference) => {
    for (const reason of list) {
      const pattern = reason.lines.find((line) => fits(line, difference.line));
      if (pattern === undefined) continue;
      used.add(pattern);
      return { ...difference, reason };
    }
    return { ...difference, reason: undefined };
  });
  const counts = new Map(
    list.map((reason) => [reason, reasoned.filter((one) => one.reason === reason).length]),
  );
  const idle = list.flatMap(({ lines }) => lines).filter((line) => !used.has(line));
  return {
    differences: reasoned,
    counts,
    faults: [
      ...idle.map((line) => `This explains nothing any more: ${line}`),
      ...[...counts]
        .filter(([{ explains }, count]) => explains !== count)
        .map(([{ reason, explains }, count]) => `“${reason}” explains ${count}, not ${explains}.`),
    ],
  };
}

/** Whether a pattern, in which * stands for any text, is the whole of a line. */
export function fits(pattern: string, line: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (!line.startsWith(start)) return false;
  const end = rest.pop();
  if (end === undefined) return line === start;
  let from = start.length;
  for (const part of rest) {
    const found = line.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return line.length >= from + end.length && line.endsWith(end);
}
