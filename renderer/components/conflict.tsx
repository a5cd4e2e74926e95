import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface ConflictProps {
  /** What was changed at both ends. */
  readonly title: string;
  readonly onResolve: (take: 'mine' | 'zoom') => void;
  /** The two values. */
  readonly children: ReactNode;
}

/** Something that was edited here and changed at Zoom meanwhile: whose value shall it be? */
export function Conflict({ title, onResolve, children }: ConflictProps) {
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-edge p-3">
      {children}
      <div className="flex flex-wrap gap-2">
        <Button aria-label={`Keep mine: ${title}`} onPress={() => onResolve('mine')}>
          Keep mine
        </Button>
        <Button aria-label={`Use Zoom’s value: ${title}`} onPress={() => onResolve('zoom')}>
          Use Zoom’s value
        </Button>
      </div>
    </div>
  );
}
