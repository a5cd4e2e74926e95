import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CallAnswer, CallInput } from '../../../../shared/advanced.ts';
import type { TallyError } from '../../../../shared/errors.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { retryWord } from '../../../../shared/words/retry.ts';
import { sizeWords } from '../../../../shared/words/sizes.ts';
import { Button } from '../../../components/button.tsx';
import { PermissionNeeded } from '../../../components/permission-needed.tsx';
import { useRun } from '../../../lib/actions.ts';
import { clockTime } from '../../../lib/time.ts';
import { useNow } from '../../../lib/use-now.ts';
import type { Outcome } from '../kept.ts';
import { elapsedWords } from '../words.ts';
import { BodyView } from './body-view.tsx';
import { HiddenValues } from './hidden-values.tsx';

interface AnswerViewProps {
  readonly outcome: Outcome;
  readonly isRunning: boolean;
  readonly onAgain: () => void;
  readonly onNext: (input: CallInput) => void;
}

/** What came of a call: how it went, why, and all that Zoom sent. */
export function AnswerView({ outcome, isRunning, onAgain, onNext }: AnswerViewProps) {
  const error = outcome.kind === 'answer' ? outcome.answer.error : outcome.error;
  const answer = outcome.kind === 'answer' ? outcome.answer : undefined;
  const isPast = outcome.kind === 'answer' && outcome.past === true;
  return (
    <section
      aria-label={t.answer}
      className={`flex min-w-0 flex-col gap-4 rounded-2xl border border-line bg-surface p-4 ${isRunning ? 'opacity-60' : ''}`}
    >
      <Head answer={answer} error={error} isPast={isPast} />
      {error && (
        <Trouble error={error} meanings={answer?.meanings ?? []} isRunning={isRunning} onAgain={onAgain} />
      )}
      {answer && <Facts answer={answer} />}
      {answer && !isPast && <HiddenValues answer={answer} />}
      {answer?.http && answer.http.form !== 'empty' && (
        <BodyView http={answer.http} call={answer.call}>
          {answer.next && (
            <Button isDisabled={isRunning} onPress={() => answer.next && onNext(answer.next)}>
              {t.nextPage}
            </Button>
          )}
        </BodyView>
      )}
    </section>
  );
}

interface HeadProps {
  readonly answer: CallAnswer | undefined;
  readonly error: TallyError | undefined;
  readonly isPast: boolean;
}

function Head({ answer, error, isPast }: HeadProps) {
  const now = useNow(false);
  const http = answer?.http;
  const Icon = error ? CircleAlert : CircleCheck;
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h3 className="flex items-center gap-2 font-semibold text-base">
        <Icon className={`size-5 shrink-0 ${error ? 'text-danger' : 'text-[var(--green)]'}`} />
        {http ? `${http.status} ${http.phrase}` : answer ? t.noAnswer : t.notSent}
      </h3>
      {!error && http?.form === 'empty' && <p>{t.nothingToShow}</p>}
      {answer && (
        <p className="text-muted text-xs tabular-nums">
          {[
            elapsedWords(answer.ms),
            ...(http ? [sizeWords(http.size)] : []),
            ...(isPast ? [t.fromTime(clockTime(answer.at, now))] : []),
          ].join(', ')}
        </p>
      )}
    </div>
  );
}

interface TroubleProps {
  readonly error: TallyError;
  readonly meanings: readonly string[];
  readonly isRunning: boolean;
  readonly onAgain: () => void;
}

/** What went wrong, why, what the code means for this operation, and what helps. */
function Trouble({ error, meanings, isRunning, onAgain }: TroubleProps) {
  const run = useRun();
  const code = error.zoom?.code;
  const word = retryWord(error);
  return (
    <div role="alert" className="selectable flex flex-col gap-2 border-danger border-l-2 pl-3">
      <p className="font-medium">{spoken(error.what)}</p>
      {error.why && <p className="text-muted">{spoken(error.why)}</p>}
      {meanings.length > 0 && (
        <div className="text-muted">
          <p>
            {code !== undefined && code !== null
              ? t.codeMeans(code, meanings.length)
              : t.messageMeans(meanings.length)}
          </p>
          <ul className="list-disc pl-5">
            {meanings.map((meaning) => (
              <li key={meaning}>{spoken(meaning)}</li>
            ))}
          </ul>
        </div>
      )}
      {error.zoom && error.zoom.fields.length > 0 && (
        <ul className="list-disc pl-5 text-muted">
          {error.zoom.fields.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code className="font-mono text-xs">{field}</code>: {message}
            </li>
          ))}
        </ul>
      )}
      {error.scopes && error.scopes.length > 0 && <PermissionNeeded look="part" scopes={error.scopes} />}
      {word && (
        <div>
          <Button
            isDisabled={isRunning}
            onPress={() => (error.action === 'sign-in' ? run({ type: 'account.reconnect' }) : onAgain())}
          >
            {word}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What came beside the body. */
function Facts({ answer }: { readonly answer: CallAnswer }) {
  const { limits, trackingId, http } = answer;
  return (
    <div className="flex flex-col gap-1 text-xs">
      <dl className="selectable grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        {limits && (
          <Fact name={t.rateLimit}>
            {limits.label}
            {limits.remaining !== null &&
              `, ${(limits.type === 'daily' ? t.leftToday : t.leftThisSecond)(limits.remaining, limits.limit)}`}
          </Fact>
        )}
        {trackingId && (
          <Fact name={t.trackingId}>
            <span className="font-mono">{trackingId}</span>
          </Fact>
        )}
      </dl>
      {http && http.headers.length > 0 && (
        <details>
          <summary className="min-h-6 w-fit rounded-md py-1 pr-2 text-muted">
            {t.headers(http.headers.length)}
          </summary>
          <dl className="selectable grid grid-cols-1 gap-x-3 gap-y-0.5 font-mono sm:grid-cols-[auto_minmax(0,1fr)]">
            {http.headers.map(([name, value], at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice
              <div key={`${at} ${name}`} className="contents">
                <dt className="text-muted [overflow-wrap:anywhere]">{name}</dt>
                <dd className="pb-1 [overflow-wrap:anywhere] sm:pb-0">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
