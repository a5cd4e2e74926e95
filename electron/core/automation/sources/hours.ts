import type { Fact } from '../../../../shared/automation/rule.ts';
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
    plan(from, to) {
      const facts: Fact[] = [];
      for (let at = from; at < to; ) {
        const moment = workMoment(week, at);
        if (!moment) break;
        const { working, since, until } = moment;
        if (!working) facts.push({ since, until });
        at = until;
      }
      return facts;
    },
    isUntold: () => false,
    nextChange: (now) => workMoment(week, now)?.until,
  };
}
