import { connect, type Socket } from 'node:net';

/** Requests and events of the X protocol (x.org/releases/X11R7.7/doc/xproto/x11protocol.html) and of XFIXES. */
const x = {
  createWindow: 1,
  internAtom: 16,
  getProperty: 20,
  convertSelection: 24,
  getInputFocus: 43,
  queryExtension: 98,
  selectionNotify: 31,
  fixes: { queryVersion: 0, selectSelectionInput: 2 },
} as const;

/** What somebody copied last; a program that ends takes it along from X, and it stays here. */
interface Held {
  owner: number;
  text: string;
  /** Resolves when the text is here, or nobody gives it out. */
  arrived: Promise<void>;
  arrive(): void;
}

/**
 * The clipboard as it is where it outlives programs, as on Windows, macOS and with a clipboard manager: it reads what is copied on
 * the X display of this process, never copies anything itself, and so is not noticed by those who do.
 */
export interface ClipboardKeeper {
  /** What would be pasted now, from the clipboard and by a middle click. */
  kept(): Promise<readonly string[]>;
  /** As if everything that programs which are gone have left were copied over. */
  forget(): void;
  close(): void;
}

export async function startClipboardKeeper(): Promise<ClipboardKeeper> {
  const display = await openDisplay(Number(/\d+/.exec(process.env.DISPLAY ?? '')?.[0]));
  const { ask, send, root, base } = display;
  const atom = async (name: string) => {
    const answer = await ask(x.internAtom, 0, [...u16(name.length), 0, 0, ...padded(Buffer.from(name))]);
    return answer.readUInt32LE(8);
  };
  const fixes = await ask(x.queryExtension, 0, [6, 0, 0, 0, ...padded(Buffer.from('XFIXES'))]);
  if (fixes[8] !== 1) throw new Error('The X display has no XFIXES');
  const [fixesOpcode = 0, fixesEvent = 0] = fixes.subarray(9);
  await ask(fixesOpcode, x.fixes.queryVersion, [...u32(5), ...u32(0)]);

  const window = base + 1;
  // At -1, -1, one pixel large, of input alone, and never shown.
  const place = [...u16(0xffff), ...u16(0xffff), ...u16(1), ...u16(1), ...u16(0), ...u16(2)];
  send(x.createWindow, 0, [...u32(window), ...u32(root), ...place, ...u32(0), ...u32(0)]);
  const [clipboard, primary, utf8] = [await atom('CLIPBOARD'), 1, await atom('UTF8_STRING')] as const;
  const board = new Map<number, Held>();

  function read(selection: number, owner: number): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    board.get(selection)?.arrive();
    board.set(selection, { owner, text: '', arrived: promise, arrive: resolve });
    if (owner === 0) resolve();
    // To a property of the selection's own name.
    else send(x.convertSelection, 0, [window, selection, utf8, selection, 0].flatMap(u32));
  }

  async function take(selection: number, property: number): Promise<void> {
    const held = board.get(selection);
    if (!held) return;
    if (property !== 0) {
      const data = await ask(x.getProperty, 1, [window, property, 0, 0, 0x100000].flatMap(u32));
      const size = data.readUInt32LE(16) * (data.readUInt8(1) / 8);
      if (board.get(selection) === held) held.text = data.toString('utf8', 32, 32 + size);
    }
    held.arrive();
  }

  display.onEvent((event) => {
    const type = event.readUInt8(0) & 0x7f;
    if (type === x.selectionNotify) void take(event.readUInt32LE(12), event.readUInt32LE(20));
    if (type !== fixesEvent) return;
    const selection = event.readUInt32LE(12);
    // Its window or its program is gone: what it has copied stays, and what it was just asked for does not come.
    if (event.readUInt8(1) !== 0) return board.get(selection)?.arrive();
    read(selection, event.readUInt32LE(8));
  });
  for (const selection of [clipboard, primary]) {
    send(fixesOpcode, x.fixes.selectSelectionInput, [window, selection, 7].flatMap(u32));
  }
  const catchUp = () => ask(x.getInputFocus, 0, []);
  await catchUp();
  return {
    async kept() {
      // What happened before this question is told before its answer.
      await catchUp();
      await Promise.all([...board.values()].map(({ arrived }) => arrived));
      return [...board.values()].map(({ text }) => text);
    },
    forget: () => board.clear(),
    close: display.close,
  };
}

const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const padded = (bytes: Buffer) => [...bytes, ...Buffer.alloc(-bytes.length & 3)];

/** A connection to the X server of a number, which asks for no password, as those of the tests do. */
async function openDisplay(number: number) {
  const socket: Socket = connect(`/tmp/.X11-unix/X${number}`);
  let got = Buffer.alloc(0);
  let hear = (_event: Buffer) => {};
  let isIn = false;
  const asked: ReturnType<typeof Promise.withResolvers<Buffer>>[] = [];
  const { promise: welcome, resolve: letIn, reject } = Promise.withResolvers<Buffer>();
  let why = new Error('The X server hung up');
  socket.on('error', (error) => {
    why = error;
  });
  socket.on('close', () => {
    reject(why);
    for (const one of asked) one.reject(why);
  });
  socket.on('data', (data) => {
    got = Buffer.concat([got, data]);
    for (;;) {
      const size = sizeOf(got, isIn);
      if (size === undefined || got.length < size) return;
      const packet = got.subarray(0, size);
      got = got.subarray(size);
      if (!isIn) {
        isIn = true;
        letIn(packet);
      } else if (packet[0] === 1) asked.shift()?.resolve(packet);
      else if (packet[0] === 0)
        socket.destroy(new Error(`The X server refuses: ${packet[1]}, ${packet[10]}`));
      else hear(packet);
    }
  });
  socket.write(Buffer.from(['l'.charCodeAt(0), 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const server = await welcome;
  if (server[0] !== 1) throw new Error('The X server lets nobody in');
  const screens = 40 + ((server.readUInt16LE(24) + 3) & ~3) + server.readUInt8(29) * 8;
  const send = (opcode: number, detail: number, body: readonly number[]) => {
    socket.write(Buffer.from([opcode, detail, ...u16(1 + body.length / 4), ...body]));
  };
  return {
    root: server.readUInt32LE(screens),
    /** The first id that is ours to give. */
    base: server.readUInt32LE(12),
    send,
    ask(opcode: number, detail: number, body: readonly number[]): Promise<Buffer> {
      if (socket.destroyed) return Promise.reject(why);
      const answer = Promise.withResolvers<Buffer>();
      asked.push(answer);
      send(opcode, detail, body);
      return answer.promise;
    },
    onEvent(listener: (event: Buffer) => void) {
      hear = listener;
    },
    close: () => void socket.destroy(),
  };
}

/** Undefined as long as it is not known: of the answer to the first words, of replies, and of events and errors. */
function sizeOf(got: Buffer, isIn: boolean): number | undefined {
  if (got.length < (isIn ? 32 : 8)) return undefined;
  if (!isIn) return 8 + got.readUInt16LE(6) * 4;
  return got[0] === 1 ? 32 + got.readUInt32LE(4) * 4 : 32;
}
