import { Ellipsis, Search } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { type Screen, screens, screensWithoutAccount } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import { common } from '../../shared/words/en/common.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { screenWords } from '../../shared/words/en/screens.ts';
import { unsavedIn, unsavedWords } from '../../shared/words/unsaved.ts';
import { useGo } from '../lib/actions.ts';
import { screenIcons } from '../lib/screen-icons.ts';
import { paletteKey } from '../lib/use-palette-key.ts';
import { useUploadMark } from '../lib/use-upload-mark.ts';
import { AccountButton } from './account-button.tsx';
import { Menu } from './menu.tsx';

const allEntries = screens.map((screen) => ({
  screen,
  word: screenWords[screen],
  Icon: screenIcons[screen],
}));

/** So many stand in the bar of a narrow window; the others are behind "More" there. */
const inBar = 4;

const look =
  'relative flex min-h-12 flowing:min-h-9 flex-auto flex-col items-center justify-center gap-0.5 rounded-lg px-0.5 text-xs transition-colors motion-reduce:transition-none sm:min-h-9 sm:flex-none sm:flex-row sm:justify-start sm:gap-3 sm:px-3 sm:text-sm';
const quiet = 'font-medium text-muted hover:bg-sunken hover:text-text';
const loud =
  'picked bg-chosen font-semibold text-text max-sm:shadow-[inset_0_3px_0_var(--accent)] sm:shadow-[inset_3px_0_0_var(--accent)]';

interface NavigationProps {
  readonly screen: Screen;
  readonly snapshot: Snapshot | undefined;
  /** Opens the list of all commands. */
  readonly onCommands: () => void;
}

/** The ways through the window: a sidebar, at the bottom where the window is narrow. */
export function Navigation({ screen, snapshot, onCommands }: NavigationProps) {
  const go = useGo();
  const id = useId();
  const mark = useUploadMark(snapshot?.backgrounds?.queue, screen === 'backgrounds');
  const isBare = snapshot?.account.phase === 'none';
  const entries = allEntries.filter(({ screen: one }) => !isBare || screensWithoutAccount.includes(one));
  const behind = entries.slice(inBar);
  const isBehind = behind.some((one) => one.screen === screen);
  /** What there is to know of a screen that is not shown. */
  const newsOf = (one: Screen): News | undefined => {
    if (one === 'backgrounds') return mark === undefined ? undefined : { words: mark };
    if (one !== 'settings' && one !== 'profile') return undefined;
    const count = unsavedIn(snapshot?.[one]);
    return count === 0 ? undefined : { words: unsavedWords(count), count };
  };
  return (
    <div className="order-last flex shrink-0 border-line border-t bg-surface flowing:order-first flowing:border-t-0 flowing:border-b sm:order-first sm:w-52 sm:flex-col sm:border-t-0 sm:border-r">
      <div className="hidden p-3 pb-0 sm:block">
        <Button
          onPress={onCommands}
          className="flex min-h-9 w-full items-center rounded-lg border border-frame px-[0.6875rem] text-muted transition-colors hover:bg-sunken hover:text-text motion-reduce:transition-none"
        >
          <Search className="mr-3 size-4.5 shrink-0" />
          {t.commands}
          {/* It opens nothing before there is a snapshot, and the first frame is drawn where nobody knows the system's keys. */}
          {snapshot && <kbd className="ml-auto font-sans text-xs">{paletteKey}</kbd>}
        </Button>
      </div>
      <nav
        aria-label={t.main}
        className="flex min-w-0 flex-1 gap-0.5 p-1 max-sm:short:p-0.5 sm:min-h-0 sm:flex-initial sm:flex-col sm:gap-1 sm:overflow-y-auto sm:p-3"
      >
        {entries.map(({ screen: one, word, Icon }, at) => {
          const news = newsOf(one);
          const brief = one === 'settings' ? t.settingsBrief : undefined;
          // Without an account there is no status, but the welcome.
          const name = isBare && one === 'status' ? t.welcome : word;
          return (
            <Button
              key={one}
              {...(one === screen ? { 'aria-current': 'page', 'data-selected': true } : {})}
              {...(news ? { 'aria-describedby': `${id}-${one}` } : {})}
              onPress={() => go(one)}
              className={`${look} ${one === screen ? loud : quiet} ${at < inBar ? '' : 'max-sm:hidden'}`}
            >
              <Icon className={`size-4.5 shrink-0 ${one === screen ? 'text-accent' : ''}`} />
              <span className={`sm:whitespace-nowrap flowing:sr-only ${brief ? 'max-sm:hidden' : ''}`}>
                {name}
              </span>
              {brief && <span className="sm:hidden flowing:sr-only">{brief}</span>}
              {news && <Mark {...news} id={`${id}-${one}`} />}
            </Button>
          );
        })}
        <div className="flex flex-auto sm:hidden [&>div]:flex-auto">
          <Menu
            label={t.moreScreens}
            buttonLabel={t.moreScreens}
            isCurrent={isBehind}
            className={`${look} ${isBehind ? loud : quiet}`}
            listLook="right-0 bottom-full mb-2 w-56 flowing:top-full flowing:bottom-auto flowing:mt-1 flowing:mb-0"
            entries={[
              ...behind.map(({ screen: one, word, Icon }) => ({
                key: one,
                isChosen: one === screen,
                icon: <Icon className={`size-4.5 shrink-0 ${one === screen ? 'text-accent' : ''}`} />,
                words: word,
                onPress: () => go(one),
              })),
              {
                key: 'commands',
                icon: <Search className="size-4.5" />,
                words: t.commands,
                onPress: onCommands,
              },
            ]}
          >
            <Ellipsis className={`size-4.5 ${isBehind ? 'text-accent' : ''}`} />
            <span className="flowing:sr-only">{common.more}</span>
          </Menu>
        </div>
      </nav>
      {snapshot && snapshot.accounts.length > 0 && (
        <section aria-label={t.account} className="mt-auto hidden border-line border-t p-2 sm:block">
          <AccountButton snapshot={snapshot} />
        </section>
      )}
    </div>
  );
}

interface News {
  readonly words: string;
  /** Of changes that wait to be saved. */
  readonly count?: number;
}

/** A dot, or a number, beside the name of a screen; its words are read with it. */
function Mark({ id, words, count }: News & { readonly id: string }) {
  return (
    <>
      {count === undefined ? (
        <span className="size-2 rounded-full forced-color-adjust-none bg-danger max-sm:absolute max-sm:top-1.5 max-sm:left-1/2 max-sm:ml-2.5 sm:ml-auto" />
      ) : (
        <span
          aria-hidden="true"
          className="min-w-5 rounded-full bg-text px-1.5 text-center font-medium text-bg text-xs tabular-nums forced-color-adjust-none max-sm:absolute max-sm:top-0.5 max-sm:left-1/2 max-sm:ml-1.5 sm:-mr-1.5 sm:ml-auto"
        >
          {count}
        </span>
      )}
      <span id={id} hidden>
        {words}
      </span>
    </>
  );
}
