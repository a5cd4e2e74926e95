import type { Action } from '../../../shared/actions.ts';
import type { Preferences } from '../../../shared/app.ts';
import { moreMinutes } from '../../../shared/lengths.ts';
import type { News, NotificationPreference } from '../../../shared/notifications.ts';
import type { Screen } from '../../../shared/places.ts';
import { notificationWords } from '../../../shared/words/notifications.ts';
import { createBatches } from '../backgrounds/batches.ts';
import { createAlarm } from '../lib/alarm.ts';
import type { Clock, Notifier, Shell } from '../ports.ts';
import { endingAt, endingNews, type Moment, newsOf } from './news.ts';

interface NotificationsDeps {
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly shell: Pick<Shell, 'seenScreens'>;
  preferences(): Preferences;
  /** All accounts as they are now. */
  moments(): readonly Moment[];
  /** Makes an account the active one, and does something with it then. */
  run(key: string, action: Action): void;
}

interface Kind {
  readonly preference: NotificationPreference;
  /** Where the person sees it happen, and where the notification leads. */
  readonly screen: Screen;
  /** Of two in the same place, the later takes it. */
  readonly place: string;
}

const timer = { screen: 'status', place: 'timer' } as const;
const zak = { preference: 'notifyZak', screen: 'zak', place: 'zak' } as const;
const kinds: { readonly [K in News['kind']]: Kind } = {
  refused: { preference: 'notifyRefused', screen: 'status', place: 'refused' },
  ending: { preference: 'notifyEnding', ...timer },
  ended: { preference: 'notifyEnded', ...timer },
  'ended-early': { preference: 'notifyEnded', ...timer },
  'zak-copied': zak,
  'zak-failed': zak,
  uploads: { preference: 'notifyUploads', screen: 'backgrounds', place: 'uploads' },
  'sign-in': { preference: 'notifySignIn', screen: 'status', place: 'sign-in' },
};

/** Decides what is told outside of the window: what the person wants told, and does not see happen. */
export function createNotifications(deps: NotificationsDeps) {
  const { clock, notifier, shell, preferences } = deps;
  const batches = createBatches();
  const alarm = createAlarm(clock, tellEnding);
  let before = new Map<string, Moment>();
  /** The ends that were told to be near, by account. */
  const told = new Map<string, number>();

  function tell(moment: Moment, news: News): void {
    const { preference, screen, place } = kinds[news.kind];
    const seen = shell.seenScreens();
    const isSeen = news.kind === 'sign-in' ? seen.length > 0 : seen.includes(screen);
    if (isSeen || !preferences()[preference]) return;
    const whose = before.size > 1 ? moment.name : undefined;
    notifier.show({
      id: `${moment.key}/${place}`,
      ...notificationWords(news, clock.now(), whose),
      chosen(what) {
        const open: Action = { type: 'window.open', screen };
        deps.run(moment.key, what === 'button' ? (buttonAction(news) ?? open) : open);
      },
    });
  }

  /** What is no longer so is not left standing. */
  function takeAway(former: Moment | undefined, { key, account, presence }: Moment): void {
    const close = (place: string) => notifier.close(`${key}/${place}`);
    if (former?.presence.failed && !presence.failed) close('refused');
    if (former?.account.phase === 'failed' && account.phase === 'connected') close('sign-in');
    const end = told.get(key);
    if (end === undefined || presence.current.until === end) return;
    told.delete(key);
    close('timer');
  }

  function tellEnding(): void {
    const now = clock.now();
    for (const moment of preferences().notifyEnding ? before.values() : []) {
      const at = endingAt(moment);
      const { until } = moment.presence.current;
      if (at === undefined || until === undefined || now < at || now >= until) continue;
      if (told.get(moment.key) === until) continue;
      told.set(moment.key, until);
      for (const news of endingNews(moment)) tell(moment, news);
    }
    setAlarm();
  }

  function setAlarm(): void {
    const now = clock.now();
    const next = [...before.values()].flatMap((moment) => endingAt(moment) ?? []).filter((at) => at > now);
    alarm.set(preferences().notifyEnding && next.length > 0 ? Math.min(...next) : undefined);
  }

  return {
    /** Compares what is with what was. To be called after each change. */
    changed(): void {
      const former = before;
      before = new Map(deps.moments().map((moment) => [moment.key, moment]));
      for (const moment of before.values()) {
        const was = former.get(moment.key);
        takeAway(was, moment);
        for (const news of newsOf(was, moment, clock.now())) tell(moment, news);
        const uploads = batches.update(moment.key, moment.backgrounds?.queue ?? []);
        if (uploads) tell(moment, { kind: 'uploads', ...uploads });
      }
      // After sleep a change may come before the alarm is looked at.
      tellEnding();
    },
    /** After sleep. */
    wake: alarm.check,
    stop: () => alarm.set(undefined),
  };
}

/** What the button of a notification does; undefined where the window is to be opened. */
function buttonAction(news: News): Action | undefined {
  const signIn = 'error' in news && news.error.action === 'sign-in';
  if (signIn) return { type: 'account.reconnect' };
  switch (news.kind) {
    case 'refused':
      return { type: 'presence.retry', status: news.change.status };
    case 'ending':
      return { type: 'presence.set', status: news.status, until: news.until + moreMinutes * 60_000 };
    case 'ended':
      return { type: 'presence.set', status: news.status, minutes: moreMinutes };
    case 'zak-failed':
      return { type: 'zak.copy' };
    default:
      return undefined;
  }
}
