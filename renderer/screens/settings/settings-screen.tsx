import { CircleAlert, Download, Ellipsis, FileDiff, History, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WebPage } from '../../../shared/places.ts';
import type { SettingsView } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { retryWord } from '../../../shared/words/retry.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBar } from '../../components/error-bar.tsx';
import { Menu } from '../../components/menu.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { clockTime } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { Changes } from './changes.tsx';
import { Comparison } from './comparison.tsx';
import { FormContext } from './form.ts';
import { HistoryDialog } from './history-dialog.tsx';
import { SettingsPanes } from './settings-panes.tsx';
import { SettingsSkeleton } from './settings-skeleton.tsx';
import { useBrowser } from './use-browser.ts';

/** Everything that can be set at Zoom, as one list that is searched. Nothing is sent before Save. */
export default function SettingsScreen({ account, snapshot, place }: ScreenProps) {
  const { settings: view, accounts } = snapshot;
  const run = useRun();
  const read = missingFor(account, 'userSettings');
  const readable = !read;
  useEffect(() => {
    if (readable) run({ type: 'settings.open' });
  }, [run, readable]);
  if (read)
    return (
      <>
        <PageTitle>{t.title}</PageTitle>
        <PermissionNeeded title={t.cannotRead} scopes={read.scopes} />
      </>
    );
  const isEmpty = !view || Object.keys(view.values).length === 0;
  if (isEmpty && view?.phase === 'failed') return <Failed view={view} />;
  if (isEmpty) return <SettingsSkeleton />;
  const inGovernment = accounts.find(({ active }) => active)?.cloud === 'government';
  const portal = inGovernment ? 'government-settings' : 'settings';
  return <Known account={account} view={view} place={place} portal={portal} />;
}

interface KnownProps extends Omit<ScreenProps, 'snapshot'> {
  readonly view: SettingsView;
  /** Where Zoom's website has the settings. */
  readonly portal: WebPage;
}

function Known({ account, view, place, portal }: KnownProps) {
  const run = useRun();
  const now = useNow(false);
  const write = missingFor(account, 'userSettingsUpdate');
  const readOnly = write !== undefined;
  const browser = useBrowser(view, place, portal);
  const { catalogue, form, show } = browser;
  if (view.comparison)
    return (
      <FormContext value={form}>
        <Comparison
          comparison={view.comparison}
          catalogue={catalogue}
          readOnly={readOnly}
          onApplied={() => show('changed')}
        />
        {view.problem && <Changes view={{ ...view, edits: {} }} readOnly={true} />}
      </FormContext>
    );
  return (
    <FormContext value={form}>
      <Head view={view} readOnly={readOnly} />
      {view.phase === 'failed' && view.error && (
        <ErrorBar
          error={view.error}
          more={view.readAt === undefined ? undefined : t.shownIsFrom(clockTime(view.readAt, now))}
          onDismiss={() => run({ type: 'settings.dismiss' })}
          onRetry={() => run({ type: 'settings.open' })}
        />
      )}
      {write && <PermissionNeeded title={t.cannotChange} scopes={write.scopes} />}
      <SettingsPanes browser={browser} view={view} readOnly={readOnly} portal={portal} />
      <Changes view={view} readOnly={readOnly} />
    </FormContext>
  );
}

function Head({ view, readOnly }: { readonly view: SettingsView; readonly readOnly: boolean }) {
  const run = useRun();
  const [history, setHistory] = useState(false);
  const entry = (words: string, Icon: LucideIcon, onPress: () => void) => ({
    key: words,
    icon: <Icon className="size-4 shrink-0 text-muted" />,
    words,
    onPress,
  });
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 flex-1">
        <PageTitle watch={view.comparison === undefined}>{t.title}</PageTitle>
      </div>
      <Menu
        label={common.more}
        buttonLabel={common.more}
        className="inline-flex size-11 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-text data-pressed:bg-sunken sm:size-9"
        listLook="right-0 top-full mt-1 w-56"
        entries={[
          entry(t.savedChanges, History, () => setHistory(true)),
          entry(t.exportToFile, Download, () => run({ type: 'settings.export' })),
          entry(t.compareWithFile, FileDiff, () => run({ type: 'settings.compare' })),
        ]}
      >
        <Ellipsis className="size-5" />
      </Menu>
      {history && <HistoryDialog view={view} readOnly={readOnly} onClose={() => setHistory(false)} />}
    </div>
  );
}

/** Nothing is known yet, and Zoom did not tell. */
function Failed({ view: { error, edits } }: { readonly view: SettingsView }) {
  const run = useRun();
  const waiting = Object.keys(edits).length;
  const retry = error ? retryWord(error) : common.tryAgain;
  return (
    <div className="m-auto flex max-w-96 flex-col items-center gap-4 py-8 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-muted">
        <CircleAlert className="size-7 text-danger" />
      </span>
      <PageTitle>{t.title}</PageTitle>
      <div role="alert" className="selectable text-muted">
        <p className="font-medium text-text">{error?.what ?? t.notRead}</p>
        {error?.why && <p>{error.why}</p>}
        {error?.scopes?.length ? <PermissionNeeded look="part" scopes={error.scopes} /> : null}
        {waiting > 0 && <p>{t.editsKept}</p>}
      </div>
      {retry && (
        <Button
          look="strong"
          onPress={() => run({ type: error?.action === 'sign-in' ? 'account.reconnect' : 'settings.open' })}
        >
          {retry}
        </Button>
      )}
    </div>
  );
}
