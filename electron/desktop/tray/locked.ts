import type { Clock } from '../../core/ports.ts';
import { type Bus, connectBus } from './bus.ts';

/** Who locks the screen, by desktop. KDE's has the name that others, too, took. */
const lockers = ['gnome', 'freedesktop', 'mate', 'cinnamon', 'xfce'];

/**
 * Whether the screen is locked, as the desktop's own locker or logind tells; false where nobody does. A desktop may take its panel
 * away for that time (ubuntu/gnome-shell-extension-appindicator#75). Never rejects.
 */
export async function isLocked(session: Bus | undefined, clock: Clock): Promise<boolean> {
  return (await lockState(session, clock)) === true;
}

/** Whether the screen is locked; undefined where nobody tells. Never rejects. */
export async function lockState(session: Bus | undefined, clock: Clock): Promise<boolean | undefined> {
  const asked = [...lockers.map((locker) => askLocker(locker, session)), askLogind(clock)];
  const answers = await Promise.all(asked.map((answer) => answer.catch(() => undefined)));
  return answers.includes(true) || (answers.includes(false) ? false : undefined);
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
