import { Button } from 'react-aria-components/Button';
import { components as t } from '../../shared/words/en/components.ts';
import { useRun } from '../lib/actions.ts';

/** Keeps a practice account from being taken for a real one, and leads to a real one. */
export function PracticeBar() {
  const run = useRun();
  return (
    <aside
      aria-label={t.practiceAccount}
      className="flex shrink-0 items-center justify-center gap-x-3 bg-practice px-4 py-0.5 font-medium text-practice-text text-xs"
    >
      <span className="truncate flowing:whitespace-normal">
        {t.practiceAccount}
        <span className="max-sm:hidden">. {t.nothingLeaves}</span>
      </span>
      <Button
        onPress={() => run({ type: 'window.open', screen: 'accounts', search: 'connect' })}
        className="min-h-6 shrink-0 rounded px-1.5 underline underline-offset-2 hover:no-underline"
      >
        {t.connectZoom}
      </Button>
    </aside>
  );
}
