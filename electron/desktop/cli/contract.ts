import type { Socket } from 'node:net';
import * as z from 'zod';
import { exitCodes } from '../../../shared/exit-codes.ts';

/**
 * What `tally` on the command line and the Tally that runs say to each other: one line of JSON each, the question and the answer.
 * bin/tally of the packages (resources/cli/tally) says it in Perl, and relies on `code` coming first.
 */
export const questionSchema = z.object({
  /** The words of the command, without the program. */
  argv: z.array(z.string()).max(5_000),
  /** The folder that relative paths are in. */
  folder: z.string().optional(),
  /** Whether somebody reads the answer. Where nobody does, what went wrong is shown in the window. */
  terminal: z.boolean(),
});

export const answerSchema = z.object({
  /** What the command ends with: one of `exitCodes`. */
  code: z
    .int()
    .min(0)
    .max(Math.max(...Object.values(exitCodes))),
  /** For stdout and stderr, with the line's end; empty where there is nothing to say. */
  out: z.string(),
  err: z.string(),
});

export type Question = z.infer<typeof questionSchema>;
export type Answer = z.infer<typeof answerSchema>;

/** Most bytes of a line. */
export const longest = { question: 256 * 1024, answer: 1024 * 1024 } as const;

export class TooLong extends Error {}

/** The first line that comes, as it was written; undefined where the other side ends before its end. Throws TooLong. */
export async function readLine(socket: Socket, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const end = chunk.indexOf('\n');
    const part = end < 0 ? chunk : chunk.subarray(0, end);
    length += part.length;
    if (length > most) throw new TooLong();
    chunks.push(part);
    if (end >= 0) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  }
  return undefined;
}

/** What a line says; undefined where it is not JSON of that form. */
export function parseLine<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
