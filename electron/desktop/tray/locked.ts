import type { Clock } from '../../core/ports.ts';
import { type Bus, connectBus } from './bus.ts';

/** Who locks the screen, by desktop. KDE's has the name that others, too, took. */
const lockers = ['gnome', 'freedesktop', 'mate', 'cinnamon', 'xfce'];

/**
 * Whether the screen is locked, as the desktop's own locker or logind tells; false where nobody does. A desktop may take its panel
 * away for that time (ubuntu/gnome-shell-extension-appindicator#75). Never rejects.
 */
export async function isLocked(session: Bus | undefined, clock: Clock): Promise<boolean> {
  const { byLocker, byLogind } = await lockState(session, clock);
  return byLocker === true || byLogind === true;
}

/** Whether the screen is locked, as each tells; undefined where it does not. Never rejects. */
export async function lockState(
  session: Bus | undefined,
  clock: Clock,
): Promise<Record<'byLocker' | 'byLogind', boolean | undefined>> {
  const asked = [askLogind(clock), ...lockers.map((locker) => askLocker(locker, session))];
  const [byLogind, ...answers] = await Promise.all(asked.map((answer) => answer.catch(() => undefined)));
  const byLocker = answers.includes(true) || (answers.includes(false) ? false : undefined);
  return { byLocker, byLogind };
}

async function askLocker(locker: string, session: Bus | undefined): Promise<boolean | undefined> {
  const name = `org.${locker}.ScreenSaver`;
  const path = `/org/${locker}/ScreenSaver`;
  const [active] =
    (await session?.call({ destination: name, path, interface: name, member: 'GetActive' })) ?? [];
  return typeof active === 'boolean' ? active : undefined;
}

async function askLogind(clock: Clock): Promise<boolean> {
  const system = await connectBus('system', clock);
  try {
    const session = {
      destination: 'org.freedesktop.login1',
      path: '/org/freedesktop/login1/session/auto',
      interface: 'org.freedesktop.login1.Session',
    };
    return (await system.property(session, 'LockedHint')) === true;
  } finally {
    system.close();
  }
}
