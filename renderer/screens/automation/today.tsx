import { type DayPart, dayBounds } from '../../../shared/automation/day.ts';
import { dayTimes, dayWords } from '../../../shared/words/automation.ts';
import { timeOfDay } from '../../../shared/words/clock.ts';
import { automation as t } from '../../../shared/words/en/automation.ts';
import { statusSlug } from '../../../shared/zoom/presence.ts';
import { Card } from '../../components/card.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useNow } from '../../lib/use-now.ts';

/** What the rules have made of the day, and would make of the rest of it. */
export function Today({ day }: { readonly day: readonly DayPart[] }) {
  const now = useNow(true);
  return (
    <Card title={t.today}>
      <div className="flex flex-col gap-4 p-4 sm:px-6">
        <Strip day={day} now={now} />
        {day.length === 0 && <p className="text-muted">{t.todayNothing}</p>}
        {day.length > 0 && (
          <ol className="flex flex-col gap-2">
            {day.map((part) => (
              <li key={`${part.from} ${part.rule}`} className="flex flex-wrap items-center gap-x-3">
                <StatusIcon status={part.status} size={1} />
                <span className="w-44 text-muted tabular-nums">{dayTimes(part)}</span>
                <span className="min-w-0 flex-1 basis-40">{dayWords(part, now)}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Card>
  );
}

/** Drawn alone: the list below says the same. */
function Strip({ day, now }: { readonly day: readonly DayPart[]; readonly now: number }) {
  const { from, to } = dayBounds(now);
  const at = (instant: number) => `${(100 * (instant - from)) / (to - from)}%`;
  const width = (begin: number, end: number) => `${(100 * Math.max(end - begin, 0)) / (to - from)}%`;
  const quarters = [0, 0.25, 0.5, 0.75, 1].map((share) => from + share * (to - from));
  return (
    <div aria-hidden="true" className="flex flex-col gap-1">
      <div className="relative h-5 overflow-hidden rounded-md bg-sunken">
        {day.map((part) => {
          const until = part.until ?? Math.max(now, part.from);
          return (
            <span
              key={`${part.from} ${part.rule}`}
              data-status={statusSlug(part.status)}
              className={`absolute inset-y-0 bg-(--accent) ${part.from > now ? 'opacity-50' : ''}`}
              style={{ left: at(part.from), width: width(part.from, until) }}
            />
          );
        })}
        <span className="absolute inset-y-0 w-0.5 bg-text" style={{ left: at(now) }} />
      </div>
      <div className="flex justify-between text-muted text-xs tabular-nums">
        {quarters.map((quarter) => (
          <span key={quarter}>{timeOfDay(quarter)}</span>
        ))}
      </div>
    </div>
  );
}
