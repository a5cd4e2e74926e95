import { ArrowLeft, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import {
  type CallCurrent,
  type CallFile,
  type CallInput,
  type CallProblem,
  confirmationOf,
  type HistoryEntry,
  needsConfirmation,
} from '../../../shared/advanced.ts';
import { stepsOf } from '../../../shared/json.ts';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { spoken } from '../../../shared/words/language.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { Button } from '../../components/button.tsx';
import type { ConnectedAccount } from '../../lib/accounts.ts';
import { ask } from '../../lib/bridge.ts';
import { toStart } from '../../lib/to-start.ts';
import { AnswerView } from './answer/answer-view.tsx';
import { Choice } from './choice.tsx';
import { CodeMenu } from './code-menu.tsx';
import { ConfirmSend } from './confirm-send.tsx';
import { FormContext, type FormContextValue, fieldId } from './form/context.ts';
import { FileField } from './form/file-field.tsx';
import { blankForm, edit, editText, type FormState, formOf, inputOf, mend } from './form/form.ts';
import { FormFields } from './form/form-fields.tsx';
import { JsonEditor } from './form/json-editor.tsx';
import { leafCount, operationOf } from './form/operation.ts';
import { placeOfProblem, problemsByPlace, tellable } from './form/problems.ts';
import { keep, keptOf } from './kept.ts';
import { OperationHead } from './operation-head.tsx';
import { SendBar } from './send-bar.tsx';
import { useCall } from './use-call.ts';
import { panes, usePane } from './use-pane.ts';
import { useProblems } from './use-problems.ts';

interface OperationViewProps {
  readonly account: ConnectedAccount;
  readonly id: OperationId;
  /** A call of the past that is opened again. */
  readonly past: HistoryEntry | undefined;
  /** It was opened just now, and not with the screen. */
  readonly takesFocus: boolean;
  readonly onBack: () => void;
  /** A call is over. */
  readonly onSent: () => void;
}

/** From so many fields on, groups of a form are folded at first. */
const large = 60;

const sides = { form: t.form, json: t.json } as const;

/** One operation: what it is, the call to be sent, and what came of it. */
export function OperationView({ account, id, past, takesFocus, onBack, onSent }: OperationViewProps) {
  const operation = operationOf(id);
  const kept = keptOf(account.key, id);
  const [form, setForm] = useState<FormState>(() =>
    past ? formOf(past.input) : (kept.form ?? blankForm(id)),
  );
  const [file, setFile] = useState<CallFile | undefined>(past ? undefined : kept.file);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState<CallInput>();
  const [anyway, setAnyway] = useState(false);
  // Which of the two is seen where there is no room for both.
  const [side, setSide] = useState<keyof typeof sides>('form');
  const title = useRef<HTMLHeadingElement>(null);
  const json = useRef<HTMLTextAreaElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const { running, outcome, show, send, cancel } = useCall(account.key, id);
  const [pane, setPane] = usePane(outcome, answer);
  const current = useCurrent(id);
  const isFixed = form.broken !== undefined;
  const input = useMemo(() => inputOf(form, file?.id), [form, file]);
  const { problems, checked, look } = useProblems(isFixed ? undefined : input);
  const told = useMemo(
    () => (isFixed ? [] : tellable(problems, checked, form.values, tried)),
    [problems, checked, form.values, tried, isFixed],
  );
  const byPlace = useMemo(() => problemsByPlace(told), [told]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is opened
  useEffect(() => {
    if (past) show({ kind: 'answer', answer: past.answer, past: true });
    if (!takesFocus) return;
    title.current?.focus({ preventScroll: true });
    toStart(title.current);
  }, []);
  useEffect(() => keep(account.key, id, { form, file }), [account.key, id, form, file]);

  const context = useMemo<FormContextValue>(
    () => ({
      edit: (pointer, value) => setForm((so) => edit(so, pointer, value)),
      isFixed,
      isLarge: leafCount(operation.root) > large,
    }),
    [isFixed, operation],
  );

  const go = async (of: CallInput, how: { anyway: boolean; confirmed?: string }) => {
    setAsking(undefined);
    setTried(false);
    const worked = await send(of, {
      ...(how.anyway && { anyway: true }),
      ...(how.confirmed !== undefined && { confirmed: how.confirmed }),
    });
    // A password is held no longer than it is needed.
    if (worked) setForm((so) => (Object.keys(so.secrets).length > 0 ? formOf(inputOf(so)) : so));
    onSent();
  };
  // A second press, before the first is seen to be under way, would send it twice.
  const busy = useRef(false);
  const onSend = async (goAnyway: boolean) => {
    if (running || busy.current) return;
    busy.current = true;
    await check(goAnyway);
    busy.current = false;
  };
  const check = async (goAnyway: boolean) => {
    if (form.broken) {
      setPane('request');
      setSide('json');
      requestAnimationFrame(() => json.current?.focus());
      return;
    }
    const found = await look(input);
    const stops = found.filter(({ blocks }) => blocks || !goAnyway);
    if (stops.length > 0) {
      setTried(true);
      setPane('request');
      setSide('form');
      return arriveAt(stops.find(({ blocks }) => blocks) ?? stops[0]);
    }
    setAnyway(goAnyway);
    if (needsConfirmation(input)) return setAsking(input);
    await go(input, { anyway: goAnyway });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || asking) return;
    event.preventDefault();
    void onSend(false);
  };
  const blocking = told.filter(({ blocks }) => blocks).length;
  const target = asking && confirmationOf(asking, account);
  const hidesRequest = pane === 'answer' ? '@max-[41rem]/view:hidden' : '';
  const hidesAnswer = pane === 'request' ? '@max-[41rem]/view:hidden' : '';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter sends from wherever one is in it
    <div onKeyDown={onKey} className="@container/view">
      <div className="flex min-w-0 flex-col gap-4 @[41rem]/view:grid @[41rem]/view:grid-cols-2 @[41rem]/view:items-start @[41rem]/view:gap-6">
        {/* Where both stand below each other, the bar that sends is the last of all, and stays in view with either. Until there is an answer, the request has the room of both. */}
        <div
          className={`@[41rem]/view:@container/request flex min-w-0 flex-col gap-4 @max-[41rem]/view:contents ${outcome ? '' : '@[41rem]/view:col-span-2'}`}
        >
          <div className="-mb-2 -ml-2 min-[52rem]:hidden">
            <Button look="quiet" icon={ArrowLeft} onPress={onBack}>
              {t.allOperations}
            </Button>
          </div>
          {outcome && (
            <div className="@[41rem]/view:hidden">
              <Choice isWide label={t.part} choices={panes} chosen={pane} onChoose={setPane} />
            </div>
          )}
          <OperationHead operation={operation} account={account} isBrief={pane === 'answer'} ref={title}>
            <CodeMenu input={inputOf({ ...form, secrets: {} }, file?.id)} />
            <Button
              look="quiet"
              icon={RotateCcw}
              aria-label={t.reset}
              onPress={() => {
                setForm(blankForm(id));
                setFile(undefined);
                setTried(false);
              }}
            />
          </OperationHead>
          <div className={`${hidesRequest} @[41rem]/request:hidden`}>
            <Choice label={t.view} choices={sides} chosen={side} onChoose={setSide} />
          </div>
          <FormContext value={context}>
            <div
              className={`${hidesRequest} grid min-w-0 grid-cols-1 gap-4 @[41rem]/request:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]`}
            >
              <section
                aria-label={t.form}
                onFocus={() => setSide('form')}
                className={`flex min-w-0 flex-col gap-3 ${side === 'form' ? '' : '@max-[41rem]/view:hidden @max-[41rem]/request:hidden'}`}
              >
                {operation.file && (
                  <FileField
                    wanted={operation.file}
                    file={file}
                    former={past?.file?.name}
                    problems={byPlace.get('/file')}
                    onFile={setFile}
                  />
                )}
                <FormFields form={form} current={current} problems={byPlace} />
              </section>
              <section
                aria-label={t.json}
                // It stays where the answer takes the room of one of them.
                onFocus={() => setSide('json')}
                className={`flex min-w-0 flex-col gap-1.5 @[41rem]/request:sticky @[41rem]/request:top-4 @[41rem]/request:self-start ${side === 'json' ? '' : '@max-[41rem]/view:hidden @max-[41rem]/request:hidden'}`}
              >
                <h3 className="font-semibold text-muted text-xs @max-[41rem]/request:hidden">
                  {t.sameAsJson}
                </h3>
                <JsonEditor
                  ref={json}
                  form={form}
                  problems={byPlace}
                  onText={(text) => setForm((so) => editText(so, text))}
                  onMend={() => setForm(mend)}
                />
              </section>
            </div>
          </FormContext>
          <SendBar
            running={running}
            word={wordOf(form, told, blocking)}
            canAnyway={!form.broken && told.length > 0 && blocking === 0}
            isDangerous={needsConfirmation(input)}
            isAside={pane === 'answer'}
            onSend={onSend}
            onCancel={cancel}
          />
        </div>
        <div
          ref={answer}
          tabIndex={-1}
          className={`${hidesAnswer} min-w-0 scroll-mt-4 outline-none @[41rem]/view:sticky @[41rem]/view:top-4`}
        >
          {outcome && (
            <AnswerView
              key={outcome.kind === 'answer' ? outcome.answer.call : 'refused'}
              outcome={outcome}
              isRunning={running !== undefined}
              onAgain={() => void onSend(anyway)}
              onNext={(next) => {
                setForm(formOf(next));
                void go(next, { anyway });
              }}
            />
          )}
        </div>
      </div>
      {asking && target && (
        <ConfirmSend
          title={operation.title}
          help={operation.help}
          text={target.text}
          isOneself={target.oneself}
          onClose={() => setAsking(undefined)}
          onSend={() => void go(asking, { anyway, confirmed: target.text })}
        />
      )}
    </div>
  );
}

