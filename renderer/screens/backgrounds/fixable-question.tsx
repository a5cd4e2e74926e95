import type { ReactNode } from 'react';
import type { UploadAnswer, UploadQuestion } from '../../../shared/backgrounds.ts';
import { kindFacts, type MediaFacts } from '../../../shared/media.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { spoken } from '../../../shared/words/language.ts';
import { dimensionWords, sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { Segments } from '../../components/segments.tsx';
import { BeforeAfter } from './before-after.tsx';
import { SendAsIs } from './send-as-is.tsx';

interface FixableQuestionProps {
  readonly name: string;
  readonly question: Extract<UploadQuestion, { kind: 'fixable' }>;
  readonly answer: (given: UploadAnswer) => void;
  readonly leaveOut: ReactNode;
  /** Whether the answer counts for others, too. */
  readonly forAll: ReactNode;
}

/** What Tally can make of a file, before and after. */
export function FixableQuestion({ name, question, answer, leaveOut, forAll }: FixableQuestionProps) {
  const { fix, words, before, after, behind, asIs } = question;
  const other = after?.kind === 'png' ? 'jpeg' : 'png';
  return (
    <>
      <p>{spoken(words)}</p>
      {behind !== undefined && (
        <Behind name={name} color={behind} onChoose={(color) => answer({ behind: color })} />
      )}
      <BeforeAfter
        before={<Facts facts={before} named={fix === 'convert'} />}
        after={after && <Facts facts={after} named={fix === 'convert'} />}
        waits={fix === 'shrink' ? t.tryingHowSmall : t.makingIt}
      />
      {forAll}
      <div className="flex flex-wrap gap-2">
        <Button
          look="strong"
          aria-label={common.about(fixWord(fix, after), name)}
          onPress={() => answer('fix')}
        >
          {fixWord(fix, after)}
        </Button>
        {fix === 'convert' && after && (
          <Button
            aria-label={t.asInsteadOne(kindFacts(other).name, name)}
            onPress={() => answer({ as: other })}
          >
            {t.asInstead(kindFacts(other).name)}
          </Button>
        )}
        {asIs && <SendAsIs name={name} answer={answer} />}
        {leaveOut}
      </div>
    </>
  );
}

function fixWord(fix: FixableQuestionProps['question']['fix'], after: MediaFacts | undefined): string {
  switch (fix) {
    case 'shrink':
      return t.resizeAndUpload;
    case 'turn':
      return t.sendUpright;
    case 'fill':
      return t.sendWithColor;
    case 'convert':
      return after ? t.sendAs(kindFacts(after.kind).name) : t.sendCopy;
  }
}

interface FactsProps {
  readonly facts: MediaFacts;
  /** With the kind of file. */
  readonly named: boolean;
}

function Facts({ facts, named }: FactsProps) {
  return (
    <>
      {named && `${kindFacts(facts.kind).name}, `}
      {dimensionWords(facts)}, <span className="font-medium">{sizeWords(facts.bytes)}</span>
    </>
  );
}

interface BehindProps {
  readonly name: string;
  readonly color: string;
  readonly onChoose: (color: string) => void;
}

const plain = [
  { word: t.white, value: '#ffffff' },
  { word: t.black, value: '#000000' },
];

/** The colour that shows through. */
function Behind({ name, color, onChoose }: BehindProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
      <Segments
        aria-label={t.colorBehind(name)}
        choices={plain}
        chosen={color}
        onChoose={onChoose}
        look="inline-flex"
      />
      <label className="inline-flex min-h-11 items-center gap-2 sm:min-h-9">
        <span>{t.otherColor}</span>
        <input
          type="color"
          value={color}
          onChange={(event) => onChoose(event.target.value)}
          className="h-9 w-12 cursor-pointer rounded-lg border border-edge bg-surface p-1"
        />
      </label>
    </div>
  );
}
