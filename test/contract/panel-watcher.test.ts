/** The watcher of panels at a real session bus, where the test is the panel, the screen's locker and the icon's process. */
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import { Message, type MessageBus, NameFlag, Variant } from 'dbus-next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PanelWatch, watchPanel } from '../../electron/desktop/tray/watcher.ts';
import { call, connectBus, daemon } from '../support/desktop/bus.ts';
import { listForms, type Panel, startPanel, wellKnownName } from '../support/desktop/panel.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createFakeClock, type FakeClock, settle } from '../support/fake-clock.ts';
import { createWatch } from '../support/waiting.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
/** What the watcher gives a program on the bus to answer, in ms. */
const patience = 5_000;
const none = { DISPLAY: '' };

interface Rig {
  readonly clock: FakeClock;
  readonly told: readonly string[];
  /** Resolves when so much was told, in this order and nothing else. */
  tells(...expected: string[]): Promise<void>;
  /** Lets so many seconds pass, one after the other, each with its answers from the bus. */
  pass(seconds: number): Promise<void>;
  watch(env?: NodeJS.ProcessEnv): PanelWatch;
  panel(listAs?: Parameters<typeof startPanel>[0]): Promise<Panel>;
  /** One that waits for the name which another has; tells how many icons it has been given. */
  waitingPanel(): Promise<() => number>;
  /** A program of this process that shows an icon, on a connection of its own. */
  icon(): Promise<MessageBus>;
  readonly bus: MessageBus;
  readonly address: string;
  stopBus(): Promise<void>;
}

let rig: Rig;
let cleanUps: (() => Promise<void> | void)[];

beforeEach(async () => {
  cleanUps = [];
  const session = await startSessionBus();
  let running = true;
  const stopBus = async () => {
    if (running) await session.stop();
    running = false;
  };
  const bus = await connectBus(session.address);
  cleanUps.push(stopBus);
  const clock = createFakeClock();
  /** The watcher's questions that have no answer yet, as each sets a timer to wait for no longer than that. */
  let open = 0;
  const watched: FakeClock = {
    ...clock,
    setTimeout(fn, ms) {
      const cancel = clock.setTimeout(fn, ms);
      if (ms !== patience) return cancel;
      open += 1;
      let over = false;
      return () => {
        if (!over) open -= 1;
        over = true;
        cancel();
      };
    },
  };
  const told: string[] = [];
  const changes = createWatch();
  const tell = (what: string) => {
    told.push(what);
    changes.changed();
  };
  /** Whatever can be answered is answered, with what follows from it. Who answers nothing is not waited for. */
  const answered = async () => {
    for (let round = 0, quiet = 0; round < 100 && quiet < 3; round += 1) {
      await call(bus, { ...daemon, member: 'GetId' });
      await settle();
      quiet = open === 0 ? quiet + 1 : 0;
    }
  };
  rig = {
    clock,
    told,
    bus,
    address: session.address,
    stopBus,
    async tells(...expected) {
      await changes.until(
        () => told.length,
        (count) => count >= expected.length,
      );
      expect(told).toEqual(expected);
    },
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        await answered();
        await clock.advance(1_000);
      }
      await answered();
    },
    watch: (env = none) =>
      watchPanel(
        {
          present: () => tell('present'),
          absent: (before) => tell(before ? 'absent after one' : 'absent'),
          missed: () => tell('missed'),
          returned: () => tell('returned'),
        },
        watched,
        { address: session.address, env },
      ),
    async panel(options) {
      const panel = await startPanel({ address: session.address, ...options });
      cleanUps.unshift(() => panel.close());
      return panel;
    },
    async waitingPanel() {
      const own = await connectBus(session.address);
      cleanUps.unshift(() => own.disconnect());
      const items: string[] = [];
      own.addMethodHandler((message: Message) => {
        if (message.path !== '/StatusNotifierWatcher') return false;
        if (message.member === 'RegisterStatusNotifierItem') {
          items.push(`${message.sender}${message.body[0]}`);
          own.send(Message.newMethodReturn(message));
        } else {
          const hosted = message.body[1] === 'IsStatusNotifierHostRegistered';
          const value = hosted ? new Variant('b', true) : new Variant('as', [...items]);
          own.send(Message.newMethodReturn(message, 'v', [value]));
        }
        return true;
      });
      await own.requestName(watcherName, 0);
      return () => items.length;
    },
    async icon() {
      const own = await connectBus(session.address);
      await own.requestName(wellKnownName, NameFlag.DO_NOT_QUEUE);
      await register(own);
      return own;
    },
  };
});

