import { type AutomationView, isAutomated } from '../../../shared/automation.ts';
import { goOnCommand } from '../../../shared/commands.ts';
import { reasonWords, waitingWords } from '../../../shared/words/automation.ts';
import { automation as t } from '../../../shared/words/en/automation.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';

interface AutomationLineProps {
  readonly automation: AutomationView;
  readonly now: number;
}

/** What a rule makes of the status, or why none does anything; nothing where there is nothing to say. */
export function AutomationLine({ automation, now }: AutomationLineProps) {
  const run = useRun();
  const { acting } = automation;
  const waits = acting ? undefined : waitingWords(automation, now);
  if (!isAutomated(automation) || !(acting || waits)) return null;
  const goOn = goOnCommand(automation);
  return (
    <section aria-label={t.title} className="flex flex-wrap items-center gap-x-6 gap-y-2 p-4 sm:px-6">
      <p className="min-w-0 flex-1 basis-52 text-muted">
        {acting ? t.acting(statusWord(acting.status), reasonWords(acting, now)) : waits}
      </p>
      {acting ? (
        <Button onPress={() => run({ type: 'automation.skip' })}>{t.notNow}</Button>
      ) : (
        <Button onPress={() => run(goOn.action)}>{goOn.title}</Button>
      )}
    </section>
  );
}
