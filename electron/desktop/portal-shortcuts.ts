import type { DBusError, Message, Variant } from 'dbus-next';
import type { ShortcutRefusal } from '../../shared/shortcut.ts';
import type { Clock } from '../core/ports.ts';
import { connectPortal, type Portal } from './portal.ts';
import type { SetShortcuts, Shortcuts, ToldShortcuts } from './shortcut.ts';

const iface = 'org.freedesktop.portal.GlobalShortcuts';

/** The bus or the portal is looked for again so long after it has ended, in ms. */
const again = 30_000;

/** Why one was not given when the person was asked. It is not asked for again, also after a restart, until it is set anew. */
type TurnedDown = Extract<ShortcutRefusal, 'declined' | 'withheld'>;

interface PortalShortcutsDeps {
  readonly clock: Clock;
  /** What was turned down, by the keys; what was kept is anything. */
  readonly memory: { read(): unknown; keep(turnedDown: Readonly<Record<string, TurnedDown>>): void };
  told(shortcuts: ToldShortcuts): void;
}

/** What the desktop says of each: how it is pressed, in its own words. */
type Given = ReadonlyMap<string, string>;

/**
 * Shortcuts by the desktop's portal, as there are no others on Wayland: Tally proposes keys, the desktop asks the person and chooses.
 * Those that the person has turned down are not asked for again before they were set anew.
 */
export function createPortalShortcuts({ clock, memory, told }: PortalShortcutsDeps): SetShortcuts {
  let wanted: Shortcuts = new Map();
  let turnedDown = readTurnedDown(memory.read());
  let portal: Portal | undefined;
  let session: string | undefined;
  let given = new Map<string, string>();
  const everGiven = new Set<string>();
  let turn = new AbortController();
  let work = Promise.resolve();
  /** There was no portal, or none with shortcuts, when last looked. */
  let isAbsent = false;
  let cancelRetry = () => {};

  /** Those that are to be had, or asked for. */
  const open = () => [...wanted.keys()].filter((keys) => !turnedDown[keys]);

  function tell(others: ShortcutRefusal): void {
    const refused = [...wanted.keys()].flatMap((keys) => {
      const why = turnedDown[keys] ?? (given.has(keys) ? undefined : others);
      return why ? [[keys, why] as const] : [];
    });
    const triggers = Object.fromEntries([...given].filter(([keys]) => wanted.has(keys)));
    told({ refused: Object.fromEntries(refused), triggers });
  }

  /** Of what was given nothing is left. */
  function lose(why: ShortcutRefusal): void {
    turn.abort();
    session = undefined;
    given = new Map();
    tell(why);
  }

  function turnDown(keys: readonly string[], why: TurnedDown): void {
    if (keys.length === 0) return;
    turnedDown = { ...turnedDown, ...Object.fromEntries(keys.map((one) => [one, why])) };
    memory.keep(turnedDown);
  }

  function renew(): void {
    cancelRetry();
    turn.abort();
    const mine = new AbortController();
    turn = mine;
    work = work.then(() => take(mine.signal));
  }

  /** Takes what is wanted by a session of its own: one can be asked for its shortcuts once. Never rejects. */
  async function take(end: AbortSignal): Promise<void> {
    if (end.aborted) return;
    await endSession();
    given = new Map();
    if (wanted.size === 0) {
      portal?.close();
      portal = undefined;
      return tell('asking');
    }
    try {
      await bind(end);
    } catch (error) {
      if (end.aborted) return;
      await endSession();
      lose(isAbsent ? 'gone' : refusalOf(error));
      if (isAbsent) retry();
    }
  }

  async function endSession(): Promise<void> {
    const ended = session;
    session = undefined;
    if (ended !== undefined) await portal?.end(ended);
  }

  async function reach(): Promise<Portal> {
    if (portal && !isAbsent) return portal;
    // KDE keeps the sessions of a portal that has ended, each under the name of a connection.
    portal?.close();
    isAbsent = true;
    portal = await connectPortal(iface, clock, events);
    isAbsent = false;
    return portal;
  }

  async function propose(asked: readonly string[]): Promise<unknown[]> {
    const { Variant } = await import('dbus-next');
    return asked.map((keys) => [
      idOf(keys),
      {
        description: new Variant('s', wanted.get(keys)?.does ?? ''),
        preferred_trigger: new Variant('s', portalTrigger(keys)),
      },
    ]);
  }

  async function bind(end: AbortSignal): Promise<void> {
    const there = await reach();
    const version = await there.version();
    if (end.aborted) return;
    isAbsent = version === undefined;
    if (version === undefined) return lose('wayland');
    const asked = open();
    tell('asking');
    if (asked.length === 0) return;

    const proposals = await propose(asked);
    const handle = await createSession(there, proposals);
    session = handle;

    const listed = await listShortcuts(there, handle, asked);
    if (end.aborted) return;
    // In version 1 they are there with the session, and Plasma up to 6.3 opens its settings at each further word.
    if (version < 2 && asked.every((keys) => listed.has(keys))) return settle(asked, listed);

    const question = { member: 'BindShortcuts', signature: 'oa(sa{sv})s', body: [handle, proposals, ''] };
    const bound = await there.ask(question, end);
    if (bound.response === 1)
      return declined(asked.filter((keys) => !listed.has(keys) && !everGiven.has(keys)));
    if (bound.response !== 0) throw new Error('Not bound');
    const found = bound.results.shortcuts;
    settle(asked, found ? readShortcuts(found.value, asked) : await listShortcuts(there, handle, asked));
  }

  function settle(asked: readonly string[], found: Given): void {
    given = new Map(found);
    for (const keys of found.keys()) everGiven.add(keys);
    turnDown(
      asked.filter((keys) => !found.has(keys)),
      'withheld',
    );
    tell('withheld');
  }

  /** What had been given before goes on without those that were new. */
  function declined(fresh: readonly string[]): void {
    turnDown(fresh.length > 0 ? fresh : open(), 'declined');
    renew();
  }

  function retry(): void {
    cancelRetry();
    cancelRetry = clock.setTimeout(renew, again);
  }

  const events = {
    signal({ member, body }: Message) {
      if (session === undefined || body[0] !== session) return;
      if (member === 'Activated') wanted.get(keysOf(body[1], given.keys()) ?? '')?.act();
      if (member !== 'ShortcutsChanged') return;
      for (const [keys, trigger] of readShortcuts(body[1], [...given.keys()])) given.set(keys, trigger);
      tell('withheld');
    },
    sessionClosed(closed: string) {
      if (closed === session) lose('closed');
    },
    present(isThere: boolean) {
      if (isThere) {
        if (isAbsent) renew();
        return;
      }
      isAbsent = true;
      // What is just being asked fails by itself.
      if (session === undefined) return;
      lose('gone');
      retry();
    },
    lost() {
      portal = undefined;
      events.present(false);
    },
  };

  return (next) => {
    const names = (shortcuts: Shortcuts) =>
      JSON.stringify([...shortcuts].map(([keys, { does }]) => [keys, does]).sort());
    const isSame = names(next) === names(wanted);
    wanted = next;
    if (isSame) return;
    const kept = Object.entries(turnedDown).filter(([keys]) => next.has(keys));
    if (kept.length < Object.keys(turnedDown).length) {
      turnedDown = Object.fromEntries(kept);
      memory.keep(turnedDown);
    }
    renew();
  };
}