afterEach(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const register = (bus: MessageBus) =>
  call(bus, {
    destination: watcherName,
    path: '/StatusNotifierWatcher',
    interface: watcherName,
    member: 'RegisterStatusNotifierItem',
    signature: 's',
    body: ['/StatusNotifierItem'],
  });

/** Plays what locks the screen. */
async function locker(name: string) {
  const path = `/${name.replaceAll('.', '/')}`;
  let active = true;
  rig.bus.addMethodHandler((message: Message) => {
    if (message.interface !== name || message.member !== 'GetActive') return false;
    rig.bus.send(Message.newMethodReturn(message, 'b', [active]));
    return true;
  });
  await rig.bus.requestName(name, 0);
  return {
    unlock() {
      active = false;
      rig.bus.send(Message.newSignal(path, name, 'ActiveChanged', 'b', [false]));
    },
  };
}

/** An X server that says who has the tray's selection: 0 is nobody. */
async function xServer(owner: () => number): Promise<NodeJS.ProcessEnv> {
  const server: Server = createServer((socket) => {
    let setUp = false;
    socket.on('data', (data) => {
      const reply = Buffer.alloc(setUp ? 32 : 16);
      reply.writeUInt8(1, 0);
      if (!setUp) reply.writeUInt16LE(2, 6);
      else reply.writeUInt32LE(data[0] === 23 ? owner() : 301, 8);
      setUp = true;
      // In pieces, as the network may.
      socket.write(reply.subarray(0, 5));
      setImmediate(() => socket.write(reply.subarray(5)));
    });
  });
  for (let number = 40; ; number += 1) {
    const taken = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(true));
      server.listen(6_000 + number, '127.0.0.1', () => resolve(false));
    });
    if (taken) continue;
    cleanUps.push(() => void server.close());
    return { DISPLAY: `127.0.0.1:${number}.0`, XAUTHORITY: '/dev/null' };
  }
}

describe('an icon that a panel lists', () => {
  it.each(Object.entries(listForms))('as %s is made once', async (_, listAs) => {
    const panel = await rig.panel({ listAs });
    await rig.icon();
    rig.watch();
    await rig.tells('present');
    await rig.pass(8);
    expect(panel.items()).toHaveLength(1);
    expect(rig.told).toEqual(['present', 'returned']);
  });
});

describe('a panel', () => {
  it('that comes late is waited for half a minute, gets the icon, and nothing was said', async () => {
    rig.watch();
    await rig.pass(25);
    expect(rig.told).toEqual([]);
    await rig.panel();
    await rig.tells('present');
    await rig.pass(3);
    expect(rig.told).toEqual(['present', 'returned', 'missed']);
  });

  it('that never comes is missed after half a minute; the one that comes then is taken', async () => {
    rig.watch();
    await rig.pass(29);
    expect(rig.told).toEqual([]);
    await rig.pass(2);
    expect(rig.told).toEqual(['absent']);
    await rig.panel();
    await rig.tells('absent', 'present');
  });

  it('that restarts is nothing to speak of, and its icon is drawn once more', async () => {
    const panel = await rig.panel();
    const icon = await rig.icon();
    rig.watch();
    await rig.pass(5);
    await panel.stop();
    await rig.pass(20);
    await panel.restart();
    await register(icon);
    await rig.pass(8);
    expect(rig.told).toEqual(['present', 'returned', 'returned']);
  });

  it('that is gone for good is said to be, once', async () => {
    const panel = await rig.panel();
    await rig.icon();
    rig.watch();
    await rig.pass(5);
    await panel.stop();
    await rig.pass(90);
    expect(rig.told).toEqual(['present', 'returned', 'absent after one']);
  });

  it('that lists the icon not even when it was made anew shows none', async () => {
    rig.watch();
    await rig.panel();
    await rig.pass(40);
    expect(rig.told).toEqual(['present', 'returned', 'missed', 'absent after one']);
    await rig.icon();
    await rig.pass(11);
    expect(rig.told.slice(4)).toEqual(['present']);
  });
});

describe('two panels at once', () => {
  it('are one to the icon; when the first goes, the second has its place, gets the icon, and nothing is said', async () => {
    const first = await rig.panel();
    const icon = await rig.icon();
    // It waits for the name, as panels do.
    const second = await rig.waitingPanel();
    rig.watch();
    await rig.pass(5);
    expect(first.items()).toHaveLength(1);
    await first.stop();
    await rig.pass(8);
    expect(rig.told).toEqual(['present', 'returned', 'returned', 'missed']);
    await register(icon);
    await rig.pass(60);
    expect(second()).toBe(1);
    expect(rig.told).toEqual(['present', 'returned', 'returned', 'missed']);
  });

  it('of both kinds are one as well: nothing is said when either goes', async () => {
    let owner = 0x400007;
    const panel = await rig.panel();
    await rig.icon();
    rig.watch(await xServer(() => owner));
    await rig.pass(5);
    owner = 0;
    await rig.pass(40);
    owner = 0x400007;
    await panel.stop();
    for (let second = 0; second < 60; second += 1) await rig.pass(1);
    expect(rig.told).toEqual(['present', 'returned']);
  });
});

