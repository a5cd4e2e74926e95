import { Message, type MessageBus, MessageType, Variant } from 'dbus-next';
import { createWatch } from '../waiting.ts';
import { connectBus } from './bus.ts';

const name = 'org.freedesktop.portal.Desktop';
const path = '/org/freedesktop/portal/desktop';
const shortcutsInterface = 'org.freedesktop.portal.GlobalShortcuts';
const requestInterface = 'org.freedesktop.portal.Request';
const sessionInterface = 'org.freedesktop.portal.Session';

/** What the person says when the desktop asks: `keys` are others than those that were proposed. */
type Said = 'yes' | 'no' | 'some' | { readonly keys: string };

interface PortalOptions {
  /** Of the interface; none where it is null. */
  readonly version?: number | null;
  /** `kde` keeps what it has given and lists it in the next session, `gnome` keeps it and lists it once bound. */
  readonly desktop?: 'kde' | 'gnome';
  /** Plasma up to 6.3: each binding opens the desktop's settings, and what a session lists works. */
  readonly isOldKde?: boolean;
  /** Its answers overtake the names of their questions. */
  readonly isHasty?: boolean;
  /** Before 1.20: apps do not introduce themselves, and signals go to everybody. */
  readonly isOld?: boolean;
  /** The apps that are installed. */
  readonly installed?: readonly string[];
  /** What the person says each time they are asked; asked for by `answer` where absent. */
  readonly says?: Said;
}

interface Bound {
  readonly description: string;
  trigger: string;
}

interface Session {
  readonly owner: string;
  readonly shortcuts: Map<string, Bound>;
  isBound: boolean;
}

/** What a desktop keeps beside its portal, which may end: what it has given, and the sessions that nobody has closed. */
export interface DesktopMemory {
  readonly kept: Map<string, Bound>;
  readonly handles: Set<string>;
}

export const rememberingDesktop = (): DesktopMemory => ({ kept: new Map(), handles: new Set() });

interface Question {
  readonly owner: string;
  answer(said: Said | 'cancel' | 'failure'): void;
}

/** The desktop's portal for shortcuts (xdg-desktop-portal), as strict as the real one. */
export interface DesktopPortal {
  /** What was asked of the person, by what the shortcuts do; also what they have not answered. */
  readonly asked: readonly (readonly string[])[];
  /** What apps did that the real one refuses. */
  readonly mistakes: readonly string[];
  /** The calls it got, in their order. */
  readonly calls: readonly string[];
  /** Waits for an open question, and answers it. */
  answer: (...said: Parameters<Question['answer']>) => Promise<void>;
  /** Waits until the person is being asked. */
  open(): Promise<void>;
  /** Waits until no question is open. */
  unanswered(): Promise<void>;
  /** Waits until these work, by what they do, and how they are pressed. */
  until(working: Readonly<Record<string, string>>): Promise<void>;
  /** Presses what does that, and lets it go. */
  press(does: string): void;
  /** The person gives other keys to what does that, in the desktop's settings. */
  change(does: string, trigger: string): void;
  /** Ends all sessions. */
  closeSessions(): void;
  /** A signal as another app on the bus may send it. */
  forge(does: string): Promise<void>;
  stop(): void;
}

