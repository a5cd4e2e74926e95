import { Switch } from 'react-aria-components/Switch';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { useRun } from '../../lib/actions.ts';

/** Whether pictures are sent without what nobody sees in them; for those added from then on. */
export function LeaveOut({ on }: { readonly on: boolean }) {
  const run = useRun();
  return (
    <Switch
      isSelected={on}
      onChange={(next) => run({ type: 'backgrounds.leave-out', on: next })}
      className="group flex min-h-11 items-center gap-3 text-left"
    >
      <span className="flex h-6 w-11 shrink-0 forced-color-adjust-none items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-focus group-data-focus-visible:outline-offset-2 group-data-selected:border-text group-data-selected:bg-text motion-reduce:transition-none">
        <span className="size-4.5 rounded-full bg-muted transition-transform group-data-selected:translate-x-5 group-data-selected:bg-bg motion-reduce:transition-none" />
      </span>
      <span className="min-w-0">
        <span className="block">{t.leaveOut}</span>
        <span className="block text-muted text-xs">{on ? t.leaveOutOn : t.leaveOutOff}</span>
      </span>
    </Switch>
  );
}
