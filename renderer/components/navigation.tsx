import { CircleDot, SlidersHorizontal } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { AccountView } from '../../shared/state.ts';

export type Screen = 'status' | 'preferences';

const screens = [
  { screen: 'status', word: 'Status', Icon: CircleDot },
  { screen: 'preferences', word: 'Preferences', Icon: SlidersHorizontal },
] as const;

/** At most two letters for a person: "Robin Ashdown" is RA. */
function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? '')][0] ?? '').join('');
}

/** Whose account this is; the ring round the letters has the colour of the status. */
export function AccountLine({ account }: { readonly account: AccountView & { phase: 'connected' } }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 sm:size-9 place-items-center rounded-full border-2 border-accent font-semibold text-[0.625rem] sm:text-xs uppercase"
      >
        {initials(account.name)}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium" title={account.name}>
          {account.name}
        </span>
        <span className="hidden truncate text-muted text-xs sm:block" title={account.email}>
          {account.email}
        </span>
      </span>
    </div>
  );
}

/** The ways through the window: a sidebar, at the bottom where the window is narrow. */
export function Navigation({
  screen,
  onChange,
  account,
}: {
  readonly screen: Screen;
  readonly onChange: (screen: Screen) => void;
  readonly account: AccountView;
}) {
  return (
    <div className="order-last flex shrink-0 border-line border-t bg-surface sm:order-first sm:w-52 sm:flex-col sm:justify-between sm:border-t-0 sm:border-r">
      <nav aria-label="Main" className="flex flex-1 gap-1 p-1 sm:flex-none sm:flex-col sm:p-3">
        {screens.map(({ screen: one, word, Icon }) => (
          <Button
            key={one}
            {...(one === screen ? { 'aria-current': 'page' } : {})}
            onPress={() => onChange(one)}
            className={`flex min-h-12 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg px-3 text-xs transition-colors motion-reduce:transition-none sm:min-h-9 sm:flex-none sm:flex-row sm:justify-start sm:gap-3 sm:text-sm ${
              one === screen
                ? 'bg-sunken font-semibold text-text'
                : 'font-medium text-muted hover:bg-sunken hover:text-text'
            }`}
          >
            <Icon className={`size-4.5 ${one === screen ? 'text-accent' : ''}`} aria-hidden="true" />
            {word}
          </Button>
        ))}
      </nav>
      {account.phase === 'connected' && (
        <section aria-label="Account" className="hidden border-line border-t p-4 sm:block">
          <AccountLine account={account} />
        </section>
      )}
    </div>
  );
}
