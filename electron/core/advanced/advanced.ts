import { randomUUID } from 'node:crypto';
import {
  type CallAnswer,
  type CallInput,
  type CodeFormat,
  confirmationOf,
  needsConfirmation,
} from '../../../shared/advanced.ts';
import type { Preferences } from '../../../shared/app.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import { type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import { accepted, type FeatureDeps } from '../feature.ts';
import type { Answer } from '../http/answer.ts';
import { createClipboardLease } from '../lib/clipboard-lease.ts';
import type { Clock, Documents } from '../ports.ts';
import type { ZoomInput } from '../zoom/client.ts';
import { type Seen, type Told, tell } from './answer.ts';
import { problemsOf } from './check.ts';
import { codeOf } from './code.ts';
import { currentOf } from './current.ts';
import { createAdvancedFiles } from './files.ts';
import { createHistory } from './history.ts';
import { historyKey } from './history-key.ts';
import { entryFor } from './history-stored.ts';

type AdvancedDeps = Pick<
  FeatureDeps,
  'key' | 'own' | 'clock' | 'zoom' | 'apiUrl' | 'disk' | 'clipboard' | 'calls' | 'changedAtZoom'
> & {
  readonly files: { preferences(): Pick<Preferences, 'keepHistory'> };
  readonly documents: Pick<Documents, 'save'>;
};

interface SendOrder {
  readonly call: string;
  readonly input: CallInput;
  readonly anyway?: boolean;
  readonly confirmed?: string;
}

/**
 * How long after an account was opened its history is indexed and rid of what former versions did not know for secret, in ms.
 */
const cleanAfter = 3 * 60_000;

export type Advanced = ReturnType<typeof createAdvanced>;

/** Any operation of the catalogue by hand. It has no view and no actions: the window asks and is answered. */
export function createAdvanced(deps: AdvancedDeps) {
  const { clock, zoom, own } = deps;
  const files = createAdvancedFiles(deps.disk, randomUUID);
  const history = createHistory(deps.calls, historyKey(deps.key, own.id));
  const lease = createClipboardLease({ clock, clipboard: deps.clipboard });
  const running = new Map<string, AbortController>();
  const answers = createRecentAnswers();
  const ended = new AbortController();
  const leaveUncleaned = clock.setTimeout(() => void history.clean(), cleanAfter);

  const check = (input: CallInput) => problemsOf(input, files.of(input.file));

  function refusal({ call, input, anyway, confirmed }: SendOrder): TallyError | undefined {
    const problems = check(input);
    const problem = problems.find(({ blocks }) => blocks) ?? (anyway ? undefined : problems[0]);
    if (problem) return tallyError('invalid-input', 'This doesn’t fit the call.', { why: problem.message });
    const { text } = confirmationOf(input, own);
    if (needsConfirmation(input) && confirmed !== text) {
      return tallyError('invalid-input', `To send this, “${text}” has to be typed.`);
    }
    return running.has(call) || answers.get(call) ? sentBefore : undefined;
  }

  async function send(order: SendOrder): Promise<Result<CallAnswer>> {
    const { call, input } = order;
    const refused = refusal(order);
    if (refused) return { ok: false, error: refused };
    const aborter = new AbortController();
    running.set(call, aborter);
    const { file: id, operation, path, query, body } = input;
    const file = files.upload(id);
    const tries = watchTries(clock);
    const result = await zoom.call(
      operation,
      { path, query, body, ...(file && { file }) } as ZoomInput<OperationId>,
      { signal: aborter.signal, anyQuery: true, onTry: tries.onTry, onAnswer: tries.onAnswer },
    );
    running.delete(call);
    const told = tell({ call, input, ...tries.seen(), ...(!result.ok && { error: result.error }) });
    answers.add(call, { ...told, operation });
    if (!ended.signal.aborted && deps.files.preferences().keepHistory) {
      void history.add(entryFor(input, told.answer, files.of(id)));
    }
    const { method, group } = operations[operation];
    if (result.ok && method !== 'GET') deps.changedAtZoom(group);
    return { ok: true, value: told.answer };
  }

  async function save(call: string): Promise<Result<boolean>> {
    const entry = answers.get(call) ?? (await history.find(call));
    const http = entry?.answer.http;
    if (!http) return { ok: false, error: noBody };
    const name = `${entry.operation}.${http.form === 'json' ? 'json' : 'txt'}`;
    return deps.documents.save(name, http.body, 'Save the answer');
  }

  return {
    view: () => undefined,
    run: () => accepted,
    refresh() {},
    check,
    send,
    cancel: (call: string) => running.get(call)?.abort(),
    current: (operation: OperationId) => currentOf(operation, zoom, ended.signal),
    code: (input: CallInput, format: CodeFormat) =>
      codeOf(input, format, deps.apiUrl(), files.forCode(input.file)),
    save,
    async copyHidden(call: string, pointer: string): Promise<Result<null>> {
      const secret = answers.get(call)?.hidden.get(pointer);
      if (secret === undefined) return { ok: false, error: notAtHand };
      await lease.copy(secret);
      return accepted;
    },
    offer: files.offer,
    history,
    wake: lease.wake,
    async stop() {
      ended.abort();
      leaveUncleaned();
      for (const aborter of running.values()) aborter.abort();
      answers.clear();
      await Promise.all([lease.stop(), history.settled()]);
    },
  };
}

/** Watches the tries of one call; only the last one counts. */
function watchTries(clock: Clock) {
  let at = clock.now();
  let began = clock.elapsed();
  let ms = 0;
  let came: Seen['came'];
  return {
    onTry() {
      at = clock.now();
      began = clock.elapsed();
      came = undefined;
    },
    onAnswer(answer: Answer, token: string) {
      ms = clock.elapsed() - began;
      came = { answer, token };
    },
    seen: () => ({ at, ms: came ? ms : clock.elapsed() - began, ...(came && { came }) }),
  };
}

type RecentAnswer = Told & { readonly operation: OperationId };

/** So many answers are remembered, and so many characters of bodies; the oldest go first, the newest never. */
const most = { answers: 50, characters: 20_000_000 } as const;

/** What this session remembers of answers, by the id of their call. */
function createRecentAnswers() {
  const answers = new Map<string, RecentAnswer>();

  function fits(): boolean {
    const bodies = [...answers.values()].map(({ answer }) => answer.http?.body.length ?? 0);
    return answers.size <= most.answers && bodies.reduce((sum, length) => sum + length, 0) <= most.characters;
  }

  return {
    get: (call: string) => answers.get(call),
    add(call: string, answer: RecentAnswer): void {
      answers.set(call, answer);
      for (const oldest of answers.keys()) {
        if (oldest === call || fits()) break;
        answers.delete(oldest);
      }
    },
    clear: () => answers.clear(),
  };
}

const sentBefore = tallyError('invalid-input', 'This call was sent already.', { action: 'none' });
const noBody = tallyError('not-found', 'There is no answer to save any more.');
const notAtHand = tallyError('not-found', 'Tally doesn’t have this value any more.', {
  why: 'It is kept only while Tally runs. Send the call again.',
});
