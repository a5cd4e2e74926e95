import { type Ref, useMemo, useRef, useState } from 'react';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { Button } from '../../../components/button.tsx';
import { sentence } from '../../../lib/sentence.tsx';
import type { FormState } from './form.ts';
import { placeOf } from './json-text.ts';
import type { Problems } from './problems.ts';

interface JsonEditorProps {
  readonly form: FormState;
  readonly problems: Problems;
  readonly onText: (text: string) => void;
  /** Back to what the form has, when the text is broken. */
  readonly onMend: () => void;
  readonly ref: Ref<HTMLTextAreaElement>;
}

/** Most lines that it is high; more are scrolled. */
const mostLines = 28;
/** Of a line, in px. */
const lineHeight = 20;

/** The call as JSON, with what is wrong at its lines. */
export function JsonEditor({ form, problems, onText, onMend, ref }: JsonEditorProps) {
  const area = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const { text, broken } = form;
  const marks = useMemo(
    () =>
      [...problems].flatMap(([pointer, list]) => {
        const place = broken ? undefined : placeOf(text, pointer);
        return place ? list.map(({ message }) => ({ ...place, pointer, message })) : [];
      }),
    [problems, text, broken],
  );
  const lines = text.split('\n').length;
  const height = Math.min(Math.max(lines, 4), mostLines) * lineHeight + 16;
  const bad = new Set(broken ? [broken.line] : marks.map(({ line }) => line));
  const select = (offset: number, length: number) => {
    const field = area.current?.querySelector('textarea');
    field?.focus();
    field?.setSelectionRange(offset, offset + length);
  };
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div
        ref={area}
        className={`flex overflow-hidden rounded-lg border bg-surface ${broken || marks.length > 0 ? 'border-danger' : 'border-edge'}`}
      >
        <div
          aria-hidden="true"
          style={{ height }}
          className="w-10 shrink-0 select-none overflow-hidden bg-sunken py-2 text-right font-mono text-muted text-xs"
        >
          <div style={{ transform: `translateY(${-top}px)` }}>
            {Array.from({ length: lines }, (_, at) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
                key={at}
                style={{ height: lineHeight, lineHeight: `${lineHeight}px` }}
                className={`pr-2 tabular-nums ${bad.has(at + 1) ? 'bg-danger font-semibold text-surface' : ''}`}
              >
                {at + 1}
              </div>
            ))}
          </div>
        </div>
        <textarea
          ref={ref}
          aria-label={t.callAsJson}
          aria-invalid={broken !== undefined || marks.length > 0}
          aria-describedby="json-problems"
          value={text}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onText(event.target.value)}
          onScroll={(event) => setTop(event.currentTarget.scrollTop)}
          style={{ height, lineHeight: `${lineHeight}px` }}
          className="selectable min-w-0 flex-1 resize-none whitespace-pre bg-surface px-3 py-2 font-mono text-xs focus-visible:-outline-offset-2"
        />
      </div>
      <div id="json-problems" aria-live="polite" className="flex flex-col gap-1 text-xs empty:hidden">
        {broken && (
          <>
            <p className="text-danger">{t.lineProblem(broken.line, broken.message)}</p>
            <p className="text-muted">{t.untilFixed}</p>
            <div className="flex flex-wrap gap-2">
              <Button onPress={() => select(broken.offset, 0)}>{t.goToLine(broken.line)}</Button>
              <Button look="quiet" onPress={onMend}>
                {t.backToForm}
              </Button>
            </div>
          </>
        )}
        {marks.map(({ pointer, message, line, offset, length }) => (
          <button
            key={`${pointer} ${message}`}
            type="button"
            onClick={() => select(offset, length)}
            className="rounded-md text-left text-danger underline decoration-transparent underline-offset-2 hover:decoration-current [overflow-wrap:anywhere]"
          >
            {sentence(
              (place) => t.placeProblem(line, place, message),
              <code className="font-mono">{pointer}</code>,
            )}
          </button>
        ))}
      </div>
    </div>
  );
}
