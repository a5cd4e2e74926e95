import { useId } from 'react';
import { automation as t } from '../../../shared/words/en/automation.ts';
import { LengthChoice } from './length-choice.tsx';

const lengths = [0, 30, 60, 120, 300, 600];

interface CalmChoiceProps {
  /** Seconds. */
  readonly calm: number;
  readonly onChange: (calm: number) => void;
}

/** For how long what a rule goes by still counts when it is over. */
export function CalmChoice({ calm, onChange }: CalmChoiceProps) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <label htmlFor={id}>{t.calm}</label>
      <LengthChoice
        id={id}
        lengths={lengths}
        unit={1_000}
        value={calm}
        onChange={onChange}
        none={t.atOnce}
        say={t.after}
      />
    </div>
  );
}
