import { KnownFailure } from '../../electron/core/http/failures.ts';
import { direct } from '../../electron/core/http/network.ts';
import type { Network } from '../../electron/core/ports.ts';
import type { FakeClock } from './fake-clock.ts';
import { type Recorded, recordedAs } from './recorded.ts';
import type { RandomAnswer } from './trust/answers.ts';
import { type AnswerTo, type ScriptedTally, startScriptedTally } from './trust/fuzzed-tally.ts';

/** An account at Zoom of which everything that it answers is recorded. */
export interface RecordedAccount {
  readonly user: string;
  /** The settings and their `option` views; a view that is not recorded is refused. */
  readonly settings: readonly string[];
}

export const accounts = {
  basic: { user: 'user-basic', settings: ['settings-basic'] },
  google: { user: 'user-google', settings: ['settings-basic'] },
  'pmi-zero': { user: 'user-pmi-zero', settings: ['settings-basic'] },
  'host-key': { user: 'user-host-key', settings: ['settings-basic'] },
  'two-logins': { user: 'user-two-logins', settings: ['settings-basic'] },
  business: {
    user: 'user-whole',
    settings: [
      'settings-business',
      'settings-meeting-authentication',
      'settings-recording-authentication',
      'settings-meeting-security',
    ],
  },
} as const satisfies Record<string, RecordedAccount>;

/** An answer as it goes over the wire. */
export function onTheWire({ status, headers = {}, text }: Recorded): RandomAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

const told = (body: unknown): RandomAnswer => ({ status: 200, headers: {}, body: JSON.stringify(body) });

/** What is the same of every account. */
const others: Readonly<Record<string, RandomAnswer>> = {
  getUserPresenceStatus: told({ status: 'Available' }),
  userAssistants: told({ assistants: [] }),
  userSchedulers: told({ schedulers: [] }),
  userPermission: told({ permissions: ['User:Read', 'User:Edit'] }),
  userEmail: told({ existed_email: false }),
  userVanityName: told({ existed: false }),
  userZak: told({ token: 'invented' }),
  userToken: told({ token: 'invented' }),
};

const taken: RandomAnswer = { status: 204, headers: {}, body: '' };

/** What an account answers to a request; `instead` is asked first. */
function answersOf({ user, settings }: RecordedAccount, instead: AnswerTo = () => undefined): AnswerTo {
  return (id, query, body) => {
    const other = instead(id, query, body);
    if (other || !id) return other;
    if (id === 'user') return onTheWire(recordedAs(user));
    if (id !== 'userSettings') return others[id] ?? taken;
    const fitting = settings
      .map(recordedAs)
      .find((one) => one.query?.option === (query.get('option') ?? undefined));
    return onTheWire(fitting ?? recordedAs('refusal-locked'));
  };
}

interface OpenOptions {
  /** Asked first. */
  readonly instead?: AnswerTo;
  readonly network?: Network;
  /** False where the settings may not be readable. */
  readonly isWhole?: boolean;
}

/** Only this computer is there. */
const nowhere: Network = {
  ...direct,
  async proxyFor(url) {
    if (new URL(url).hostname === '127.0.0.1') return null;
    throw new KnownFailure({ reason: 'unreachable', reached: 'no', passing: false });
  },
};

/** The whole app without its desktop, connected to an account, with all of its screens opened. */
export async function openAccount(
  clock: FakeClock,
  account: RecordedAccount,
  { instead, network = nowhere, isWhole = true }: OpenOptions = {},
): Promise<ScriptedTally> {
  const opened = await startScriptedTally(clock, answersOf(account, instead), network);
  await opened.open();
  // The views come by themselves.
  if (isWhole)
    await opened.ended('reading the settings', ({ settings }) =>
      account.settings.every((name) => {
        const { option = 'settings' } = recordedAs(name).query ?? {};
        return Object.keys(settings?.values ?? {}).some((key) => key.startsWith(`${option}:`));
      }),
    );
  return opened;
}
