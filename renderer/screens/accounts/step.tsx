import type { ReactNode } from 'react';
import type { Connecting } from '../../../shared/connecting.ts';
import type { Way } from './ways.ts';

/** What each step is given. */
export interface StepProps {
  readonly connecting: Connecting;
  readonly onChange: (patch: Partial<Connecting>) => void;
  /** The way back to go on with, where another one did not work. */
  readonly way?: Way | undefined;
}

interface CardProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** The sheet of a step. */
export function StepCard({ title, children }: CardProps) {
  return (
    <section
      aria-label={title}
      className="flex flex-col items-start gap-5 rounded-2xl border border-line bg-surface p-4 sm:p-6"
    >
      <h2 className="font-semibold text-base">{title}</h2>
      {children}
    </section>
  );
}
