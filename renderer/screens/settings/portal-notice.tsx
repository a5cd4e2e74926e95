import { ExternalLink } from 'lucide-react';
import type { WebPage } from '../../../shared/places.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { spoken } from '../../../shared/words/language.ts';
import { Button } from '../../components/button.tsx';
import { Marked } from '../../components/marked.tsx';
import { useRun } from '../../lib/actions.ts';
import type { PortalSetting } from './portal-only.ts';

interface PortalNoticeProps {
  readonly settings: readonly PortalSetting[];
  readonly terms: readonly string[];
  /** Where Zoom's website has the settings. */
  readonly portal: WebPage;
}

/** What is searched for and can only be changed on Zoom's website, with the way there. */
export function PortalNotice({ settings, terms, portal }: PortalNoticeProps) {
  const run = useRun();
  return (
    <section
      aria-label={t.onZoomsWebsite}
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-2xl border border-line bg-surface p-4"
    >
      <div role="status" className="min-w-0 flex-1 basis-56">
        <ul className="font-medium [overflow-wrap:anywhere]">
          {settings.map(({ title }) => (
            <li key={title}>
              <Marked text={spoken(title)} terms={terms} />
            </li>
          ))}
        </ul>
        <p className="text-muted">{t.notInApi(settings.length)}</p>
      </div>
      <Button onPress={() => run({ type: 'web.open', page: portal })}>
        {t.openZoomsSettings}
        <ExternalLink className="size-4" />
      </Button>
    </section>
  );
}
