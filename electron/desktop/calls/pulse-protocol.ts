/** PulseAudio's native protocol, as far as Tally speaks it: what is said over the socket, tag by tag (src/pulsecore/tagstruct.c). */

/** What is asked for or told, by its number (src/pulsecore/native-common.h). */
export const command = {
  error: 0,
  reply: 2,
  auth: 8,
  setClientName: 9,
  getSource: 23,
  getSourceOutputs: 32,
  subscribe: 35,
  subscribeEvent: 66,
} as const;

/** The version that Tally speaks: 22 is PulseAudio 1.0, of 2011. Servers speak the lower one of both. */
export const version = 22;
/** Source outputs alone, of all that the server tells changes of. */
export const sourceOutputs = 0x8;
/** An index that names nothing. */
export const none = 0xffffffff;

const headLength = 20;
/** Longer is no answer of a server that is in its right mind. */
const longest = 4 * 1024 * 1024;

export type Value = number | string | boolean | null | Properties | readonly number[];
interface Properties {
  readonly [name: string]: string;
}

export type Sent = number | string | null | Uint8Array | Properties;

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(5, 'L');
  bytes.writeUInt32BE(value, 1);
  return bytes;
};
const raw = (bytes: Uint8Array): Buffer => {
  const head = Buffer.alloc(5, 'x');
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
};
const string = (text: string): Buffer => Buffer.from(`t${text}\0`);

/** A message with numbers, texts (null: no text), bytes and properties. */
export function packet(...values: readonly Sent[]): Buffer {
  const parts = values.map((value) => {
    if (typeof value === 'number') return u32(value);
    if (typeof value === 'string') return string(value);
    if (value === null) return Buffer.from('N');
    return value instanceof Uint8Array ? raw(value) : properties(value);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(headLength);
  head.writeUInt32BE(body.length, 0);
  head.writeUInt32BE(none, 4);
  return Buffer.concat([head, body]);
}

function properties(list: Properties): Buffer {
  const parts = Object.entries(list).flatMap(([name, value]) => {
    const bytes = Buffer.from(`${value}\0`);
    return [string(name), u32(bytes.length), raw(bytes)];
  });
  return Buffer.concat([Buffer.from('P'), ...parts, Buffer.from('N')]);
}

/**
 * Cuts what comes over the socket into messages, and reads their values. The returned function takes the next bytes, and gives false
 * once they are none of this protocol.
 */
export function readPackets(take: (values: readonly Value[]) => void): (chunk: Uint8Array) => boolean {
  let bytes = Buffer.alloc(0);
  return (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= headLength) {
      const end = headLength + bytes.readUInt32BE(0);
      if (end > longest) return false;
      if (bytes.length < end) return true;
      const values = readValues(bytes.subarray(headLength, end));
      bytes = bytes.subarray(end);
      if (!values) return false;
      take(values);
    }
    return true;
  };
}

/** All values of a message in their order; undefined where it holds something else. */
export function readValues(bytes: Buffer): readonly Value[] | undefined {
  const values: Value[] = [];
  let at = 0;

  function skip(length: number): number {
    const from = at;
    at += length;
    if (at > bytes.length) throw new RangeError('The message is cut off.');
    return from;
  }
  const number = () => bytes.readUInt32BE(skip(4));
  const byte = () => bytes.readUInt8(skip(1));
  const afterwards = <T>(length: number, reader: () => T): T => {
    skip(length);
    return reader();
  };
  const text = () => {
    const end = bytes.indexOf(0, at);
    if (end === -1) throw new RangeError('The text has no end.');
    return bytes.toString('utf8', skip(end + 1 - at), end);
  };
  const long = () => Number(bytes.readBigUInt64BE(skip(8)));
  const list = () => {
    const entries: [string, string][] = [];
    for (let tag = byte(); tag !== tags.N; tag = byte()) {
      if (tag !== tags.t) throw new RangeError('This is no list.');
      const name = text();
      // How long the value is stands there twice, each time after a tag.
      const length = afterwards(6, number);
      const from = skip(length);
      entries.push([name, bytes.toString('utf8', from, from + length).replace(/\0$/, '')]);
    }
    return Object.fromEntries(entries);
  };
  const readers = new Map<string, () => Value>([
    ['t', text],
    ['N', () => null],
    ['L', number],
    ['B', byte],
    ['R', long],
    ['r', long],
    ['U', long],
    ['T', long],
    ['1', () => true],
    ['0', () => false],
    ['a', () => [byte(), byte(), number()]],
    ['m', () => Array.from({ length: byte() }, byte)],
    ['v', () => Array.from({ length: byte() }, number)],
    ['V', number],
    // Bytes alone, of which Tally reads none.
    ['x', () => afterwards(number(), () => null)],
    ['P', list],
    // A format is an encoding, in a byte with its tag, and a tagged list.
    ['f', () => afterwards(3, list)],
  ]);
  try {
    while (at < bytes.length) {
      const reader = readers.get(String.fromCharCode(byte()));
      if (!reader) return undefined;
      values.push(reader());
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return values;
}

const tags = { N: 'N'.charCodeAt(0), t: 't'.charCodeAt(0) };
