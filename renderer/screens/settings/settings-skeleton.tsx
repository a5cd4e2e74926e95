import { settings as t } from '../../../shared/words/en/settings.ts';
import { PageTitle } from '../../components/page-title.tsx';

const block = 'animate-pulse rounded-lg bg-sunken motion-reduce:animate-none';

/** The outline of the screen while there is nothing to show yet. */
export function SettingsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 sm:gap-6">
      <PageTitle>{t.skeletonTitle}</PageTitle>
      <div role="status" aria-label={t.reading} className={`h-11 sm:h-9 ${block}`} />
      <div className="flex gap-6">
        <div className="hidden w-44 shrink-0 flex-col gap-2 min-[52rem]:flex">
          {[0, 1, 2, 3, 4, 5, 6, 7].map((line) => (
            <div key={line} className={`h-8 ${block}`} />
          ))}
        </div>
        <div className="flex-1 divide-y divide-line rounded-2xl border border-line bg-surface">
          {[0, 1, 2, 3, 4].map((line) => (
            <div key={line} className="flex items-center gap-6 p-4 sm:px-6">
              <div className="flex flex-1 flex-col gap-2">
                <div className={`h-4 w-40 max-w-full ${block}`} />
                <div className={`h-4 w-64 max-w-full ${block}`} />
              </div>
              <div className={`h-6 w-11 ${block}`} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
