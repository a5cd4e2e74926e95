import * as z from 'zod';

/** Longest path and longest argument that are taken, in characters; most arguments. */
export const longestCommandField = 1_000;
export const mostArguments = 50;

/** The person's program that is told of each change of the status, and its arguments. */
export interface Command {
  /** Its absolute path; empty where none was chosen yet. */
  readonly program: string;
  readonly args: readonly string[];
}

/** Why a program did not do what it was started for. */
export type CommandFailure =
  /** `path`: it was chosen, and Tally takes no such path. */
  | { readonly kind: 'slow' | 'path' }
  | { readonly kind: 'missing' | 'not-executable' | 'not-started' }
  /** What it wrote last to its standard error, without secrets, at most 2,000 characters. */
  | { readonly kind: 'exit'; readonly code: number; readonly said: string }
  | { readonly kind: 'signal'; readonly signal: string; readonly said: string };

/** Whether the desktop's do not disturb follows the status. */
export interface QuietView {
  readonly on: boolean;
  /** This system lets nobody switch it; the desktop does not, or has none; it did not take the last change. */
  readonly problem?: 'never' | 'untold' | 'refused';
}

export interface OutwardsView extends Command {
  readonly quiet: QuietView;
  readonly on: boolean;
  /** How it failed the last time, and when (epoch ms). */
  readonly failed?: CommandFailure & { readonly at: number };
}

/** One line that can be seen: what is asked about is what is run. */
const line = /^(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d])*$/u;

export const commandFields = () => {
  const text = z.string().max(longestCommandField).regex(line);
  return { program: text.min(1), args: z.array(text).max(mostArguments) };
};

/**
 * `outwards.quiet`: the desktop's do not disturb follows the status. `outwards.command` is another command, and `outwards.choose` asks for its program by the system's dialog. Whatever is to be run,
 * main asks the person about by a dialog of the system's first.
 */
export const outwardsActions = () =>
  [
    z.strictObject({ type: z.literal('outwards.on'), on: z.boolean() }),
    z.strictObject({ type: z.literal('outwards.quiet'), on: z.boolean() }),
    z.strictObject({ type: z.literal('outwards.command'), ...commandFields() }),
    z.strictObject({ type: z.literal('outwards.choose') }),
  ] as const;

export type OutwardsAction = z.infer<ReturnType<typeof outwardsActions>[number]>;
