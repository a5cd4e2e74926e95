import type { AccountSummary, AccountView } from '../../shared/accounts.ts';
import { connectingStart } from '../../shared/connecting.ts';
import type { LibraryView } from '../../shared/library.ts';
import type { MqttView } from '../../shared/mqtt.ts';
import { notificationDefaults } from '../../shared/notifications.ts';
import type { PresenceView } from '../../shared/presence.ts';
import type { Snapshot } from '../../shared/state.ts';
import { start } from './presence-script.ts';

export const connected: Extract<AccountView, { phase: 'connected' }> = {
  phase: 'connected',
  key: 'robin',
  practice: false,
  id: 'some-id',
  name: 'Robin Doe',
  email: 'robin@example.org',
  missing: [],
};

/** An account of the list: one of Zoom's commercial cloud that is connected and not active, unless told otherwise. */
export function summary(key: string, more: Partial<AccountSummary> = {}): AccountSummary {
  return {
    key,
    practice: false,
    name: key,
    email: `${key}@example.org`,
    cloud: 'commercial',
    colour: 0,
    active: false,
    phase: 'connected',
    ...more,
  };
}

function listed(account: AccountView): AccountSummary[] {
  if (account.phase === 'none') return [];
  const { key, practice, phase } = account;
  return [summary(key, { name: 'Robin Doe', email: 'robin@example.org', practice, phase, active: true })];
}

/** A library with these sets, of so many backgrounds each; the first is at Zoom. */
export function libraryOf(sets: Readonly<Record<string, number>>): LibraryView {
  const all = Object.entries(sets).map(([name, count], at) => ({ name, count, up: at === 0 }));
  return { items: [], sets: all, bytes: 0, most: 500_000_000, adding: [], pictures: [] };
}

/** A broker that was never switched on. */
export const quietBroker: MqttView = {
  on: false,
  host: '',
  port: 8883,
  tls: true,
  login: 'none',
  phase: 'off',
  isLeft: false,
  reasons: false,
  names: false,
};

/** What main would push: one connected account that is Available, unless told otherwise. */
export function snapshot(
  presence: Partial<PresenceView> = {},
  account: AccountView = connected,
  more: Partial<Snapshot> = {},
): Snapshot {
  return {
    version: 1,
    account,
    accounts: listed(account),
    connecting: connectingStart,
    presence: { current: { status: 'Available', since: start, cause: 'zoom' }, ...presence },
    presets: { list: [], recent: [] },
    outwards: { on: false, program: '', args: [], quiet: { on: false } },
    mqtt: quietBroker,
    preferences: {
      theme: 'system',
      startHidden: false,
      dndMinutes: 20,
      morningHour: 8,
      endOfDay: 1050,
      keepHistory: true,
      libraryMegabytes: 500,
      trayClick: 'popover',
      shortcut: '',
      allowLinks: false,
      checkUpdates: true,
      ...notificationDefaults,
    },
    notices: [],
    ...more,
  };
}
