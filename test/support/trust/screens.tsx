import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { trayMenu } from '../../../electron/desktop/tray/menu.ts';
import { trayTooltip } from '../../../electron/desktop/tray/tooltip.ts';
import { Navigation } from '../../../renderer/components/navigation.tsx';
import { AccountFix } from '../../../renderer/screens/accounts/account-fix.tsx';
import { AccountProblem } from '../../../renderer/screens/accounts/account-screens.tsx';
import AccountsScreen from '../../../renderer/screens/accounts/accounts-screen.tsx';
import BackgroundsScreen from '../../../renderer/screens/backgrounds/backgrounds-screen.tsx';
import { StatusScreen } from '../../../renderer/screens/presence/status-screen.tsx';
import ProfileScreen from '../../../renderer/screens/profile/profile-screen.tsx';
import SettingsScreen from '../../../renderer/screens/settings/settings-screen.tsx';
import ZakScreen from '../../../renderer/screens/zak/zak-screen.tsx';
import { commandsOf } from '../../../shared/commands.ts';
import { operationCommands } from '../../../shared/operation-commands.ts';
import type { Snapshot } from '../../../shared/state.ts';

/** Everything that tray and window show of a snapshot, by where it stands: the words, and the names of what has none. */
export function textsOf(snapshot: Snapshot, now: number): readonly (readonly [string, string])[] {
  return [
    ['tray', JSON.stringify(trayMenu(snapshot, now))],
    ['tooltip', trayTooltip(snapshot, now)],
    ['commands', JSON.stringify([...commandsOf(snapshot), ...operationCommands])],
    ...screensOf(snapshot).map(([name, screen]) => [name, renderToStaticMarkup(screen)] as const),
  ];
}

/** The screens of a snapshot, by name. */
export function screensOf(snapshot: Snapshot): readonly (readonly [string, ReactNode])[] {
  const { account } = snapshot;
  const common: [string, ReactNode][] = [
    ['navigation', <Navigation key="navigation" screen="status" snapshot={snapshot} onCommands={() => {}} />],
    ['accounts', <AccountsScreen key="accounts" snapshot={snapshot} place={{ screen: 'accounts' }} />],
  ];
  if (account.phase === 'failed') {
    const problem = (
      <AccountProblem key="problem" title="Not connected" error={account.error}>
        <AccountFix error={account.error} summary={snapshot.accounts.find(({ active }) => active)} />
      </AccountProblem>
    );
    return [...common, ['not connected', problem]];
  }
  if (account.phase !== 'connected') return common;
  const props = { snapshot, account, place: { screen: 'status' } } as const;
  return [
    ...common,
    ['status', <StatusScreen key="status" {...props} />],
    ['backgrounds', <BackgroundsScreen key="backgrounds" {...props} />],
    ['profile', <ProfileScreen key="profile" {...props} />],
    ['settings', <SettingsScreen key="settings" {...props} />],
    ['zak', <ZakScreen key="zak" {...props} />],
  ];
}
