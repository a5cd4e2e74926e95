import { isBlocked } from '../blocked.ts';
import type { TallyError } from '../errors.ts';
import { moreMinutes } from '../lengths.ts';
import type { News } from '../notifications.ts';
import { clipboardMs } from '../zak.ts';
import { statusWord } from '../zoom/presence.ts';
import { clockTime } from './clock.ts';
import { durationWords } from './durations.ts';
import { common } from './en/common.ts';
import { notifications as t } from './en/notifications.ts';
import { isolated } from './isolated.ts';
import { spoken } from './language.ts';
import { retryWord } from './retry.ts';

interface NotificationWords {
  readonly title: string;
  readonly body: string;
  /** What its button says, where there is something to do at once. */
  readonly button?: string;
}

/** Names told in a notification; the rest is counted. */
const mostNames = 4;

/** What a notification says of some news at `now`, epoch ms; `whose` names the account where there are several. */
export function notificationWords(news: News, now: number, whose?: string): NotificationWords {
  const { body, ...words } = wordsOf(news, now);
  const lines = [...body, ...(whose === undefined ? [] : [t.account(isolated(whose))])];
  return { ...words, body: lines.join('\n') };
}

type Words = Omit<NotificationWords, 'body'> & { readonly body: readonly string[] };

const more = t.moreMinutes(moreMinutes);

function wordsOf(news: News, now: number): Words {
  switch (news.kind) {
    case 'refused': {
      const word = statusWord(news.change.status);
      const back = news.change.cause === 'restored';
      return failed(back ? t.notSwitchedBack(word) : t.notSet(word), news.error);
    }
    case 'ending': {
      const at = clockTime(news.until, now);
      const then = news.next ? t.switchingAt(statusWord(news.next), at) : t.endsAt(at);
      return { title: t.endsSoon(statusWord(news.status)), body: [then], button: more };
    }
    case 'ended':
      return {
        title: t.ended(statusWord(news.status)),
        body: [t.backTo(statusWord(news.now))],
        button: more,
      };
    case 'ended-early':
      return { title: t.endedEarly(statusWord(news.status)), body: [t.takenBack[news.status]] };
    case 'zak-copied': {
      const valid = news.expiresAt === undefined ? [] : [t.zakValidUntil(clockTime(news.expiresAt, now))];
      return {
        title: t.zakCopied,
        body: [...valid, t.zakClearsIn(durationWords(clipboardMs, 'long'))],
      };
    }
    case 'zak-failed':
      return failed(t.zakNotCopied, news.error);
    case 'uploads':
      return uploadWords(news);
    case 'sign-in':
      if (isBlocked(news.error)) return { title: t.accessEnded, body: reasons(news.error) };
      return { title: t.signInEnded, body: reasons(news.error), button: common.signInAgain };
  }
}

function failed(title: string, error: TallyError): Words {
  const button = retryWord(error);
  return { title, body: reasons(error), ...(button !== undefined && { button }) };
}

const reasons = ({ what, why }: TallyError) => [what, ...(why === undefined ? [] : [why])].map(spoken);

function uploadWords({ done, failed, asking }: Extract<News, { kind: 'uploads' }>): Words {
  if (failed.length + asking.length === 0) {
    return { title: t.uploaded(done.length), body: [names(done)] };
  }
  const body = [
    ...(done.length > 0 ? [t.uploadedNames(names(done))] : []),
    ...(failed.length > 0 ? [t.notUploadedNames(names(failed))] : []),
    ...(asking.length > 0 ? [t.askingNames(names(asking))] : []),
  ];
  if (failed.length === 0) return { title: t.uploadAsks, body };
  const some = done.length + asking.length > 0 || failed.length > 1;
  return { title: some ? t.someNotUploaded : t.oneNotUploaded, body };
}

function names(all: readonly string[]): string {
  const told = all.slice(0, mostNames).map(isolated);
  const rest = all.length - told.length;
  return rest > 0 ? t.namesAndMore(told.join(', '), rest) : told.join(', ');
}
