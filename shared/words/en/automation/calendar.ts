import { words } from '../../language.ts';
import type { RuleWords } from './rule-words.ts';

const t = words({
  name: 'Calendar',
  help: 'Your status follows the events of calendars you add.',
  nothing: 'Right now: no event.',
  until: (time: string) => `in a calendar event until ${time}`,
  titled: (time: string, title: string) => `in a calendar event until ${time} · ${title}`,
  starts: (time: string) => `before a calendar event at ${time}`,
  startsTitled: (time: string, title: string) => `before a calendar event at ${time} · ${title}`,
});

export const calendar: RuleWords = {
  ...t,
  reason({ until = '', begins, title }) {
    if (begins !== undefined) return title === undefined ? t.starts(begins) : t.startsTitled(begins, title);
    return title === undefined ? t.until(until) : t.titled(until, title);
  },
};

/** What can be set of the rule. */
export const calendarSettings = words({
  status: 'During events',
  before: 'Start',
  beforeMinutes: {
    '0': 'When an event begins',
    '1': '1 minute before',
    '2': '2 minutes before',
    '5': '5 minutes before',
    '10': '10 minutes before',
    '15': '15 minutes before',
  },
  tentative: 'Count tentative events',
  tentativeHelp: 'Events you answered with maybe, or haven’t answered.',
  away: 'Set Out of office for all-day events',
  awayHelp: 'And for events your calendar marks as out of office. Otherwise Tally ignores both.',
});
