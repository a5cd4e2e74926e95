import type { SettingSection } from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Select } from '../../components/select.tsx';

interface SectionListProps {
  readonly sections: readonly SettingSection[];
  readonly open: string | undefined;
  /** How many settings are changed in each section. */
  readonly changed: ReadonlyMap<string, number>;
  /** What was found is shown: where there is little room, the choice makes way for it. */
  readonly isSearch: boolean;
  readonly onOpen: (id: string) => void;
}

/** The sections at the side; where there is no room for that, one choice above the settings. */
export function SectionList({ sections, open, changed, isSearch, onOpen }: SectionListProps) {
  return (
    <>
      <div className={isSearch ? 'hidden' : 'min-[52rem]:hidden'}>
        <Select
          aria-label={t.section}
          value={open ?? ''}
          onChange={(event) => onOpen(event.target.value)}
          look="w-full font-medium"
        >
          {open === undefined && (
            <option value="" disabled>
              {t.allSections}
            </option>
          )}
          {sections.map(({ id, title }) => {
            const count = changed.get(id);
            return (
              <option key={id} value={id}>
                {count ? t.changedIn(title, count) : title}
              </option>
            );
          })}
        </Select>
      </div>
      <nav
        aria-label={t.sections}
        className="sticky top-15 hidden max-h-[calc(100vh-6rem)] w-52 shrink-0 self-start overflow-y-auto p-0.5 min-[52rem]:block"
      >
        <ul className="flex flex-col">
          {sections.map(({ id, title }) => {
            const count = changed.get(id);
            return (
              <li key={id}>
                <button
                  type="button"
                  {...(id === open ? { 'aria-current': 'true', 'data-selected': true } : {})}
                  onClick={() => onOpen(id)}
                  className={`flex min-h-7 w-full items-center gap-2 rounded-lg px-2.5 py-0.5 text-left ${
                    id === open
                      ? 'picked bg-chosen font-semibold text-text shadow-[inset_3px_0_0_var(--accent)]'
                      : 'font-medium text-muted hover:bg-sunken hover:text-text'
                  }`}
                >
                  <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{title}</span>
                  {count !== undefined && (
                    <span className="shrink-0 rounded-md bg-text px-1.5 font-medium text-bg text-xs tabular-nums forced-color-adjust-none">
                      {count}
                      <span className="sr-only"> {t.changedInside}</span>
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
    </>
  );
}
