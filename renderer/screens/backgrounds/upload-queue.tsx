import { useId, useRef } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import type { BackgroundsView, UploadView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { useRun } from '../../lib/actions.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useNow } from '../../lib/use-now.ts';
import { isQuiet, UploadRow } from './upload-row.tsx';
import { UploadedStrip } from './uploaded-strip.tsx';
import { useSettled } from './use-settled.ts';
import { isFinished, overall } from './words.ts';

/** All files that were added, one row each; those that were uploaded a moment ago together in one. */
export function UploadQueue({ view }: { readonly view: BackgroundsView }) {
  return view.queue.length > 0 && <Rows queue={view.queue} files={view.files} />;
}

function Rows({ queue, files }: Pick<BackgroundsView, 'queue' | 'files'>) {
  const run = useRun();
  const id = useId();
  const area = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const now = useNow(false);
  const settled = useSettled(queue.filter(isQuiet).map(({ id: one }) => one));
  const isPast = (upload: UploadView) => isQuiet(upload) && settled.has(upload.id);
  const past = queue.filter(isPast);
  const rows = queue.filter((upload) => !isPast(upload));
  useFocusBack(area, title, `${queue.map((upload) => upload.id)} ${past.length}`);
  const whole = overall(queue);
  return (
    <section ref={area} aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 sm:min-h-9">
        <h2 ref={title} id={id} tabIndex={-1} className="font-semibold text-sm outline-none">
          {t.uploads}
        </h2>
        {queue.some(isFinished) && (
          <Button look="quiet" onPress={() => run({ type: 'backgrounds.clear' })}>
            {t.clearFinished}
          </Button>
        )}
      </div>
      <Card>
        {whole && (
          <ProgressBar
            aria-label={t.allUploads}
            value={whole.bytes > 0 ? (100 * whole.sent) / whole.bytes : 0}
            valueLabel={t.uploadedOf(whole.done, whole.of)}
            className="block"
          >
            <span className="flex flex-wrap justify-between gap-x-4 px-3 py-2 text-muted text-xs tabular-nums sm:px-4">
              <span>{t.uploadedOf(whole.done, whole.of)}</span>
              <span>{t.bytesOf(sizeWords(whole.sent), sizeWords(whole.bytes))}</span>
            </span>
            <span className="block h-1 bg-line forced-color-adjust-none forced-colors:bg-bg forced-colors:outline forced-colors:outline-line">
              <span
                className="block h-full origin-left bg-focus transition-transform duration-150 rtl:origin-right motion-reduce:transition-none"
                style={{ transform: `scaleX(${whole.bytes > 0 ? whole.sent / whole.bytes : 0})` }}
              />
            </span>
          </ProgressBar>
        )}
        {past.length > 0 && <UploadedStrip uploads={past} />}
        {rows.length > 0 && (
          <ul aria-labelledby={id} className="divide-y divide-line">
            {rows.map((upload) => (
              <UploadRow key={upload.id} upload={upload} files={files} now={now} />
            ))}
          </ul>
        )}
      </Card>
    </section>
  );
}
