import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { common } from '../../shared/words/en/common.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { Button } from './button.tsx';

interface ChangesBarProps {
  /** How many changes wait to be saved. */
  readonly count: number;
  /** What is changed, in words, or what keeps it from being saved. */
  readonly detail?: string | undefined;
  readonly saving: boolean;
  /** Not to be saved as it is: `detail` says why. */
  readonly blocked?: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** More to do with the changes, before Discard. */
  readonly children?: ReactNode;
}

/** What is not saved yet, with its Save. It stays in view at the foot of a screen, and is not there without changes. */
export function ChangesBar({
  count,
  detail,
  saving,
  blocked = false,
  onSave,
  onDiscard,
  children,
}: ChangesBarProps) {
  if (count === 0) return null;
  const title = common.changes(count);
  return (
    <section
      aria-label={t.notSaved}
      className="sticky tiny:static bottom-4 short:bottom-2 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-edge bg-surface p-2 pl-4 shadow-lg"
    >
      <div role="status" className="min-w-0 flex-1 basis-40 short:basis-24">
        <p className="font-medium">{saving ? common.saving : title}</p>
        {detail && (
          <p className="line-clamp-2 short:line-clamp-1 text-muted text-xs [overflow-wrap:anywhere]">
            {detail}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {children}
        <Button look="quiet" isDisabled={saving} onPress={onDiscard}>
          {t.discard}
        </Button>
        {/* Not pending: react-aria would announce that by a name that is gone with the button. */}
        <Button look="strong" isDisabled={blocked} onPress={() => saving || onSave()}>
          {saving && <LoaderCircle className="size-4 animate-spin motion-reduce:animate-none" />}
          {common.save}
        </Button>
      </div>
    </section>
  );
}