/** Starts it on the bus at an address; this session's where there is none. What it has given goes on in the desktop's memory. */
export async function startPortal(
  { version = 2, desktop = 'kde', isOldKde, isHasty, isOld, installed = [tally], says }: PortalOptions = {},
  address?: string,
  { kept, handles }: DesktopMemory = rememberingDesktop(),
): Promise<DesktopPortal> {
  const bus = await connectBus(address);
  const watch = createWatch();
  const apps = new Map<string, string>();
  const known = new Set<string>();
  const sessions = new Map<string, Session>();
  const questions = new Map<string, Question>();
  const asked: (readonly string[])[] = [];
  const mistakes: string[] = [];
  const calls: string[] = [];
  let stopped = false;

  /** A path of the caller's own by its token. */
  function ownPath(kind: 'request' | 'session', owner: string, token: unknown): string {
    if (typeof token !== 'string' || !/^[A-Za-z0-9_]+$/.test(token)) throw new Refusal('InvalidArgument');
    const made = `${path}/${kind}/${owner.slice(1).replaceAll('.', '_')}/${token}`;
    if (questions.has(made) || sessions.has(made)) throw new Refusal('Exists');
    return made;
  }

  function respond(request: string, owner: string, response: number, results: Record<string, Variant>): void {
    send(bus, { path: request, interface: requestInterface, member: 'Response', to: owner }, 'ua{sv}', [
      response,
      results,
    ]);
  }

  const listOf = (shortcuts: ReadonlyMap<string, Bound>) =>
    [...shortcuts].map(([id, { description, trigger }]) => [
      id,
      { description: new Variant('s', description), trigger_description: new Variant('s', trigger) },
    ]);
  const results = (shortcuts: ReadonlyMap<string, Bound>) => ({
    shortcuts: new Variant('a(sa{sv})', listOf(shortcuts)),
  });

  function sessionOf(handle: unknown, owner: string): Session {
    const session = sessions.get(String(handle));
    if (!session || session.owner !== owner) throw new Refusal('AccessDenied');
    return session;
  }

  function createSession(owner: string, options: Options, request: string): () => void {
    if (!isOld && !apps.has(owner)) throw new Refusal('NotAllowed');
    const handle = ownPath('session', owner, options.session_handle_token?.value);
    // Plasma 5, which the portals of that time let apps tell it at once.
    if (isOld && isOldKde)
      for (const [id, one] of readProposals(options.shortcuts?.value)) if (!kept.has(id)) kept.set(id, one);
    const shortcuts = new Map(desktop === 'kde' ? kept : []);
    // KDE has it still where another portal has made it.
    if (handles.has(handle)) return () => respond(request, owner, 2, {});
    handles.add(handle);
    sessions.set(handle, { owner, shortcuts, isBound: false });
    // Erroneously a text, as it is in the real one.
    return () => respond(request, owner, 0, { session_handle: new Variant('s', handle) });
  }

  /** What the person lets it have, of what is wanted. */
  function give(session: Session, wanted: ReadonlyMap<string, Bound>, said: Said): void {
    const fresh = [...wanted.keys()].filter((id) => !kept.has(id));
    const refused = said === 'no' ? fresh : said === 'some' ? fresh.slice(0, 1) : [];
    session.shortcuts.clear();
    for (const [id, one] of wanted) {
      const trigger = kept.get(id)?.trigger ?? (typeof said === 'object' ? said.keys : one.trigger);
      if (!refused.includes(id)) session.shortcuts.set(id, { ...one, trigger });
    }
    kept.clear();
    for (const [id, one] of session.shortcuts) kept.set(id, one);
  }

  function bindShortcuts(owner: string, [handle, list]: unknown[], request: string): () => void {
    const session = sessionOf(handle, owner);
    const wanted = readProposals(list);
    if (session.isBound) {
      mistakes.push('bound a session twice');
      return () => respond(request, owner, 2, {});
    }
    session.isBound = true;
    const fresh = [...wanted.keys()].filter((id) => !kept.has(id));
    const answer: Question['answer'] = (said) => {
      questions.delete(request);
      const isNo = said === 'no' && fresh.length === wanted.size;
      if (said === 'failure') respond(request, owner, 2, {});
      else if (said === 'cancel' || isNo) respond(request, owner, 1, {});
      else {
        give(session, wanted, said);
        respond(request, owner, 0, results(session.shortcuts));
      }
      watch.changed();
    };
    if (isOldKde) asked.push(['the desktop’s settings']);
    if (fresh.length === 0) return () => answer('yes');
    asked.push(fresh.map((id) => wanted.get(id)?.description ?? ''));
    questions.set(request, { owner, answer });
    watch.changed();
    return () => {
      if (says) answer(says);
    };
  }

  function register(owner: string, [app]: unknown[]): void {
    if (isOld) throw new Refusal('UnknownMethod');
    if (known.has(owner)) mistakes.push('introduced itself after a call, or twice');
    if (known.has(owner) || !installed.includes(String(app))) throw new Refusal('Failed');
    apps.set(owner, String(app));
  }

  function close(owner: string, what: string): void {
    const question = questions.get(what);
    const session = sessions.get(what);
    if ((question ?? session)?.owner !== owner) throw new Refusal('AccessDenied');
    questions.delete(what);
    sessions.delete(what);
    handles.delete(what);
    watch.changed();
  }

  /** What it answers with, and what it does after that. */
  function carryOut(call: Message): { signature?: string; body?: unknown[]; after?: () => void } {
    const owner = call.sender ?? '';
    const member = `${call.interface?.split('.').at(-1)}.${call.member}`;
    calls.push(member);
    const isFirst = !known.has(owner);
    if (member === 'Registry.Register') register(owner, call.body);
    if (isFirst) known.add(owner);
    const { body } = call;
    /** Each is a question, with a path of its own that is answered there. */
    const question = (options: Options, work: (request: string) => () => void) => {
      const request = ownPath('request', owner, options.handle_token?.value);
      return { signature: 'o', body: [request], after: work(request) };
    };
    switch (member) {
      case 'Registry.Register':
        return {};
      case 'Properties.Get':
        if (version === null || body[0] !== shortcutsInterface || body[1] !== 'version')
          throw new Refusal('InvalidArgs');
        return { signature: 'v', body: [new Variant('u', version)] };
      case 'GlobalShortcuts.CreateSession':
        return question(body[0], (request) => createSession(owner, body[0], request));
      case 'GlobalShortcuts.BindShortcuts':
        return question(body[3], (request) => bindShortcuts(owner, body, request));
      case 'GlobalShortcuts.ListShortcuts': {
        const { shortcuts } = sessionOf(body[0], owner);
        return question(body[1], (request) => () => respond(request, owner, 0, results(shortcuts)));
      }
      case 'Request.Close':
      case 'Session.Close':
        close(owner, String(call.path));
        return {};
      default:
        throw new Refusal('UnknownMethod');
    }
  }

  bus.addMethodHandler((call: Message) => {
    if (!call.interface?.startsWith('org.freedesktop.') || call.path === undefined) return false;
    if (!call.path.startsWith(path)) return false;
    // What came before the end of the connection and was not read yet.
    if (stopped) return true;
    try {
      const { signature = '', body = [], after } = carryOut(call);
      if (isHasty) after?.();
      bus.send(Message.newMethodReturn(call, signature, body));
      if (!isHasty) after?.();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The library's types call the call a text.
      bus.send(Message.newError(call as unknown as string, error.type, error.message));
    }
    return true;
  });
  await bus.requestName(name, 0);

  const isActive = ({ isBound }: Session) => isBound || (isOldKde ?? false);
  const working = () =>
    Object.fromEntries(
      [...sessions.values()]
        .filter(isActive)
        .flatMap(({ shortcuts }) =>
          [...shortcuts.values()].map(({ description, trigger }) => [description, trigger]),
        ),
    );
  function find(does: string): { handle: string; session: Session; id: string } {
    for (const [handle, session] of sessions) {
      const [id] = [...session.shortcuts].find(([, { description }]) => description === does) ?? [];
      if (id !== undefined && isActive(session)) return { handle, session, id };
    }
    throw new Error(`Nothing does “${does}”`);
  }
  function tell(from: MessageBus, does: string): void {
    const { handle, session, id } = find(does);
    for (const member of ['Activated', 'Deactivated']) {
      const to = isOld ? undefined : session.owner;
      send(from, { path, interface: shortcutsInterface, member, to }, 'osta{sv}', [handle, id, 1n, {}]);
    }
  }
  const isSame = (one: object, other: object) =>
    JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

  return {
    asked,
    mistakes,
    calls,
    async answer(said) {
      const open = () => [...questions.values()];
      const [question] = await watch.until(open, (all) => all.length > 0);
      question?.answer(said);
    },
    open: async () =>
      void (await watch.until(
        () => questions.size,
        (open) => open > 0,
      )),
    unanswered: async () =>
      void (await watch.until(
        () => questions.size,
        (open) => open === 0,
      )),
    until: async (wanted) => void (await watch.until(working, (found) => isSame(found, wanted))),
    press: (does) => tell(bus, does),
    change(does, trigger) {
      const { handle, session, id } = find(does);
      const one = session.shortcuts.get(id) as Bound;
      one.trigger = trigger;
      const to = isOld ? undefined : session.owner;
      send(bus, { path, interface: shortcutsInterface, member: 'ShortcutsChanged', to }, 'oa(sa{sv})', [
        handle,
        listOf(session.shortcuts),
      ]);
    },
    closeSessions() {
      for (const [handle, { owner }] of sessions) {
        send(bus, { path: handle, interface: sessionInterface, member: 'Closed', to: owner }, 'a{sv}', [{}]);
        sessions.delete(handle);
        handles.delete(handle);
      }
    },
    async forge(does) {
      const other = await connectBus(address);
      tell(other, does);
      // Its signals are on their way to the app once the bus has answered it.
      await other.requestName('org.example.Forger', 0);
      other.disconnect();
    },
    stop() {
      stopped = true;
      bus.disconnect();
    },
  };
}

