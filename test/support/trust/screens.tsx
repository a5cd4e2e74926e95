import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { trayMenu } from '../../../electron/desktop/tray/menu.ts';
import { trayTooltip } from '../../../electron/desktop/tray/tooltip.ts';
import { commandsOf } from '../../../shared/commands.ts';
import type { Snapshot } from '../../../shared/state.ts';

// Screens are only drawn here and never shown. One part listens to the page as soon as it is loaded; all others see that there is none.
Object.assign(globalThis, { document: { addEventListener() {} } });
await import('../../../renderer/components/page-title.tsx');
Reflect.deleteProperty(globalThis, 'document');
const { Navigation } = await import('../../../renderer/components/navigation.tsx');
const { AccountProblem } = await import('../../../renderer/screens/accounts/account-screens.tsx');
const { default: AccountsScreen } = await import('../../../renderer/screens/accounts/accounts-screen.tsx');
const { default: BackgroundsScreen } = await import(
  '../../../renderer/screens/backgrounds/backgrounds-screen.tsx'
);
const { default: ProfileScreen } = await import('../../../renderer/screens/profile/profile-screen.tsx');
const { default: SettingsScreen } = await import('../../../renderer/screens/settings/settings-screen.tsx');
const { StatusScreen } = await import('../../../renderer/screens/presence/status-screen.tsx');
const { default: ZakScreen } = await import('../../../renderer/screens/zak/zak-screen.tsx');

/** Everything that tray and window show of a snapshot, by where it stands: the words, and the names of what has none. */
export function textsOf(snapshot: Snapshot, now: number): readonly (readonly [string, string])[] {
  return [
    ['tray', JSON.stringify(trayMenu(snapshot))],
    ['tooltip', trayTooltip(snapshot, now)],
    ['commands', JSON.stringify(commandsOf(snapshot))],
    ...screensOf(snapshot).map(([name, screen]) => [name, renderToStaticMarkup(screen)] as const),
  ];
}

function screensOf(snapshot: Snapshot): readonly (readonly [string, ReactNode])[] {
  const { account } = snapshot;
  const common: [string, ReactNode][] = [
    ['navigation', <Navigation key="navigation" screen="status" snapshot={snapshot} onCommands={() => {}} />],
    ['accounts', <AccountsScreen key="accounts" snapshot={snapshot} />],
  ];
  if (account.phase === 'failed') {
    const problem = (
      <AccountProblem key="problem" title="Not connected" error={account.error} onFix={() => {}} />
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