/** The account's present values for an operation, as far as main has a way to read them. */
function useCurrent(operation: OperationId): CallCurrent | undefined {
  const [current, setCurrent] = useState<CallCurrent>();
  useEffect(() => {
    let over = false;
    void ask(window.tally.advanced.current({ operation })).then((result) => {
      if (!over && result.ok) setCurrent(result.value);
    });
    return () => {
      over = true;
    };
  }, [operation]);
  return useDeferredValue(current);
}

function wordOf(form: FormState, told: readonly CallProblem[], blocking: number): string | undefined {
  if (form.broken) return t.jsonBroken(form.broken.line);
  const [first] = told.filter(({ blocks }) => blocks || blocking === 0);
  if (!first) return undefined;
  const count = blocking > 0 ? blocking : told.length;
  const name = stepsOf(first.pointer).at(-1);
  return `${name === undefined ? '' : `${name}: `}${spoken(first.message)}${count > 1 ? ` ${t.andMore(count - 1)}` : ''}`;
}

/** Puts the focus on what is wrong. What is folded opens by its problem first. */
function arriveAt(problem: CallProblem | undefined): void {
  if (!problem) return;
  requestAnimationFrame(() => {
    const place = placeOfProblem(problem);
    const field =
      document.getElementById(fieldId(place)) ??
      // All of the body, say: the first field of it.
      document.querySelector<HTMLElement>(`[data-field^="${place}/"] :is(input, select, textarea)`);
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  });
}
