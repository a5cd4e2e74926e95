import { expect, it } from 'vitest';
import { trayIconName } from '../../../../electron/desktop/tray/icon-name.ts';
import { change, refusal, start } from '../../../support/presence-script.ts';
import { snapshot } from '../../../support/snapshot.ts';

const waiting = { change: change('Away'), dueAt: start, why: 'minute-limit' } as const;
const failed = { change: change('Busy'), error: refusal('timeout') };
const account = (kind: Parameters<typeof refusal>[0]) =>
  ({ phase: 'failed', key: 'robin', practice: false, error: refusal(kind) }) as const;

it.each([
  ['the status that is confirmed', snapshot(), 'available'],
  ['no mark while a change is on the wire', snapshot({ sending: change('Away') }), 'available'],
  ['that a change waits', snapshot({ waiting }), 'available-waiting'],
  ['that a change was refused, also while another waits', snapshot({ waiting, failed }), 'available-refused'],
  ['that the sign-in has ended', snapshot({ failed }, account('not-signed-in')), 'unknown-refused'],
  ['nothing of a connection that comes back by itself', snapshot({ failed }, account('network')), 'unknown'],
  ['nothing without an account', snapshot({ failed }, { phase: 'none' }), 'unknown'],
])('the icon tells %s', (_what, shown, name) => {
  expect(trayIconName(shown)).toBe(name);
});
