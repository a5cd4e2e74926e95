import type { Message } from 'dbus-next';
import type { Attendance, Clock } from '../core/ports.ts';
import type { Bus } from './tray/bus.ts';

/** Without input for so long nobody is at the computer, in ms. */
const absent = 60_000;
/** By then, in ms, who has left at once is known to be gone. */
const settled = 2 * absent;

const logind = { destination: 'org.freedesktop.login1', path: '/org/freedesktop/login1' } as const;
const session = `${logind.destination}.Session`;

/** logind's signals by which somebody asks a session's locker to lock, or to unlock. */
export const askingRule = `type='signal',sender='${logind.destination}',interface='${session}'`;

export interface AskedLockDeps {
  readonly clock: Clock;
  readonly watchIdle: Attendance['watchIdle'];
}

/**
 * A lock that somebody has asked for, as by `loginctl lock-session`. Lockers that obey and tell nobody, such as swaylock, don't tell
 * when they're gone either. So it counts until logind is asked to unlock, or somebody is seen to use the computer again: at first
 * they leave it, so input counts from two minutes on. Where nothing tells of input, no more than these.
 */
export function createAskedLock({ clock, watchIdle }: AskedLockDeps, changed: () => void) {
  let stop: (() => void) | undefined;

  function end(): void {
    stop?.();
    stop = undefined;
  }

  function begin(): void {
    end();
    let since: number | null | undefined = null;
    let isSettled = false;
    const look = () => {
      if (!isSettled || typeof since === 'number') return;
      end();
      changed();
    };
    const cancel = clock.setTimeout(() => {
      isSettled = true;
      look();
    }, settled);
    const stopIdle = watchIdle(absent, (now) => {
      since = now;
      look();
    });
    stop = () => {
      cancel();
      stopIdle();
    };
  }

  return { isAsked: () => stop !== undefined, begin, end };
}

/** What a signal asks of this session; what is asked of another person's is none of ours. */
export async function askedOf(
  { interface: from, member, path }: Message,
  bus: Bus,
): Promise<'Lock' | 'Unlock' | undefined> {
  if (from !== session || (member !== 'Lock' && member !== 'Unlock')) return undefined;
  const own = await ownSession(bus).catch(() => undefined);
  return path === own ? member : undefined;
}

async function ownSession(bus: Bus): Promise<unknown> {
  const auto = { ...logind, path: `${logind.path}/session/auto`, interface: session };
  const id = String(await bus.property(auto, 'Id'));
  const find = { ...logind, interface: `${logind.destination}.Manager`, member: 'GetSession' };
  const [path] = await bus.call({ ...find, texts: [id] });
  return path;
}
