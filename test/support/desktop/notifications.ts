import { Message, type MessageBus, NameFlag, sessionBus } from 'dbus-next';

/** What a desktop would show for a moment in a corner. */
interface ShownNotification {
  readonly title: string;
  readonly body: string;
  readonly buttons: readonly string[];
  /** Whether it brings a picture. */
  readonly icon: boolean;
  /** The desktop entry that it says it belongs to. */
  readonly entry: string | undefined;
}

/** A desktop's notification service (specifications.freedesktop.org/notification-spec) on the session bus. */
export interface Notifications {
  /** All that were shown, oldest first, those that took another's place included. */
  readonly shown: readonly ShownNotification[];
  /** The titles of those that still stand there. */
  standing(): readonly string[];
  /** Presses a button of a notification that stands there, or chooses the notification itself. */
  press(title: string, button?: string): void;
  close(): void;
}

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

/** A service that answers with these capabilities. `whenShown` is called as soon as the answer about one is on its way. */
export async function startNotifications(
  capabilities: readonly string[] = ['body', 'actions', 'body-markup'],
  whenShown: (title: string) => void = () => {},
): Promise<Notifications> {
  const bus = sessionBus();
  const shown: ShownNotification[] = [];
  const standing = new Map<number, { readonly title: string; readonly actions: readonly string[] }>();

  function notify([, replaces, , title, body, actions, hints]: unknown[]): number {
    const [words, pairs] = [{ title: String(title), body: String(body) }, actions as string[]];
    const labels = pairs.filter((_, index) => index % 2 === 1 && pairs[index - 1] !== 'default');
    const told = hints as Readonly<Record<string, { readonly value: unknown } | undefined>>;
    const entry = told['desktop-entry']?.value;
    shown.push({
      ...words,
      buttons: labels,
      icon: 'image-data' in told,
      entry: typeof entry === 'string' ? entry : undefined,
    });
    const number = Number(replaces) || shown.length;
    standing.set(number, { title: words.title, actions: pairs });
    return number;
  }

  function answer(call: Message): Message {
    switch (call.member) {
      case 'GetCapabilities':
        return Message.newMethodReturn(call, 'as', [[...capabilities]]);
      case 'GetServerInformation':
        return Message.newMethodReturn(call, 'ssss', ['Test desktop', 'Tally', '1', '1.2']);
      case 'Notify':
        return Message.newMethodReturn(call, 'u', [notify(call.body)]);
      case 'CloseNotification':
        standing.delete(call.body[0]);
        return Message.newMethodReturn(call);
      default:
        return Message.newMethodReturn(call);
    }
  }

  bus.addMethodHandler((call: Message) => {
    if (call.interface !== name) return false;
    bus.send(answer(call));
    if (call.member === 'Notify') whenShown(shown.at(-1)?.title ?? '');
    return true;
  });
  await bus.requestName(name, NameFlag.DO_NOT_QUEUE);
  return {
    shown,
    standing: () => [...standing.values()].map(({ title }) => title),
    press(title, button) {
      const [number, one] = [...standing].find(([, { title: of }]) => of === title) ?? [];
      const at = button === undefined ? 1 : (one?.actions.indexOf(button) ?? 0);
      const key = one?.actions[at - 1];
      if (number === undefined || key === undefined) throw new Error(`No ${button ?? 'click'} on "${title}"`);
      emit(bus, 'ActionInvoked', 'us', [number, key]);
      emit(bus, 'NotificationClosed', 'uu', [number, 2]);
      standing.delete(number);
    },
    close: () => bus.disconnect(),
  };
}

function emit(bus: MessageBus, member: string, signature: string, body: unknown[]): void {
  bus.send(Message.newSignal(path, name, member, signature, body));
}
