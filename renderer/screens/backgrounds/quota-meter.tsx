import { Meter } from 'react-aria-components/Meter';
import type { BackgroundsView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';

/** How many of Zoom's places are taken, one mark a place. */
export function QuotaMeter({ quota: { used, max } }: Pick<BackgroundsView, 'quota'>) {
  const words = t.placesOf(used, max);
  const places = Array.from({ length: max }, (_, place) => place);
  return (
    <Meter
      aria-label={t.placesTaken}
      value={Math.min(used, max)}
      maxValue={max}
      valueLabel={words}
      className="flex items-center gap-2"
    >
      <span className="flex gap-0.5 forced-color-adjust-none" aria-hidden="true">
        {places.map((place) => (
          <span
            key={place}
            className={`h-3.5 w-1.5 rounded-full border ${place < used ? 'border-text bg-text' : 'border-edge'}`}
          />
        ))}
      </span>
      <span className="text-muted tabular-nums">{words}</span>
    </Meter>
  );
}
