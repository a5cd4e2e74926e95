import { expect, it } from 'vitest';
import { statusEnvironment } from '../../../../electron/core/outwards/environment.ts';
import type { AutomationView } from '../../../../shared/automation.ts';
import type { CurrentPresence } from '../../../../shared/presence.ts';
import { snapshot } from '../../../support/snapshot.ts';

const now = Date.UTC(2026, 0, 14, 14, 2);
const told = (current: CurrentPresence, automation?: AutomationView) => {
  const { presence } = snapshot();
  return statusEnvironment({ presence: { ...presence, current }, ...(automation && { automation }) }, now);
};

it('says what the status is, by Zoom’s name and in words, since when, until when and why', () => {
  expect(told({ status: 'Do_Not_Disturb', since: now, until: now + 60_000, cause: 'you' })).toEqual({
    TALLY_STATUS: 'Do_Not_Disturb',
    TALLY_STATUS_LABEL: 'Do not disturb',
    TALLY_STATUS_SINCE: '2026-01-14T14:02:00.000Z',
    TALLY_STATUS_UNTIL: '2026-01-14T14:03:00.000Z',
    TALLY_STATUS_CAUSE: 'you',
    TALLY_STATUS_REASON: '',
  });
  expect(told({ status: 'Available', since: now, cause: 'restored' }).TALLY_STATUS_UNTIL).toBe('');
});

it('gives the reason of a rule, and of no rule that did not set this status', () => {
  const acting = { rule: 'idle', status: 'Away', since: now } as const;
  const automation = { acting } as unknown as AutomationView;
  const byRule = told({ status: 'Away', since: now, cause: 'rule' }, automation);
  expect(byRule.TALLY_STATUS_REASON).toMatch(/\S/);
  expect(told({ status: 'Busy', since: now, cause: 'rule' }, automation).TALLY_STATUS_REASON).toBe('');
  expect(told({ status: 'Away', since: now, cause: 'zoom' }, automation).TALLY_STATUS_REASON).toBe('');
});
