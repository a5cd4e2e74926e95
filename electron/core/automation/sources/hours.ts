import { type WorkWeek, workMoment } from '../../../../shared/working-hours.ts';
import type { Source } from './source.ts';

/** Since when and until when nobody works. */
export function createHoursSource(): Source<'hours'> {
  let week: WorkWeek = [];
  return {
    watch: (settings) => {
      week = settings?.week ?? [];
    },
    fact(now) {
      const moment = workMoment(week, now);
      return moment && !moment.working ? { since: moment.since, until: moment.until } : undefined;
    },
    isUntold: () => false,
    nextChange: (now) => workMoment(week, now)?.until,
  };
}
