import { isBlocked } from '../blocked.ts';
import type { TallyError } from '../errors.ts';
import type { News } from '../notifications.ts';
import { clipboardMs } from '../zak.ts';
import { statusWord } from '../zoom/presence.ts';
import { clockTime } from './clock.ts';
import { durationWords } from './durations.ts';
import { isolated } from './isolated.ts';
import { retryWord } from './retry.ts';

interface NotificationWords {
  readonly title: string;
  readonly body: string;
  /** What its button says, where there is something to do at once. */
  readonly button?: string;
}

/** So much more an ended timer is given, in minutes. */
export const moreMinutes = 15;

/** Names told in a notification; the rest is counted. */
const mostNames = 4;

/** What a notification says of some news at `now`, epoch ms; `whose` names the account where there are several. */
export function notificationWords(news: News, now: number, whose?: string): NotificationWords {
  const { body, ...words } = wordsOf(news, now);
  const lines = [...body, ...(whose === undefined ? [] : [`Account: ${isolated(whose)}`])];
  return { ...words, body: lines.join('\n') };
}

type Words = Omit<NotificationWords, 'body'> & { readonly body: readonly string[] };

const more = `${moreMinutes} more minutes`;

function wordsOf(news: News, now: number): Words {
  switch (news.kind) {
    case 'refused': {
      const word = statusWord(news.change.status);
      const back = news.change.cause === 'restored';
      return failed(back ? `Couldn’t switch back to ${word}` : `Couldn’t set ${word}`, news.error);
    }
    case 'ending': {
      const at = clockTime(news.until, now);
      const then = news.next ? `Switching to ${statusWord(news.next)} at ${at}.` : `It ends at ${at}.`;
      return { title: `${statusWord(news.status)} ends in a minute`, body: [then], button: more };
    }
    case 'ended':
      return {
        title: `${statusWord(news.status)} ended`,
        body: [`Back to ${statusWord(news.now)}.`],
        button: more,
      };
    case 'zak-copied': {
      const valid = news.expiresAt === undefined ? [] : [`Valid until ${clockTime(news.expiresAt, now)}.`];
      return {
        title: 'ZAK copied',
        body: [...valid, `Clears from the clipboard in ${durationWords(clipboardMs, 'long')}.`],
      };
    }
    case 'zak-failed':
      return failed('Couldn’t copy a ZAK', news.error);
    case 'uploads':
      return uploadWords(news);
    case 'sign-in':
      if (isBlocked(news.error)) return { title: 'Zoom no longer lets Tally in', body: reasons(news.error) };
      return { title: 'Sign in to Zoom again', body: reasons(news.error), button: 'Sign in again' };
  }
}

function failed(title: string, error: TallyError): Words {
  const button = retryWord(error);
  return { title, body: reasons(error), ...(button !== undefined && { button }) };
}

const reasons = ({ what, why }: TallyError) => [what, ...(why === undefined ? [] : [why])];

function uploadWords({ done, failed, asking }: Extract<News, { kind: 'uploads' }>): Words {
  if (failed.length + asking.length === 0) {
    return { title: done.length === 1 ? 'Background uploaded' : 'Backgrounds uploaded', body: [names(done)] };
  }
  const body = [
    ...(done.length > 0 ? [`Uploaded: ${names(done)}`] : []),
    ...(failed.length > 0 ? [`Not uploaded: ${names(failed)}`] : []),
    ...(asking.length > 0 ? [`Waiting for your answer: ${names(asking)}`] : []),
  ];
  if (failed.length === 0) return { title: 'An upload needs your answer', body };
  const some = done.length + asking.length > 0 || failed.length > 1;
  return { title: some ? 'Some backgrounds weren’t uploaded' : 'A background wasn’t uploaded', body };
}

function names(all: readonly string[]): string {
  const told = all.slice(0, mostNames).map(isolated);
  const rest = all.length - told.length;
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ');
}
