import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { components as t } from '../../shared/words/en/components.ts';
import { spoken } from '../../shared/words/language.ts';
import { Button } from './button.tsx';

interface BarProps {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly onDismiss: () => void;
  readonly children?: ReactNode;
}

/** A dismissible line across the top of a screen. */
export function Bar({ title, detail, onDismiss, children }: BarProps) {
  return (
    <div className="flex items-start gap-3 rounded-xl border border-line bg-surface py-2 pr-2 pl-4">
      <div className="selectable min-w-0 flex-1 py-1.5">
        <p className="font-medium">{spoken(title)}</p>
        {detail && <p className="text-muted">{spoken(detail)}</p>}
        {children}
      </div>
      <Button look="quiet" icon={X} aria-label={t.dismissOne(spoken(title))} onPress={onDismiss} />
    </div>
  );
}
