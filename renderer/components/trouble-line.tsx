import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { spoken } from '../../shared/words/language.ts';

interface TroubleLineProps {
  readonly title: string;
  readonly detail: string | undefined;
  /** The ways out. */
  readonly children: ReactNode;
}

/** What went wrong in a few lines, where there is little room. */
export function TroubleLine({ title, detail, children }: TroubleLineProps) {
  return (
    <div className="flex min-h-10 items-center gap-2 py-1 pr-1 pl-3 text-xs leading-4">
      <TriangleAlert className="size-4 shrink-0 text-danger" />
      <div className="selectable min-w-0 flex-1">
        <p className="font-medium">{spoken(title)}</p>
        {detail && <p className="text-muted">{spoken(detail)}</p>}
      </div>
      {children}
    </div>
  );
}