describe('while the screen is locked', () => {
  it.each(['gnome', 'freedesktop', 'mate', 'cinnamon'])(
    'by %s, a panel may be away; half a minute begins with the unlocking',
    async (desktop) => {
      const panel = await rig.panel();
      await rig.icon();
      rig.watch();
      await rig.pass(5);
      const lock = await locker(`org.${desktop}.ScreenSaver`);
      await panel.stop();
      await rig.pass(100);
      expect(rig.told).toEqual(['present', 'returned']);
      lock.unlock();
      await rig.pass(29);
      expect(rig.told).toEqual(['present', 'returned']);
      await rig.pass(3);
      expect(rig.told).toEqual(['present', 'returned', 'absent after one']);
    },
  );

  it('by logind, it is the same', async () => {
    const system = await startSessionBus();
    const former = process.env.DBUS_SYSTEM_BUS_ADDRESS;
    process.env.DBUS_SYSTEM_BUS_ADDRESS = system.address;
    const logind = await connectBus(system.address);
    cleanUps.push(async () => {
      if (former === undefined) delete process.env.DBUS_SYSTEM_BUS_ADDRESS;
      else process.env.DBUS_SYSTEM_BUS_ADDRESS = former;
      await system.stop();
    });
    let locked = true;
    logind.addMethodHandler((message: Message) => {
      if (message.member !== 'Get' || message.body[1] !== 'LockedHint') return false;
      logind.send(Message.newMethodReturn(message, 'v', [new Variant('b', locked)]));
      return true;
    });
    await logind.requestName('org.freedesktop.login1', 0);
    rig.watch();
    await rig.pass(60);
    expect(rig.told).toEqual([]);
    locked = false;
    await rig.pass(45);
    expect(rig.told).toEqual(['absent']);
  });
});

describe('a panel that answers', () => {
  const answers = async (answer: (message: Message) => void) => {
    rig.bus.addMethodHandler((message: Message) => {
      if (message.path !== '/StatusNotifierWatcher') return false;
      answer(message);
      return true;
    });
    await rig.bus.requestName(watcherName, 0);
  };

  it('never counts as none', async () => {
    await answers(() => {});
    rig.watch();
    await rig.pass(60);
    expect(rig.told).toEqual(['absent']);
  });

  it('nonsense does not make the icon anew', async () => {
    await answers((message) => {
      const value =
        message.body[1] === 'IsStatusNotifierHostRegistered'
          ? new Variant('b', true)
          : new Variant('as', ['?', '']);
      rig.bus.send(Message.newMethodReturn(message, 'v', [value]));
    });
    rig.watch();
    await rig.pass(60);
    expect(rig.told).toEqual(['present', 'returned']);
  });

  it('that nobody looks at it shows nothing', async () => {
    await answers((message) => {
      rig.bus.send(Message.newMethodReturn(message, 'v', [new Variant('s', 'yes')]));
    });
    rig.watch();
    await rig.pass(60);
    expect(rig.told).toEqual(['absent']);
  });
});

describe('a session bus', () => {
  it('that ends and comes back is a panel that went and came', async () => {
    await startPanel({ address: rig.address });
    rig.watch();
    await rig.pass(5);
    await rig.stopBus();
    const until = async (what: string) => {
      const from = rig.told.length;
      while (!rig.told.includes(what, from)) {
        await rig.clock.waitForTimers();
        await rig.clock.advance(1_000);
      }
    };
    await until('absent after one');
    const again = await startSessionBus(dirname(rig.address.replace('unix:path=', '').split(',')[0] ?? ''));
    cleanUps.push(again.stop);
    await rig.panel();
    await until('present');
  });

  it('that is not there is no panel', async () => {
    await rig.stopBus();
    rig.watch();
    await rig.clock.waitForTimers();
    for (let look = 0; look < 4; look += 1) {
      await rig.clock.waitForTimers();
      rig.clock.jump(10_000);
      await rig.clock.advance(10_000);
    }
    await rig.tells('absent');
  });
});

describe('a panel of the X server', () => {
  it('counts, and is missed when it goes', async () => {
    let owner = 0x400007;
    rig.watch(await xServer(() => owner));
    await rig.tells('present');
    owner = 0;
    while (rig.told.length < 2) await rig.pass(1);
    expect(rig.told).toEqual(['present', 'absent after one']);
    owner = 9;
    while (rig.told.length < 3) await rig.pass(1);
    expect(rig.told).toEqual(['present', 'absent after one', 'present']);
  });
});
