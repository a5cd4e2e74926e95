import { type ReactNode, useState } from 'react';
import type { UploadAnswer, UploadQuestion } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { spoken } from '../../../shared/words/language.ts';
import { Button } from '../../components/button.tsx';
import { FitVideoDialog } from './fit-video-dialog.tsx';
import { SendAsIs } from './send-as-is.tsx';

interface VideoQuestionProps {
  readonly id: string;
  readonly name: string;
  readonly question: Extract<UploadQuestion, { kind: 'video' }>;
  readonly answer: (given: UploadAnswer) => void;
  readonly leaveOut: ReactNode;
}

/** A video that Zoom does not take, or may not play, of which another one can be made. */
export function VideoQuestion({ id, name, question, answer, leaveOut }: VideoQuestionProps) {
  const [fitting, setFitting] = useState(false);
  const { words, before, asIs } = question;
  return (
    <>
      <p>
        {spoken(words)} {t.canMakeOneThatFits}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" aria-label={t.makeItFitOne(name)} onPress={() => setFitting(true)}>
          {t.makeItFit}
        </Button>
        {asIs && <SendAsIs name={name} answer={answer} />}
        {leaveOut}
      </div>
      {fitting && (
        <FitVideoDialog
          id={id}
          name={name}
          before={before}
          onMake={(video) => answer({ video })}
          onClose={() => setFitting(false)}
        />
      )}
    </>
  );
}
