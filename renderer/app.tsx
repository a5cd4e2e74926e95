import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { TallyError } from '../shared/errors.ts';
import type { TallyBridge } from '../shared/ipc.ts';
import type { Snapshot } from '../shared/state.ts';
import { statusSlug } from '../shared/zoom/presence.ts';
import { Bar } from './components/bar.tsx';
import { Navigation, type Screen } from './components/navigation.tsx';
import { PracticeBanner } from './components/practice-banner.tsx';
import { type Run, RunContext } from './lib/actions.ts';
import { runAction, type SnapshotStore } from './lib/bridge.ts';
import { AccountProblem, StatusSkeleton, Welcome } from './screens/account/account-screens.tsx';
import { StatusScreen } from './screens/status/status-screen.tsx';

const PreferencesScreen = lazy(() => import('./screens/preferences/preferences-screen.tsx'));

interface AppProps {
  readonly bridge: TallyBridge;
  readonly store: SnapshotStore;
}

/** The window: navigation, what the person should know, and one screen. */
export function App({ bridge, store }: AppProps) {
  const known = useSyncExternalStore(store.subscribe, store.get);
  const [screen, setScreen] = useState<Screen>('status');
  const [refused, setRefused] = useState<TallyError>();
  const run = useCallback<Run>(
    (action) => {
      runAction(bridge, action).then((result) => setRefused(result.ok ? undefined : result.error));
    },
    [bridge],
  );
  useEffect(() => bridge.navigation.show(setScreen), [bridge]);
  const snapshot = known.phase === 'ready' ? known.snapshot : undefined;
  useTheme(snapshot?.preferences.theme);
  const account = snapshot?.account ?? { phase: 'none' };
  const practice = account.phase !== 'none' && account.practice;
  const status = account.phase === 'connected' && snapshot ? snapshot.presence.current.status : 'Unknown';

  return (
    <RunContext value={run}>
      <div data-status={statusSlug(status)} className="flex h-full flex-col">
        {practice && <PracticeBanner />}
        <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
          <Navigation screen={screen} onChange={setScreen} account={account} />
          <main className="min-h-0 flex-1 overflow-y-auto">
            <div className="mx-auto flex min-h-full max-w-2xl flex-col gap-4 p-4 sm:gap-6 sm:p-8">
              {refused && (
                <div role="alert">
                  <Bar title={refused.what} detail={refused.why} onDismiss={() => setRefused(undefined)} />
                </div>
              )}
              {snapshot && snapshot.notices.length > 0 && (
                <section aria-label="Notices" className="flex flex-col gap-2">
                  {snapshot.notices.map(({ id, title, detail }) => (
                    <Bar
                      key={id}
                      title={title}
                      detail={detail}
                      onDismiss={() => run({ type: 'notice.dismiss', id })}
                    />
                  ))}
                </section>
              )}
              {known.phase === 'loading' && <StatusSkeleton word="Loading" />}
              {known.phase === 'failed' && (
                <AccountProblem title="Nothing to show" error={known.error} onFix={store.load} />
              )}
              {snapshot && screen === 'preferences' && (
                <Suspense fallback={null}>
                  <PreferencesScreen preferences={snapshot.preferences} />
                </Suspense>
              )}
              {snapshot && screen === 'status' && <Home snapshot={snapshot} run={run} />}
            </div>
          </main>
        </div>
      </div>
    </RunContext>
  );
}

/** The Status screen, or what stands in its place until an account is connected. */
function Home({ snapshot, run }: { readonly snapshot: Snapshot; readonly run: Run }) {
  const { account } = snapshot;
  const reconnect = () => run({ type: 'account.reconnect' });
  switch (account.phase) {
    case 'connected':
      return <StatusScreen snapshot={snapshot} account={account} />;
    case 'connecting':
      return (
        <StatusSkeleton word={account.practice ? 'Starting the practice account' : 'Connecting to Zoom'} />
      );
    case 'failed':
      return <AccountProblem title="Not connected" error={account.error} onFix={reconnect} />;
    case 'none':
      return <Welcome onPractice={() => run({ type: 'account.practice' })} />;
  }
}

/** The chosen theme on the document; 'system' leaves it to the media query. */
function useTheme(theme: Snapshot['preferences']['theme'] | undefined) {
  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
}
