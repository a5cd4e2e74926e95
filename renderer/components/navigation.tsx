import { Ellipsis, Search } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { type Screen, screens, screenWords } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import { useGo } from '../lib/actions.ts';
import { screenIcons } from '../lib/screen-icons.ts';
import { paletteKey } from '../lib/use-palette-key.ts';
import { useUploadMark } from '../lib/use-upload-mark.ts';
import { AccountButton } from './account-button.tsx';
import { Menu } from './menu.tsx';

/** What works without an account, and leads to one. */
const withoutAccount: readonly Screen[] = ['status', 'accounts', 'preferences'];

const allEntries = screens.map((screen) => ({
  screen,
  word: screenWords[screen],
  Icon: screenIcons[screen],
}));

/** So many stand in the bar of a narrow window; the others are behind "More" there. */
const inBar = 4;

const look =
  'flex min-h-12 flex-auto flex-col items-center justify-center gap-0.5 rounded-lg px-0.5 text-xs transition-colors motion-reduce:transition-none sm:min-h-9 sm:flex-none sm:flex-row sm:justify-start sm:gap-3 sm:px-3 sm:text-sm';
const quiet = 'font-medium text-muted hover:bg-sunken hover:text-text';
const loud = 'bg-sunken font-semibold text-text';

interface NavigationProps {
  readonly screen: Screen;
  readonly snapshot: Snapshot | undefined;
  /** Opens the list of all commands. */
  readonly onCommands: () => void;
}

/** The ways through the window: a sidebar, at the bottom where the window is narrow. */
export function Navigation({ screen, snapshot, onCommands }: NavigationProps) {
  const go = useGo();
  const markId = useId();
  const mark = useUploadMark(snapshot?.backgrounds?.queue, screen === 'backgrounds');
  const isBare = snapshot?.account.phase === 'none';
  const entries = allEntries.filter(({ screen: one }) => !isBare || withoutAccount.includes(one));
  const behind = entries.slice(inBar);
  const isBehind = behind.some((one) => one.screen === screen);
  return (
    <div className="order-last flex shrink-0 border-line border-t bg-surface sm:order-first sm:w-52 sm:flex-col sm:border-t-0 sm:border-r">
      <div className="hidden p-3 pb-0 sm:block">
        <Button
          onPress={onCommands}
          className="flex min-h-9 w-full items-center rounded-lg border border-line px-[0.6875rem] text-muted transition-colors hover:bg-sunken hover:text-text motion-reduce:transition-none"
        >
          <Search className="mr-3 size-4.5 shrink-0" />
          Commands
          <kbd className="ml-auto font-sans text-xs">{paletteKey}</kbd>
        </Button>
      </div>
      <nav
        aria-label="Main"
        className="flex min-w-0 flex-1 gap-0.5 p-1 sm:flex-none sm:flex-col sm:gap-1 sm:p-3"
      >
        {entries.map(({ screen: one, word, Icon }, at) => (
          <Button
            key={one}
            {...(one === screen ? { 'aria-current': 'page' } : {})}
            {...(one === 'backgrounds' && mark ? { 'aria-describedby': markId } : {})}
            onPress={() => go(one)}
            className={`${look} ${one === screen ? loud : quiet} ${at < inBar ? '' : 'max-sm:hidden'}`}
          >
            <Icon className={`size-4.5 ${one === screen ? 'text-accent' : ''}`} />
            {word}
            {one === 'backgrounds' && mark && (
              <>
                <span className="size-2 rounded-full forced-color-adjust-none bg-danger max-sm:-mt-10 max-sm:ml-8 sm:ml-auto" />
                <span id={markId} hidden>
                  {mark}
                </span>
              </>
            )}
          </Button>
        ))}
        <div className="flex flex-auto sm:hidden [&>div]:flex-auto">
          <Menu
            label="More screens"
            buttonLabel="More screens"
            isCurrent={isBehind}
            className={`${look} ${isBehind ? loud : quiet}`}
            listLook="right-0 bottom-full mb-2 w-56"
            entries={[
              ...behind.map(({ screen: one, word, Icon }) => ({
                key: one,
                isChosen: one === screen,
                icon: <Icon className={`size-4.5 ${one === screen ? 'text-accent' : ''}`} />,
                words: word,
                onPress: () => go(one),
              })),
              {
                key: 'commands',
                icon: <Search className="size-4.5" />,
                words: 'Commands',
                onPress: onCommands,
              },
            ]}
          >
            <Ellipsis className={`size-4.5 ${isBehind ? 'text-accent' : ''}`} />
            More
          </Menu>
        </div>
      </nav>
      {snapshot && snapshot.accounts.length > 0 && (
        <section aria-label="Account" className="mt-auto hidden border-line border-t p-2 sm:block">
          <AccountButton snapshot={snapshot} />
        </section>
      )}
    </div>
  );
}
