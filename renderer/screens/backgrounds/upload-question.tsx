import { ArrowRight } from 'lucide-react';
import { useId, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { BackgroundView, UploadAnswer, UploadView } from '../../../shared/backgrounds.ts';
import type { MediaFacts } from '../../../shared/media.ts';
import { dimensionWords, sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';
import { Thumbnail } from './thumbnail.tsx';

interface UploadQuestionProps {
  readonly upload: UploadView;
  /** What can be replaced. */
  readonly files: readonly BackgroundView[];
}

/** What Tally cannot decide by itself, with its answers. */
export function UploadQuestionPart({ upload, files }: UploadQuestionProps) {
  const run = useRun();
  const { id, name, question } = upload;
  const answer = (given: UploadAnswer) => run({ type: 'backgrounds.answer', id, answer: given });
  const leaveOut = (
    <Button look="quiet" aria-label={`Leave it out: ${name}`} onPress={() => answer('skip')}>
      Leave it out
    </Button>
  );
  if (!question) return null;
  switch (question.kind) {
    case 'fixable':
      return (
        <>
          <p>{question.words}</p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Facts word="Now" facts={question.before} />
            <span className="inline-flex items-center gap-3">
              <ArrowRight className="size-4 shrink-0 text-muted rtl:rotate-180" />
              {question.after ? (
                <Facts word="Then" facts={question.after} />
              ) : (
                <span className="inline-flex min-h-12 items-center text-muted">Trying how small it gets</span>
              )}
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button look="strong" aria-label={`Make it fit: ${name}`} onPress={() => answer('fix')}>
              Make it fit
            </Button>
            {leaveOut}
          </div>
        </>
      );
    case 'duplicate':
      return (
        <>
          <p className="[overflow-wrap:anywhere]">
            The same is there already: <bdi className="font-medium">{question.of}</bdi>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button aria-label={`Send anyway: ${name}`} onPress={() => answer('send')}>
              Send anyway
            </Button>
            {leaveOut}
          </div>
        </>
      );
    case 'quota':
      return <Replacement files={files} onReplace={(replace) => answer({ replace })} leaveOut={leaveOut} />;
  }
}

function Facts({ word, facts }: { readonly word: string; readonly facts: MediaFacts }) {
  return (
    <span className="inline-flex min-h-12 flex-col justify-center rounded-lg bg-sunken px-3 py-1 tabular-nums">
      <span className="text-muted text-xs">{word}</span>
      <span>
        {dimensionWords(facts)}, <span className="font-medium">{sizeWords(facts.bytes)}</span>
      </span>
    </span>
  );
}

interface ReplacementProps {
  readonly files: readonly BackgroundView[];
  readonly onReplace: (id: string) => void;
  readonly leaveOut: React.ReactNode;
}

function Replacement({ files, onReplace, leaveOut }: ReplacementProps) {
  const label = useId();
  const [chosen, setChosen] = useState<string>();
  const valid = files.some(({ id }) => id === chosen);
  return (
    <>
      <p id={label}>Zoom keeps ten. Replace which one?</p>
      <RadioGroup
        aria-labelledby={label}
        value={valid && chosen ? chosen : null}
        onChange={setChosen}
        className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2"
      >
        {files.map(({ id, name, type, copy }) => (
          <Radio
            key={id}
            value={id}
            className="picked flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface outline-offset-2 data-focus-visible:outline-2 data-focus-visible:outline-focus data-selected:border-text data-selected:shadow-[inset_0_0_0_1px_var(--text),0_0_0_1px_var(--text)]"
          >
            <span className="aspect-video">
              <Thumbnail of="background" id={id} type={type} content={copy} />
            </span>
            <span dir="auto" className="truncate px-2 py-1 text-xs" title={name}>
              {name || 'Without a name'}
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" isDisabled={!valid} onPress={() => chosen && onReplace(chosen)}>
          Replace
        </Button>
        {leaveOut}
      </div>
    </>
  );
}