const tally = 'io.github.tallyauthors.Tally';

type Options = Readonly<Record<string, Variant | undefined>>;

/** As the real one refuses a call. */
class Refusal extends Error {
  readonly type: string;
  constructor(kind: string) {
    super(`Refused: ${kind}`);
    const isPortals = ['NotAllowed', 'InvalidArgument', 'Failed', 'Exists'].includes(kind);
    this.type = isPortals ? `org.freedesktop.portal.Error.${kind}` : `org.freedesktop.DBus.Error.${kind}`;
  }
}

/** What is proposed, the keys in KDE's words for them; those that it cannot read are none. */
function readProposals(list: unknown): Map<string, Bound> {
  const proposals = list as readonly [string, Options][];
  return new Map(
    proposals.map(([id, { description, preferred_trigger: preferred }]) => {
      if (id === '' || description?.signature !== 's' || (preferred && preferred.signature !== 's'))
        throw new Refusal('InvalidArgument');
      return [id, { description: description.value, trigger: readTrigger(preferred?.value ?? '') }];
    }),
  );
}

const modifiers = new Map([
  ['CTRL', 'Ctrl'],
  ['ALT', 'Alt'],
  ['SHIFT', 'Shift'],
  ['NUM', 'Num'],
  ['LOGO', 'Meta'],
]);

/** Reads a trigger of the shortcuts specification, and gives it as KDE shows it: empty where it is none. */
export function readTrigger(trigger: string): string {
  const parts = trigger.split('+');
  const key = parts.pop() ?? '';
  const held = parts.map((part) => modifiers.get(part));
  const isKey = /^(?:[a-z0-9]|space|F(?:[1-9]|[12]\d|3[0-5]))$/.test(key);
  if (!isKey || held.includes(undefined) || new Set(held).size < held.length) return '';
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+');
}

interface Signal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Everybody where absent. */
  readonly to: string | undefined;
}

function send(bus: MessageBus, { to, ...signal }: Signal, signature: string, body: unknown[]): void {
  const destination = to === undefined ? {} : { destination: to };
  bus.send(new Message({ type: MessageType.SIGNAL, ...signal, ...destination, signature, body }));
}
