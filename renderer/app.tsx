import {
  lazy,
  Suspense,
  startTransition,
  useCallback,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { TallyError } from '../shared/errors.ts';
import type { TallyBridge } from '../shared/ipc/channels.ts';
import type { Place, Screen } from '../shared/places.ts';
import type { Snapshot } from '../shared/state.ts';
import { statusSlug } from '../shared/zoom/presence.ts';
import { Bar } from './components/bar.tsx';
import { Button } from './components/button.tsx';
import { Navigation } from './components/navigation.tsx';
import { PracticeBanner } from './components/practice-banner.tsx';
import { GoContext, type Run, RunContext } from './lib/actions.ts';
import { runAction, type SnapshotStore } from './lib/bridge.ts';
import { usePaletteKey } from './lib/use-palette-key.ts';
import { useSignIn } from './lib/use-sign-in.ts';
import { AccountProblem, StatusSkeleton, Welcome } from './screens/accounts/account-screens.tsx';
import { StatusScreen } from './screens/presence/status-screen.tsx';

const AdvancedScreen = lazy(() => import('./screens/advanced/advanced-screen.tsx'));
const AccountsScreen = lazy(() => import('./screens/accounts/accounts-screen.tsx'));
const BackgroundsScreen = lazy(() => import('./screens/backgrounds/backgrounds-screen.tsx'));
const Palette = lazy(() => import('./components/palette.tsx'));
const PreferencesScreen = lazy(() => import('./screens/preferences/preferences-screen.tsx'));
const ProfileScreen = lazy(() => import('./screens/profile/profile-screen.tsx'));
const SettingsScreen = lazy(() => import('./screens/settings/settings-screen.tsx'));
const ZakScreen = lazy(() => import('./screens/zak/zak-screen.tsx'));

/** How wide the column of a screen may be, where it is more than one reads at a glance. */
const widths: Partial<Record<Screen, string>> = { settings: 'max-w-4xl', advanced: 'max-w-[110rem]' };

interface AppProps {
  readonly bridge: TallyBridge;
  readonly store: SnapshotStore;
}

/** The window: navigation, what the person should know, and one screen. */
export function App({ bridge, store }: AppProps) {
  const known = useSyncExternalStore(store.subscribe, store.get);
  const [place, setPlace] = useState<Place>({ screen: 'status' });
  const { screen } = place;
  // As a transition, the former screen stays until the next one is loaded; a fallback would stand for at least 300 ms.
  const show = useCallback((next: Place) => startTransition(() => setPlace(next)), []);
  const go = useCallback((next: Screen) => show({ screen: next }), [show]);
  const [palette, setPalette] = useState(false);
  usePaletteKey(palette, setPalette);
  const [refused, setRefused] = useState<TallyError>();
  const run = useCallback<Run>(
    async (action) => {
      const result = await runAction(bridge, action);
      setRefused(result.ok ? undefined : result.error);
      return result.ok;
    },
    [bridge],
  );
  useEffect(() => bridge.navigation.show(show), [bridge, show]);
  const snapshot = known.phase === 'ready' ? known.snapshot : undefined;
  useSignIn(snapshot, go);
  useTheme(snapshot?.preferences.theme);
  const account = snapshot?.account ?? { phase: 'none' };
  const practice = account.phase !== 'none' && account.practice;
  const status = account.phase === 'connected' && snapshot ? snapshot.presence.current.status : 'Unknown';

  return (
    <RunContext value={run}>
      <GoContext value={go}>
        <div data-status={statusSlug(status)} className="flex h-full flex-col">
          {practice && <PracticeBanner />}
          <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
            <Navigation screen={screen} snapshot={snapshot} onCommands={() => setPalette(true)} />
            <main className="min-h-0 min-w-0 flex-1 overflow-y-auto">
              <div
                className={`mx-auto flex min-h-full flex-col gap-4 p-4 sm:gap-6 sm:p-8 ${widths[screen] ?? 'max-w-2xl'}`}
              >
                {refused && (
                  // Stays in view: what was refused may have been asked for far down the page.
                  <div role="alert" className="sticky top-4 z-10 rounded-xl shadow-lg">
                    <Bar title={refused.what} detail={refused.why} onDismiss={() => setRefused(undefined)} />
                  </div>
                )}
                {snapshot && snapshot.notices.length > 0 && (
                  <section aria-label="Notices" className="flex flex-col gap-2">
                    {snapshot.notices.map(({ id, title, detail }) => (
                      <div key={id} ref={reveal} className="scroll-my-4">
                        <Bar
                          title={title}
                          detail={detail}
                          onDismiss={() => run({ type: 'notice.dismiss', id })}
                        />
                      </div>
                    ))}
                  </section>
                )}
                {known.phase === 'loading' && <StatusSkeleton word="Loading" />}
                {known.phase === 'failed' && (
                  <AccountProblem title="Nothing to show" error={known.error} onFix={store.load} />
                )}
                {snapshot && (
                  <Suspense fallback={null}>
                    {screen === 'accounts' ? (
                      <AccountsScreen snapshot={snapshot} />
                    ) : screen === 'preferences' ? (
                      <PreferencesScreen preferences={snapshot.preferences} />
                    ) : (
                      <OwnScreen place={place} snapshot={snapshot} run={run} go={go} />
                    )}
                  </Suspense>
                )}
              </div>
            </main>
          </div>
          {palette && snapshot && (
            <Suspense fallback={null}>
              <Palette snapshot={snapshot} onClose={() => setPalette(false)} />
            </Suspense>
          )}
        </div>
      </GoContext>
    </RunContext>
  );
}

/** Brings a new notice into view. */
const reveal = (notice: HTMLElement | null) => notice?.scrollIntoView({ block: 'nearest' });

interface OwnScreenProps {
  readonly place: Place;
  readonly snapshot: Snapshot;
  readonly run: Run;
  readonly go: (screen: Screen) => void;
}

/** A screen of the account in use, or what stands in its place until one is connected. */
function OwnScreen({ place, snapshot, run, go }: OwnScreenProps) {
  const { screen } = place;
  const { account, backgrounds, picture } = snapshot;
  switch (account.phase) {
    case 'connected':
      if (screen === 'backgrounds')
        return <BackgroundsScreen key={account.key} account={account} view={backgrounds} />;
      if (screen === 'profile')
        return (
          <ProfileScreen
            key={account.key}
            account={account}
            view={picture}
            profile={snapshot.profile}
            delegates={snapshot.delegates}
          />
        );
      if (screen === 'settings')
        return <SettingsScreen key={account.key} account={account} view={snapshot.settings} place={place} />;
      if (screen === 'advanced')
        return (
          <AdvancedScreen
            key={account.key}
            account={account}
            place={place}
            keepHistory={snapshot.preferences.keepHistory}
          />
        );
      if (screen === 'zak') return <ZakScreen key={account.key} account={account} view={snapshot.zak} />;
      return <StatusScreen snapshot={snapshot} account={account} />;
    case 'connecting':
      return (
        <StatusSkeleton
          word={account.practice ? 'Starting the practice account' : 'Connecting to Zoom'}
          waitsForKeychain={account.waitsFor === 'keychain'}
        />
      );
    case 'failed':
      return (
        <AccountProblem
          title="Not connected"
          error={account.error}
          onFix={() => run({ type: 'account.reconnect' })}
        >
          <Button look="quiet" onPress={() => go('accounts')}>
            Use another account or sign out
          </Button>
        </AccountProblem>
      );
    case 'none':
      return <Welcome />;
  }
}

/** The chosen theme on the document; 'system' leaves it to the media query. */
function useTheme(theme: Snapshot['preferences']['theme'] | undefined) {
  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
}
