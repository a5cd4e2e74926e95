import { Message, type MessageBus, NameFlag, sessionBus } from 'dbus-next';

/** What a desktop would show for a moment in a corner. */
interface ShownNotification {
  readonly title: string;
  readonly body: string;
}

/** A desktop's notification service (specifications.freedesktop.org/notification-spec) on the session bus. */
export interface Notifications {
  readonly shown: readonly ShownNotification[];
  close(): void;
}

const name = 'org.freedesktop.Notifications';

export async function startNotifications(): Promise<Notifications> {
  const bus = sessionBus();
  const shown: ShownNotification[] = [];
  bus.addMethodHandler((call: Message) => {
    if (call.interface !== name) return false;
    answer(bus, call, shown);
    return true;
  });
  await bus.requestName(name, NameFlag.DO_NOT_QUEUE);
  return { shown, close: () => bus.disconnect() };
}

function answer(bus: MessageBus, call: Message, shown: ShownNotification[]): void {
  switch (call.member) {
    case 'GetCapabilities':
      bus.send(Message.newMethodReturn(call, 'as', [['body', 'actions']]));
      return;
    case 'GetServerInformation':
      bus.send(Message.newMethodReturn(call, 'ssss', ['Test desktop', 'Tally', '1', '1.2']));
      return;
    case 'Notify': {
      const [, , , title, body] = call.body as [string, number, string, string, string];
      shown.push({ title, body });
      bus.send(Message.newMethodReturn(call, 'u', [shown.length]));
      return;
    }
    default:
      bus.send(Message.newMethodReturn(call));
  }
}
