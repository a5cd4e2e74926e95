import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  packet,
  readPackets,
  readValues,
  type Value,
} from '../../../../electron/desktop/calls/pulse-protocol.ts';

const text = fc.string().map((one) => one.replaceAll('\0', ''));
const value = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  text,
  fc.constant(null),
  fc.dictionary(text, text, { noNullPrototype: true }),
);

describe("PulseAudio's protocol", () => {
  it('is read as it was written, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value)), fc.array(fc.nat()), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map((message) => packet(...message)));
        const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const all: (readonly Value[])[] = [];
        const take = readPackets((values) => all.push(values));
        let from = 0;
        for (const end of ends) {
          expect(take(bytes.subarray(from, end))).toBe(true);
          from = end;
        }
        expect(all).toEqual(messages);
      }),
    );
  });

  it('is given up where it is something else', () => {
    expect(readValues(Buffer.from('?'))).toBeUndefined();
    expect(readValues(Buffer.from('L\0\0'))).toBeUndefined();
    expect(readPackets(() => {})(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toBe(false);
    const bytes = fc.uint8Array().map((one) => Buffer.from(one));
    fc.assert(
      fc.property(bytes, (one) => {
        readValues(one);
        readPackets(() => {})(one);
      }),
    );
  });
});
