import { useId, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { BackgroundView, UploadAnswer, UploadView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
import { FixableQuestion } from './fixable-question.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { VideoQuestion } from './video-question.tsx';

interface UploadQuestionProps {
  readonly upload: UploadView;
  /** What can be replaced. */
  readonly files: readonly BackgroundView[];
}

/** What Tally cannot decide by itself, with its answers. */
export function UploadQuestionPart({ upload, files }: UploadQuestionProps) {
  const run = useRun();
  const { id, name, question } = upload;
  const [forAll, setForAll] = useState(false);
  const alike = question?.kind === 'fixable' ? (question.alike ?? 0) : 0;
  const answer = (given: UploadAnswer) => {
    if (alike > 0 && forAll && typeof given === 'string')
      run({ type: 'backgrounds.answer-turned', answer: given });
    else run({ type: 'backgrounds.answer', id, answer: given });
  };
  const leaveOut = (
    <Button look="quiet" aria-label={t.skipOne(name)} onPress={() => answer('skip')}>
      {t.skip}
    </Button>
  );
  if (!question) return null;
  switch (question.kind) {
    case 'fixable':
      return (
        <FixableQuestion
          name={name}
          question={question}
          answer={answer}
          leaveOut={leaveOut}
          forAll={
            alike > 0 && (
              <label className="flex min-h-11 items-center gap-2 sm:min-h-9">
                <input
                  type="checkbox"
                  checked={forAll}
                  onChange={(event) => setForAll(event.target.checked)}
                  className="size-4 accent-(--text)"
                />
                {t.sameForAll(alike + 1)}
              </label>
            )
          }
        />
      );
    case 'video':
      return <VideoQuestion id={id} name={name} question={question} answer={answer} leaveOut={leaveOut} />;
    case 'duplicate':
      return (
        <>
          <p className="[overflow-wrap:anywhere]">
            {sentence(t.alreadyThere, <bdi className="font-medium">{question.of}</bdi>)}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button aria-label={t.sendAnywayOne(name)} onPress={() => answer('send')}>
              {t.sendAnyway}
            </Button>
            {leaveOut}
          </div>
        </>
      );
    case 'quota':
      return <Replacement files={files} onReplace={(replace) => answer({ replace })} leaveOut={leaveOut} />;
  }
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
      <p id={label}>{t.replaceWhich}</p>
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
              {name || t.noName}
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" isDisabled={!valid} onPress={() => chosen && onReplace(chosen)}>
          {t.replace}
        </Button>
        {leaveOut}
      </div>
    </>
  );
}
