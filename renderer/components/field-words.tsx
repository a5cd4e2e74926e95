import type { ReactNode } from 'react';
import { spoken } from '../../shared/words/language.ts';

interface FieldWordsProps {
  /** Names the words, so that the field can be described by them. */
  readonly id: string;
  /** What is wrong; takes the place of the others. */
  readonly problem?: string | undefined;
  /** What comes of what was chosen; takes the place of the help. */
  readonly warning?: ReactNode;
  readonly className?: string;
  /** The help. */
  readonly children?: ReactNode;
}

/** Below a field: its help, which is read with the field, or what is wrong with it, which is read as it comes. */
export function FieldWords({ id, problem, warning, className = '', children }: FieldWordsProps) {
  const news = problem === undefined ? warning : spoken(problem);
  const colour = problem ? 'text-danger' : warning ? 'text-text' : 'text-muted';
  return (
    <p id={id} className={`${className} ${colour}`}>
      {/* There before it has words: a live region is only heard when it changes. Help in it would be read as the screen opens. */}
      <span aria-live="polite">{news}</span>
      {!news && children}
    </p>
  );
}
