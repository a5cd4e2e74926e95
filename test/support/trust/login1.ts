import { Message, MessageType } from 'dbus-next';
import { connectBus } from '../desktop/bus.ts';
import { startSessionBus } from '../desktop/session-bus.ts';

/** A computer that can be put to sleep: a system bus of its own, with logind's signals on it. */
export interface Computer {
  /** For the app: `DBUS_SYSTEM_BUS_ADDRESS`. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves when the app has asked to be told before the computer sleeps. */
  readonly watched: Promise<void>;
  sleep(): void;
  wake(): void;
  stop(): Promise<void>;
}

const path = '/org/freedesktop/login1';
const name = 'org.freedesktop.login1';
const manager = `${name}.Manager`;

/** Starts it, awake. */
export async function startComputer(): Promise<Computer> {
  const { address, stop } = await startSessionBus();
  const bus = await connectBus(address);
  let asked = () => {};
  const watched = new Promise<void>((resolve) => {
    asked = resolve;
  });
  bus.addMethodHandler((message: Message) => {
    if (message.interface !== manager || message.member !== 'Inhibit') return false;
    // A lock would be a file descriptor, which this library cannot hand over; without one the computer just does not wait.
    bus.send(
      new Message({
        type: MessageType.ERROR,
        destination: message.sender,
        // A number on the wire; the library's types call it a text.
        replySerial: message.serial as unknown as string,
        errorName: 'org.freedesktop.DBus.Error.NotSupported',
      }),
    );
    asked();
    return true;
  });
  await bus.requestName(name, 0);
  const tell = (going: boolean) =>
    bus.send(Message.newSignal(path, manager, 'PrepareForSleep', 'b', [going]));
  return {
    env: { DBUS_SYSTEM_BUS_ADDRESS: address },
    watched,
    sleep: () => tell(true),
    wake: () => tell(false),
    async stop() {
      bus.disconnect();
      await stop();
    },
  };
}
