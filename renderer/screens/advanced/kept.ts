import type { CallAnswer, CallFile } from '../../../shared/advanced.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { type FormState, formOf, inputOf } from './form/form.ts';

/** What came of a call: an answer, or why none was asked for. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: CallAnswer; readonly past?: boolean }
  | { readonly kind: 'refused'; readonly error: TallyError };

/** A call that is under way. */
interface Running {
  readonly call: string;
  /** Epoch ms. */
  readonly since: number;
  readonly done: Promise<Outcome>;
}

interface Kept {
  readonly form?: FormState;
  readonly file?: CallFile | undefined;
  readonly running?: Running | undefined;
  readonly outcome?: Outcome;
}

/** Bodies may be large, so that only so many of the last ones are held. */
const mostOutcomes = 5;

/** What was written, what is under way and what came, by account and operation, for as long as the window lives. It holds no password. */
const works = new Map<string, Kept>();

function name(account: string, operation: OperationId): string {
  return `${account} ${operation}`;
}

export function keptOf(account: string, operation: OperationId): Kept {
  return works.get(name(account, operation)) ?? {};
}

/** Keeps what changed; passwords of a form are left out. */
export function keep(account: string, operation: OperationId, change: Kept): void {
  const key = name(account, operation);
  const kept = { ...works.get(key), ...change };
  works.delete(key);
  works.set(key, change.form ? { ...kept, form: formOf(inputOf(change.form)) } : kept);
  const withOutcome = [...works].filter(([, { outcome }]) => outcome);
  for (const [old, { outcome: _, ...rest }] of withOutcome.slice(0, -mostOutcomes)) works.set(old, rest);
}
