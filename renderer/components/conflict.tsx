import type { ReactNode } from 'react';
import { components as t } from '../../shared/words/en/components.ts';
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
        <Button aria-label={t.keepMineOne(title)} onPress={() => onResolve('mine')}>
          {t.keepMine}
        </Button>
        <Button aria-label={t.useZoomsOne(title)} onPress={() => onResolve('zoom')}>
          {t.useZooms}
        </Button>
      </div>
    </div>
  );
}
