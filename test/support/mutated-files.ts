import fc from 'fast-check';
import { u32 } from './media-corpus-files.ts';

/** Files changed at random. */

const at = fc.nat();
const value = fc.nat(255);
const lengthUpTo = (max: number) => fc.integer({ min: 1, max });
/** Bytes changed, cut out, put in, doubled; a length that lies. */
const change = fc.oneof(
  fc.record({ do: fc.constant('flip' as const), at, length: lengthUpTo(8), value }),
  fc.record({ do: fc.constant('cut' as const), at, length: lengthUpTo(400), value }),
  fc.record({ do: fc.constant('put' as const), at, length: lengthUpTo(64), value }),
  fc.record({ do: fc.constant('double' as const), at, length: lengthUpTo(400), value }),
  fc.record({ do: fc.constant('lie' as const), at, length: fc.constant(4), value }),
);
export const changes = fc.array(change, { minLength: 1, maxLength: 6 });

const lies = [0, 1, 2, 7, 8, 9, 16, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

export function mutate(
  bytes: Buffer,
  steps: typeof changes extends fc.Arbitrary<infer T> ? T : never,
): Buffer {
  return steps.reduce((now, step) => {
    const from = step.at % (now.length + 1);
    const head = now.subarray(0, from);
    const part = now.subarray(from, from + step.length);
    const tail = now.subarray(from + step.length);
    const fill = Buffer.alloc(step.length, step.value);
    if (step.do === 'flip') return Buffer.concat([head, fill.subarray(0, part.length), tail]);
    if (step.do === 'cut') return Buffer.concat([head, tail]);
    if (step.do === 'put') return Buffer.concat([head, fill, part, tail]);
    if (step.do === 'lie') return Buffer.concat([head, u32(lies[step.value % lies.length] ?? 0), tail]);
    return Buffer.concat([head, part, part, tail]);
  }, bytes);
}
