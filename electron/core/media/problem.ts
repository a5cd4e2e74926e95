/** Why a file cannot be used, or not as it is. */
export interface Problem {
  readonly code:
    | 'type'
    | 'empty'
    | 'too-large'
    | 'dimensions'
    | 'damaged'
    | 'bomb'
    | 'encrypted'
    | 'no-video'
    | 'folder'
    | 'not-a-file'
    | 'missing'
    | 'unreadable'
    | 'changed'
    | 'slow'
    | 'crashed'
    | 'cancelled';
  /** One or two plain sentences. */
  readonly words: string;
  /** Why, in another. */
  readonly why?: string;
  /** The first of the words, where it is a video of which another one may be made. */
  readonly remake?: string;
}

/** Whether the same file may well be taken at the next try. */
export function passes({ code }: Problem): boolean {
  return code === 'slow' || code === 'crashed' || code === 'cancelled' || code === 'unreadable';
}

/** Whether the media process ended while it worked on it. */
export const hasCrashed = (cause: unknown) => cause instanceof Refusal && cause.problem.code === 'crashed';

/** Thrown inside `core/media` wherever looking at a file ends early. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(code: Problem['code'], words: string, remake?: string) {
    super(words);
    this.problem = { code, words, ...(remake !== undefined && { remake }) };
  }
}

/** The refusal of a file whose structure does not hold. */
export function damaged(why = 'it isn’t written as its kind should be'): Refusal {
  return new Refusal('damaged', `This file is damaged: ${why}.`);
}

/** The refusal of a file that stops before its structure does. */
export const endsTooEarly = () => damaged('it ends too early');

/** The refusal of a file that is no longer the one that was looked at. */
export const changed = () =>
  new Refusal('changed', 'This file was changed while Tally looked at it. Add it again.');

/** The refusal of a file whose name cannot be handed on, as Electron knows names as text alone. */
export const nameLost = () =>
  new Refusal(
    'unreadable',
    'The name of this file or of its folder isn’t written in UTF-8, so Tally can’t open it. Rename it, then add it again.',
  );

/** What a failed file system call means to a person. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Refusal('missing', 'This file is no longer there.');
    case 'EACCES':
    case 'EPERM':
      return new Refusal('unreadable', 'Tally isn’t allowed to read this file.');
    case 'ELOOP':
      return new Refusal('missing', 'This is a link that leads back to itself.');
    case 'ETIMEDOUT':
      return new Refusal('slow', 'Reading this file takes too long. Copy it to this computer first.');
    case 'EISDIR':
      return new Refusal('folder', 'This is a folder. Choose the files in it.');
    default:
      return new Refusal('unreadable', 'This file couldn’t be read.');
  }
}
