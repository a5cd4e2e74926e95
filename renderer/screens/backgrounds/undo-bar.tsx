import type { BackgroundsView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';
import { countdown } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';

/** The way back after a deletion, as long as there is one. */
export function UndoBar({ undo }: { readonly undo: NonNullable<BackgroundsView['undo']> }) {
  const run = useRun();
  const now = useNow(true);
  const { count, until } = undo;
  if (count === 0 || until <= now) return null;
  return (
    <section
      aria-label={t.deleted}
      className="flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4 shadow-lg"
    >
      <p role="status" className="min-w-0 flex-1 basis-40">
        {t.deletedCount(count)}
      </p>
      <span className="text-muted tabular-nums">{countdown(until - now)}</span>
      <Button look="strong" onPress={() => run({ type: 'backgrounds.undo' })}>
        {common.undo}
      </Button>
    </section>
  );
}