/** Resolves with the name of a new session. What no person is asked about is never taken back: its session would stay, unknown. */
async function createSession(there: Portal, proposals: unknown[]): Promise<string> {
  const { Variant } = await import('dbus-next');
  const { response, results } = await there.ask({
    member: 'CreateSession',
    options: {
      // The same each time: KDE files by it what it has given to an app whose name it doesn't know.
      session_handle_token: new Variant('s', 'tally'),
      // Plasma 5 knows no other way; later portals leave it out.
      shortcuts: new Variant('a(sa{sv})', proposals),
    },
  });
  const handle = results.session_handle?.value;
  if (response !== 0 || typeof handle !== 'string') throw new Error('No session');
  return handle;
}

async function listShortcuts(there: Portal, handle: string, asked: readonly string[]): Promise<Given> {
  const question = { member: 'ListShortcuts', signature: 'o', body: [handle] };
  const { response, results } = await there.ask(question);
  return response === 0 ? readShortcuts(results.shortcuts?.value, asked) : new Map();
}

/** What the desktop knows a shortcut by. Other keys are another one: what the person has chosen for a former one stays in its settings. */
const idOf = (keys: string) => keys.toLowerCase().replaceAll('+', '-');
const keysOf = (id: unknown, all: Iterable<string>) => [...all].find((keys) => idOf(keys) === id);

const modifiers: Readonly<Record<string, string>> = {
  Control: 'CTRL',
  Alt: 'ALT',
  Shift: 'SHIFT',
  Super: 'LOGO',
  Command: 'LOGO',
};

/** Electron's way to write a shortcut in that of freedesktop.org's shortcuts specification: "CTRL+ALT+t", the key by xkbcommon's name. */
export function portalTrigger(shortcut: string): string {
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  const held = new Set(parts.map((part) => modifiers[part] ?? part));
  return [...held, /^F\d/.test(key) ? key : key.toLowerCase()].join('+');
}

/** Longest text of how a shortcut is pressed that is shown, in characters. */
const longestTrigger = 100;

/** Those of a portal's list that were asked for, and how each is pressed in its words, which may be none. */
function readShortcuts(list: unknown, asked: readonly string[]): Given {
  if (!Array.isArray(list)) return new Map();
  const all = list as readonly [string, Readonly<Record<string, Variant | undefined>>][];
  return new Map(
    all.flatMap(([id, about]) => {
      const keys = keysOf(id, asked);
      const trigger: unknown = about.trigger_description?.value;
      const words = typeof trigger === 'string' ? trigger.trim().slice(0, longestTrigger) : '';
      return keys === undefined ? [] : [[keys, words] as const];
    }),
  );
}

function readTurnedDown(kept: unknown): Readonly<Record<string, TurnedDown>> {
  const isOne = (entry: [string, unknown]): entry is [string, TurnedDown] =>
    entry[1] === 'declined' || entry[1] === 'withheld';
  return typeof kept === 'object' && kept !== null
    ? Object.fromEntries(Object.entries(kept).filter(isOne))
    : {};
}

function refusalOf(error: unknown): ShortcutRefusal {
  // Shortcuts are an app's, and only who was installed has a name.
  return (error as Partial<DBusError>).type === 'org.freedesktop.portal.Error.NotAllowed'
    ? 'unknown'
    : 'failed';
}
