import { randomBytes } from 'node:crypto';
import type { Message, Variant } from 'dbus-next';
import type { Clock } from '../core/ports.ts';
import { type Bus, connectBus, daemon } from './tray/bus.ts';

const name = 'org.freedesktop.portal.Desktop';
const path = '/org/freedesktop/portal/desktop';
/** What stands there for each question, and for what lasts. */
const ofRequest = 'org.freedesktop.portal.Request';
const ofSession = 'org.freedesktop.portal.Session';

/** How long it may take over what it need not ask a person about, in ms: it may start its desktop's part for it. */
const patience = 25_000;

/** The name under which the desktop knows Tally: that of its desktop entry. */
const appId = 'io.github.tallyauthors.Tally';

const rules = [
  `type='signal',sender='${daemon.destination}',member='NameOwnerChanged',arg0='${name}'`,
  // Up to 1.16 it told its signals to everybody.
  `type='signal',sender='${name}',path_namespace='${path}'`,
];

/** How a question to the portal ended: 0 well, 1 by the person's no, 2 in another way; and what came of it. */
interface Answer {
  readonly response: number;
  readonly results: Readonly<Record<string, Variant | undefined>>;
}

interface Question {
  readonly member: string;
  /** Of the arguments before the options, which are the last everywhere. */
  readonly signature?: string;
  readonly body?: readonly unknown[];
  readonly options?: Readonly<Record<string, Variant>>;
}

/** One interface of the desktop's portal (xdg-desktop-portal): a connection to it, which is of no more use once the portal has ended. */
export interface Portal {
  /** Starts the portal if need be, and gives its version of the interface; undefined where it has none. */
  version(): Promise<number | undefined>;
  /**
   * Rejects where the portal refuses to be asked, ends, or doesn't answer in 25 seconds. With `end` it asks the person, who may take
   * any time, until that takes the question back.
   */
  ask(question: Question, end?: AbortSignal): Promise<Answer>;
  /** Ends a session. Never rejects: it may have ended by itself. */
  end(session: string): Promise<void>;
  close(): void;
}

interface PortalEvents {
  /** A signal of the interface, or that a session was closed. */
  signal(message: Message): void;
  sessionClosed(session: string): void;
  /** The portal has come, or gone. */
  present(isThere: boolean): void;
  /** The bus has ended. */
  lost(): void;
}

/** Connects to the session bus for the portal's interface of that name. Rejects where there is no bus. */
export async function connectPortal(iface: string, clock: Clock, events: PortalEvents): Promise<Portal> {
  /** The portal's own name on the bus; everybody may send signals. */
  let owner: string | undefined;
  let isIntroduced = false;
  const waiting = new Map<string, (answer: Answer | Error) => void>();
  /** Answers that overtook the name of their question. */
  const early = new Map<string, Answer>();
  let calling = 0;

  const bus: Bus = await connectBus('session', clock, { lost, signal: hear });
  for (const rule of rules) await bus.match(rule);

  function hear(message: Message): void {
    const { sender, member, body } = message;
    const isOfOwner = sender === daemon.destination && member === 'NameOwnerChanged' && body[0] === name;
    if (isOfOwner) changeOwner(String(body[2]));
    if (owner === undefined || sender !== owner) return;
    const from = String(message.path);
    if (message.interface === ofRequest && member === 'Response') answered(from, body);
    else if (message.interface === ofSession && member === 'Closed') events.sessionClosed(from);
    else if (message.interface === iface) events.signal(message);
  }

  function changeOwner(next: string): void {
    if (next === (owner ?? '')) return;
    const had = owner !== undefined;
    owner = next || undefined;
    for (const answer of [...waiting.values()]) answer(new Error('The portal has ended'));
    if (had) events.present(false);
    if (owner !== undefined) events.present(true);
  }

  function lost(): void {
    changeOwner('');
    events.lost();
  }

  function answered(request: string, [response, results]: unknown[]): void {
    const answer = { response: Number(response), results: results as Answer['results'] };
    const answers = waiting.get(request);
    if (answers) answers(answer);
    else if (calling > 0) early.set(request, answer);
  }

  /** Calls it, and gives the path of the question. */
  async function put({ member, signature = '', body = [], options = {} }: Question): Promise<string> {
    const { Variant } = await import('dbus-next');
    const token = new Variant('s', `tally${randomBytes(8).toString('hex')}`);
    calling += 1;
    try {
      const [request] = await bus.call({
        destination: name,
        path,
        interface: iface,
        member,
        signature: `${signature}a{sv}`,
        body: [...body, { ...options, handle_token: token }],
      });
      return String(request);
    } finally {
      calling -= 1;
    }
  }

  function answerTo(request: string, end?: AbortSignal): Promise<Answer> {
    let cancel = () => {};
    let takeBack = () => {};
    const answer = new Promise<Answer>((resolve, reject) => {
      waiting.set(request, (found) => (found instanceof Error ? reject(found) : resolve(found)));
      takeBack = () => {
        reject(new Error('The question was withdrawn'));
        void close(request, ofRequest);
      };
      if (!end) cancel = clock.setTimeout(takeBack, patience);
      end?.addEventListener('abort', takeBack);
      const found = early.get(request);
      if (found) resolve(found);
      else if (end?.aborted) takeBack();
    });
    return answer.finally(() => {
      cancel();
      end?.removeEventListener('abort', takeBack);
      waiting.delete(request);
      if (calling === 0) early.clear();
    });
  }

  async function close(what: string, kind: string): Promise<void> {
    await bus.call({ destination: name, path: what, interface: kind, member: 'Close' }).catch(() => {});
  }

  /** Since 1.20 it believes an app that no sandbox vouches for; before, the desktop tells who was started. */
  async function introduce(): Promise<void> {
    if (isIntroduced) return;
    isIntroduced = true;
    const register = { destination: name, path, interface: 'org.freedesktop.host.portal.Registry' };
    const body = [appId, {}];
    // Refused where no such app is installed: what then can be had is told by what is asked.
    await bus.call({ ...register, member: 'Register', signature: 'sa{sv}', body }).catch(() => {});
  }

  return {
    async version() {
      const start = { ...daemon, member: 'StartServiceByName', signature: 'su', body: [name, 0] };
      await bus.call(start).catch(() => {});
      const [found] = await bus.call({ ...daemon, member: 'GetNameOwner', texts: [name] }).catch(() => []);
      owner ??= found === undefined ? undefined : String(found);
      if (owner === undefined) return undefined;
      await introduce();
      const version = bus.property({ destination: name, path, interface: iface }, 'version');
      const number = await version.catch(() => undefined);
      return typeof number === 'number' && number > 0 ? number : undefined;
    },
    ask: async (question, end) => answerTo(await put(question), end),
    end: (session) => close(session, ofSession),
    close: bus.close,
  };
}
