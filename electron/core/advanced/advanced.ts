import { randomUUID } from 'node:crypto';
import {
  type CallAnswer,
  type CallCurrent,
  type CallFile,
  type CallInput,
  type CallProblem,
  type CodeFormat,
  confirmationOf,
  needsConfirmation,
} from '../../../shared/advanced.ts';
import type { Preferences } from '../../../shared/app.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import { type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import { accepted, type Feature, type FeatureDeps } from '../feature.ts';
import { createClipboardLease } from '../lib/clipboard-lease.ts';
import type { Documents } from '../ports.ts';
import type { ZoomInput } from '../zoom/client.ts';
import { type Seen, type Told, tell } from './answer.ts';
import { problemsOf } from './check.ts';
import { codeOf } from './code.ts';
import { currentOf } from './current.ts';
import { createAdvancedFiles } from './files.ts';
import { createHistory, type History } from './history.ts';
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

/** Any operation of the catalogue by hand. It has no view and no actions: the window asks and is answered. */
export interface Advanced extends Feature<never, never> {
  check(input: CallInput): readonly CallProblem[];
  send(order: SendOrder): Promise<Result<CallAnswer>>;
  cancel(call: string): void;
  current(operation: OperationId): Promise<Result<CallCurrent>>;
  code(input: CallInput, format: CodeFormat): Result<string>;
  save(call: string): Promise<Result<boolean>>;
  copyHidden(call: string, pointer: string): Promise<Result<null>>;
  /** Looks at a file that is to be sent; null where it is none that can be read. */
  offer(path: string): Promise<CallFile | null>;
  readonly history: Pick<History, 'list' | 'get' | 'remove'>;
}

/** What this session remembers of answers: so many, and so many characters of bodies; the oldest go first. */
const remembered = { answers: 50, characters: 20_000_000 } as const;

export function createAdvanced(deps: AdvancedDeps): Advanced {
  const { clock, zoom, own } = deps;
  const files = createAdvancedFiles(deps.disk, randomUUID);
  const history = createHistory(deps.calls, historyKey(deps.key, own.id));
  const lease = createClipboardLease({ clock, clipboard: deps.clipboard });
  const running = new Map<string, AbortController>();
  const answers = new Map<string, Told & { readonly operation: OperationId }>();
  const ended = new AbortController();

  const check = (input: CallInput) => problemsOf(input, files.of(input.file));

  function refusal({ call, input, anyway, confirmed }: SendOrder): TallyError | undefined {
    const problems = check(input);
    const problem = problems.find(({ blocks }) => blocks) ?? (anyway ? undefined : problems[0]);
    if (problem) return tallyError('invalid-input', 'This does not fit the call.', { why: problem.message });
    const { text } = confirmationOf(input, own);
    if (needsConfirmation(input) && confirmed !== text) {
      return tallyError('invalid-input', `To send this, “${text}” has to be typed.`);
    }
    return running.has(call) || answers.has(call) ? sentBefore : undefined;
  }

  async function send(order: SendOrder): Promise<Result<CallAnswer>> {
    const { call, input } = order;
    const refused = refusal(order);
    if (refused) return { ok: false, error: refused };
    const aborter = new AbortController();
    running.set(call, aborter);
    const { file: id, operation } = input;
    const file = files.upload(id);
    let at = clock.now();
    let began = clock.elapsed();
    let ms = 0;
    let came: Seen['came'];
    const result = await zoom.call(
      operation,
      {
        path: input.path,
        query: input.query,
        body: input.body,
        ...(file && { file }),
      } as ZoomInput<OperationId>,
      {
        signal: aborter.signal,
        onTry() {
          at = clock.now();
          began = clock.elapsed();
          came = undefined;
        },
        onAnswer(answer, token) {
          ms = clock.elapsed() - began;
          came = { answer, token };
        },
      },
    );
    running.delete(call);
    const told = tell({
      call,
      input,
      at,
      ms: came ? ms : clock.elapsed() - began,
      ...(came && { came }),
      ...(!result.ok && { error: result.error }),
    });
    remember(call, { ...told, operation });
    if (!ended.signal.aborted && deps.files.preferences().keepHistory) {
      void history.add(entryFor(input, told.answer, files.of(id)));
    }
    const { method, group } = operations[operation];
    if (result.ok && method !== 'GET') deps.changedAtZoom(group);
    return { ok: true, value: told.answer };
  }

  function remember(call: string, told: Told & { operation: OperationId }): void {
    answers.set(call, told);
    const length = () =>
      [...answers.values()].reduce((sum, { answer }) => sum + (answer.http?.body.length ?? 0), 0);
    for (const oldest of answers.keys()) {
      const fits = answers.size <= remembered.answers && length() <= remembered.characters;
      if (fits || oldest === call) break;
      answers.delete(oldest);
    }
  }

  async function save(call: string): Promise<Result<boolean>> {
    const recent = answers.get(call);
    const kept = recent ?? (await entryOf(call));
    const http = kept?.answer.http;
    if (!kept || !http) return { ok: false, error: noBody };
    const { id } = operations[kept.operation];
    return deps.documents.save(
      `${id}.${http.form === 'json' ? 'json' : 'txt'}`,
      http.body,
      'Save the answer',
    );
  }

  async function entryOf(call: string) {
    const entry = await history.get(call);
    return entry.ok ? entry.value : undefined;
  }

  return {
    view: () => undefined,
    run: () => accepted,
    refresh() {},
    check,
    send,
    cancel: (call) => running.get(call)?.abort(),
    current: (operation) => currentOf(operation, zoom, ended.signal),
    code: (input, format) => codeOf(input, format, deps.apiUrl(), files.forCode(input.file)),
    save,
    async copyHidden(call, pointer) {
      const secret = answers.get(call)?.hidden.get(pointer);
      if (secret === undefined) return { ok: false, error: notAtHand };
      await lease.copy(secret);
      return { ok: true, value: null };
    },
    offer: files.offer,
    history,
    wake: lease.wake,
    async stop() {
      ended.abort();
      for (const aborter of running.values()) aborter.abort();
      answers.clear();
      await Promise.all([lease.stop(), history.settled()]);
    },
  };
}

const sentBefore = tallyError('invalid-input', 'This call was sent already.', { action: 'none' });
const noBody = tallyError('not-found', 'There is no answer to save any more.');
const notAtHand = tallyError('not-found', 'Tally does not have this value any more.', {
  why: 'It is kept only while Tally runs. Send the call again.',
});
