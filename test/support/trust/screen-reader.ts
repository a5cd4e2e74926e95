import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Message, MessageType, type Variant } from 'dbus-next';
import { call, connectBus, daemon } from '../desktop/bus.ts';

/** Listens as Orca does: over the accessibility bus (AT-SPI), to the words of live regions as they come. */
export interface ScreenReader {
  /** For the app, which else leaves that bus alone. */
  readonly env: Readonly<Record<string, string>>;
  /** All that was said by itself, the oldest first. */
  said(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const launcher = '/usr/libexec/at-spi-bus-launcher';

/** Starts the accessibility bus of this session, and listens. */
export async function startScreenReader(): Promise<ScreenReader> {
  const session = await connectBus();
  const program = spawn(launcher, ['--launch-immediately'], { stdio: 'ignore' });
  const ended = once(program, 'exit');
  await appeared('org.a11y.Bus');
  const asked = { destination: 'org.a11y.Bus', path: '/org/a11y/bus', interface: 'org.a11y.Bus' };
  const [address] = (await call(session, { ...asked, member: 'GetAddress' })) as [string];
  const bus = await connectBus(address.split(',')[0]);
  await call(bus, {
    destination: 'org.a11y.atspi.Registry',
    path: '/org/a11y/atspi/registry',
    interface: 'org.a11y.atspi.Registry',
    member: 'RegisterEvent',
    signature: 's',
    body: ['object:text-changed:insert'],
  });
  const rule = "type='signal',interface='org.a11y.atspi.Event.Object',member='TextChanged'";
  await call(bus, { ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
  const words: Promise<string | undefined>[] = [];
  bus.on('message', (message: Message) => {
    if (message.type === MessageType.SIGNAL && message.member === 'TextChanged') words.push(heard(message));
  });

  /** What of a change is said: words that were put into a live region. */
  async function heard({ sender, path, body }: Message): Promise<string | undefined> {
    const [detail, , , text] = body as [string, number, number, Variant<unknown>];
    const accessible = {
      destination: sender ?? '',
      path: path ?? '',
      interface: 'org.a11y.atspi.Accessible',
    };
    // What has gone again is not said.
    const [attributes] = (await call(bus, { ...accessible, member: 'GetAttributes' }).catch(() => [{}])) as [
      Record<string, string>,
    ];
    const isLive = ['polite', 'assertive'].includes(attributes['container-live'] ?? '');
    // A part inside another is one such character in the outer one.
    const plain = String(text.value).replaceAll('\ufffc', '').trim();
    return detail.startsWith('insert') && isLive && plain !== '' ? plain : undefined;
  }

  return {
    env: { NO_AT_BRIDGE: '0', ACCESSIBILITY_ENABLED: '1' },
    said: async () => (await Promise.all(words)).filter((one) => one !== undefined),
    async stop() {
      bus.disconnect();
      session.disconnect();
      program.kill();
      await ended;
    },
  };

  /** Resolves when a name is on the bus of this session. */
  async function appeared(name: string): Promise<void> {
    const match = `type='signal',interface='${daemon.interface}',member='NameOwnerChanged',arg0='${name}'`;
    await call(session, { ...daemon, member: 'AddMatch', signature: 's', body: [match] });
    const [there] = await call(session, { ...daemon, member: 'NameHasOwner', signature: 's', body: [name] });
    if (there) return;
    await new Promise<void>((resolve) => {
      session.on('message', function look(message: Message) {
        if (message.member !== 'NameOwnerChanged' || message.body[0] !== name) return;
        session.removeListener('message', look);
        resolve();
      });
    });
  }
}
