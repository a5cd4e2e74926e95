import { expect } from '@playwright/test';
import type { RunningTally } from '../../test/support/desktop/launch.ts';
import type { AppWindow } from '../../test/support/desktop/pages/app-window.ts';
import type { Panel } from '../../test/support/desktop/panel.ts';
import type { Step } from './step.ts';

interface Led {
  readonly window: AppWindow;
  readonly tally: RunningTally;
  readonly panel: Panel;
}

const minute = 60_000;
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A rule that sets the status, and sets it back; it finds Busy, and leaves it. */
export async function automationTour(step: Step, { window, tally, panel }: Led): Promise<void> {
  const { automation } = window;
  await step('Automation: outside working hours it’s Away, and the day is drawn', 'automation', async () => {
    await tally.jump(minute);
    await window.open('Automation');
    await automation.toggle('Working hours');
    const hour = (new Date().getHours() + 12) % 23;
    for (const day of days) {
      await automation.day(day).fill(`${hour}:00-${hour}:30`);
      await automation.day(day).press('Enter');
    }
    await panel.waitForTooltip('Away · outside working hours until');
    await expect(automation.today().first()).toContainText('Away · Working hours');
  });
  await step('Not now: the status is what it was', 'automation-not-now', async () => {
    await tally.jump(minute);
    await automation.rightNow().getByRole('button', { name: 'Not now' }).click();
    await panel.waitForTooltip('Busy (automation)');
    await automation.toggle('Working hours');
    await expect(automation.rule('Working hours')).not.toBeChecked();
  });
}
