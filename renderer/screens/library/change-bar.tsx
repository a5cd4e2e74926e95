import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { LibraryView } from '../../../shared/library.ts';
import { common } from '../../../shared/words/en/common.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBar, ErrorWords } from '../../components/error-bar.tsx';
import { useRun } from '../../lib/actions.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { changeWords, doneWords } from './words.ts';

/** What is being put up, was, or could not be: always in view, whatever part of the backgrounds is shown. */
export function ChangeBar({ view }: { readonly view: LibraryView }) {
  const run = useRun();
  const area = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const { change, done, problem } = view;
  useFocusBack(area, words, `${change?.phase} ${done?.title} ${problem?.what}`);
  return (
    <div ref={area} className="flex flex-col gap-3 empty:hidden">
      {problem && <ErrorBar error={problem} onDismiss={() => run({ type: 'library.dismiss' })} />}
      {change && (
        <Line label={t.puttingUpLabel} words={<Words ref={words}>{changeWords(change)}</Words>}>
          {change.error && (
            <div role="alert" className="selectable w-full">
              <ErrorWords error={change.error} />
            </div>
          )}
          {change.phase === 'asking' && (
            <>
              <Button look="strong" onPress={() => run({ type: 'library.go-on' })}>
                {t.deleteAndContinue}
              </Button>
              <Button look="quiet" onPress={() => run({ type: 'library.leave' })}>
                {t.leaveAll}
              </Button>
            </>
          )}
          {change.phase === 'stopped' && (
            <>
              <Button look="strong" onPress={() => run({ type: 'library.go-on' })}>
                {common.continue}
              </Button>
              {!change.isUndo && <Button onPress={() => run({ type: 'library.undo' })}>{common.undo}</Button>}
              <Button look="quiet" onPress={() => run({ type: 'library.leave' })}>
                {t.leaveIt}
              </Button>
            </>
          )}
        </Line>
      )}
      {done && !change && (
        <Line label={t.putUp} words={<Words ref={words}>{doneWords(done)}</Words>}>
          <span className="flex gap-2">
            <Button onPress={() => run({ type: 'library.undo' })}>{common.undo}</Button>
            {!problem && (
              <Button
                look="quiet"
                icon={X}
                aria-label={common.dismiss}
                onPress={() => run({ type: 'library.dismiss' })}
              />
            )}
          </span>
        </Line>
      )}
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly words: ReactNode;
  readonly children: ReactNode;
}

function Line({ label, words, children }: LineProps) {
  return (
    <section
      aria-label={label}
      className="flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4"
    >
      {words}
      {children}
    </section>
  );
}

interface WordsProps {
  readonly ref: React.Ref<HTMLParagraphElement>;
  readonly children: string;
}

function Words({ ref, children }: WordsProps) {
  return (
    <p
      ref={ref}
      role="status"
      tabIndex={-1}
      className="min-w-0 flex-1 basis-36 text-pretty py-1.5 outline-none [overflow-wrap:anywhere]"
    >
      {children}
    </p>
  );
}
