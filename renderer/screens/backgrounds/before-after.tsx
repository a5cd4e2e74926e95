import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';

interface BeforeAfterProps {
  readonly before: ReactNode;
  /** Absent until it is known; `waits` says what is done until then. */
  readonly after: ReactNode;
  readonly waits?: string;
}

/** What a file is, and what is made of it. */
export function BeforeAfter({ before, after, waits }: BeforeAfterProps) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Facts word={t.present}>{before}</Facts>
      <span className="inline-flex items-center gap-3">
        <ArrowRight className="size-4 shrink-0 text-muted rtl:rotate-180" />
        {after ? (
          <Facts word={t.afterwards}>{after}</Facts>
        ) : (
          <span className="inline-flex min-h-12 items-center text-muted">{waits}</span>
        )}
      </span>
    </p>
  );
}

function Facts({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <span className="inline-flex min-h-12 flex-col justify-center rounded-lg bg-sunken px-3 py-1 tabular-nums">
      <span className="text-muted text-xs">{word}</span>
      <span>{children}</span>
    </span>
  );
}
