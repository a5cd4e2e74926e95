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
import { common } from '../shared/words/en/common.ts';
import { components as t } from '../shared/words/en/components.ts';
import { Announcer } from './components/announcer.tsx';
import { Bar } from './components/bar.tsx';
import { Button } from './components/button.tsx';
import { Navigation } from './components/navigation.tsx';
import { PracticeBar } from './components/practice-bar.tsx';
import { Tooltip } from './components/tooltip.tsx';
import { GoContext, type Run, RunContext } from './lib/actions.ts';
import { runAction, type SnapshotStore } from './lib/bridge.ts';
import { usePaletteKey } from './lib/use-palette-key.ts';
import { useShortcuts } from './lib/use-shortcuts.ts';
import { useSignIn } from './lib/use-sign-in.ts';
import { useTheme } from './lib/use-theme.ts';
import { AccountProblem, StatusSkeleton } from './screens/accounts/account-screens.tsx';
import { ScreenView } from './screens/screen-view.tsx';
import { screenTable } from './screens/table.ts';

const Palette = lazy(() => import('./components/palette.tsx'));
const ShortcutHelp = lazy(() => import('./components/shortcut-help.tsx'));

interface AppProps {
  readonly bridge: TallyBridge;
  readonly store: SnapshotStore;
}

/** The window: navigation, what the person should know, and one screen. */
export function App({ bridge, store }: AppProps) {
  const known = useSyncExternalStore(store.subscribe, store.get, store.get);
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
  useEffect(() => void bridge.navigation.shown({ screen }), [bridge, screen]);
  const snapshot = known.phase === 'ready' ? known.snapshot : undefined;
  const [help, setHelp] = useState(false);
  const onHelp = useCallback(() => setHelp(true), []);
  useShortcuts({ screen, snapshot, go, run, onHelp });
  useSignIn(snapshot, go);
  useTheme(snapshot?.preferences.theme);
  const account = snapshot?.account ?? { phase: 'none' };
  const practice = account.phase !== 'none' && account.practice;

  return (
    <RunContext value={run}>
      <GoContext value={go}>
        <div className="flex h-full flex-col flowing:h-auto">
          {practice && <PracticeBar />}
          <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
            <Navigation screen={screen} snapshot={snapshot} onCommands={() => setPalette(true)} />
            {/* The room of the scrollbar is always kept, and all columns begin at one edge: nothing jumps between screens. */}
            <main className="min-h-0 min-w-0 flex-1 overflow-y-auto [scrollbar-gutter:stable] flowing:min-h-dvh flowing:flex-none flowing:overflow-visible">
              <div
                className={`flex min-h-full flex-col gap-4 p-4 sm:gap-6 sm:p-8 sm:pr-5 ${screenTable[screen].width ?? 'max-w-3xl'}`}
              >
                {refused && (
                  // Stays in view: what was refused may have been asked for far down the page.
                  <div role="alert" className="sticky top-4 z-10 rounded-xl shadow-lg">
                    <Bar title={refused.what} detail={refused.why} onDismiss={() => setRefused(undefined)} />
                  </div>
                )}
                {snapshot && snapshot.notices.length > 0 && (
                  <section aria-label={t.notices} className="flex flex-col gap-2">
                    {snapshot.notices.map(({ id, title, detail }) => (
                      <div key={id} ref={reveal} className="scroll-my-4">
                        <Bar
                          title={title}
                          detail={detail}
                          onDismiss={() => run({ type: 'notice.dismiss', id })}
                        >
                          {id === 'start-at-login' && (
                            <p className="pt-2">
                              <Button onPress={() => run({ type: 'login.set', on: true })}>
                                {t.startAtLogin}
                              </Button>
                            </p>
                          )}
                        </Bar>
                      </div>
                    ))}
                  </section>
                )}
                {known.phase === 'loading' && <StatusSkeleton word={t.loading} />}
                {known.phase === 'failed' && (
                  <AccountProblem title={t.nothingToShow} error={known.error}>
                    <Button look="strong" onPress={store.load}>
                      {common.tryAgain}
                    </Button>
                  </AccountProblem>
                )}
                {snapshot && (
                  <Suspense fallback={null}>
                    <ScreenView place={place} snapshot={snapshot} />
                  </Suspense>
                )}
              </div>
            </main>
          </div>
          {snapshot && <Announcer snapshot={snapshot} />}
          {palette && snapshot && (
            <Suspense fallback={null}>
              <Palette snapshot={snapshot} onClose={() => setPalette(false)} />
            </Suspense>
          )}
          {help && (
            <Suspense fallback={null}>
              <ShortcutHelp onClose={() => setHelp(false)} />
            </Suspense>
          )}
          <Tooltip />
        </div>
      </GoContext>
    </RunContext>
  );
}

/** Brings a new notice into view. */
const reveal = (notice: HTMLElement | null) => notice?.scrollIntoView({ block: 'nearest' });
