import { common } from '../../shared/words/en/common.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { shortcuts } from '../lib/shortcuts.ts';
import { Dialog } from './dialog.tsx';

/** All keys of the window. */
export default function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t.keyboardShortcuts} onClose={onClose} leave={common.close}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {shortcuts.map(({ title, entries }) => (
          <section key={title} aria-label={title} className="min-w-0">
            <h3 className="pb-1 font-semibold text-muted text-xs">{title}</h3>
            <dl className="flex flex-col">
              {entries.map(({ keys, words }) => (
                <div key={keys} className="flex items-baseline justify-between gap-4 py-1">
                  <dt className="min-w-0">{words}</dt>
                  <dd className="shrink-0 text-muted text-xs">{keys}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
