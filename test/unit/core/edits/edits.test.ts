import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createEdits } from '../../../../electron/core/edits/edits.ts';
import { afterRead } from '../../../../electron/core/edits/outcome.ts';
import { type EditState, withEdit } from '../../../../electron/core/edits/state.ts';
import { formatOf } from '../../../../electron/core/edits/stored.ts';
import type { Subject } from '../../../../electron/core/edits/subject.ts';
import type { ZoomResult } from '../../../../electron/core/zoom/client.ts';
import { tallyError } from '../../../../shared/errors.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';

type Values = Record<string, number>;

/** What becomes of one change that is sent: `lost` and `late` are without an answer, not done and done. */
const fates = ['works', 'works', 'refused', 'nameless', 'locked', 'unreached', 'lost', 'late'] as const;
type Fate = (typeof fates)[number];

const keys = ['a:1', 'a:2', 'a:3', 'b:1', 'b:2'] as const;
const partOf = (key: string) => key.slice(0, 1);
const same = (one: number | undefined, other: number | undefined) => one === other;
const format = formatOf(
  (key) => keys.some((one) => one === key),
  z.number(),
  10,
  () => false,
);
const unknown = 'It isn’t known whether Zoom took the changes.';

const reached = {
  refused: 'yes',
  nameless: 'yes',
  locked: 'yes',
  unreached: 'no',
  lost: 'perhaps',
  late: 'perhaps',
} as const;

function answerOf(fate: Fate): ZoomResult<null> {
  if (fate === 'works') return { ok: true, status: 204, data: null, limits: {} as never };
  return {
    ok: false,
    reached: reached[fate],
    error: tallyError(fate === 'nameless' ? 'forbidden' : 'network', fate),
  };
}

/** Zoom, with two parts that are read and written by themselves. */
function zoomWith(values: Values) {
  const trouble = { sending: [] as Fate[], reading: [] as boolean[], lost: 0, unread: 0 };
  const subject: Subject<number> = {
    same,
    partOf,
    parts: ['a', 'b'],
    mostSaves: 10,
    redo: true,
    async read(part) {
      if (trouble.reading.shift()) {
        trouble.unread += 1;
        return { ok: false, error: tallyError('network', 'Not read.') };
      }
      return {
        ok: true,
        value: Object.fromEntries(Object.entries(values).filter(([key]) => partOf(key) === part)),
      };
    },
    problems: () => ({}),
    batches: (changes) =>
      ['a', 'b'].map((part) => ({
        keys: changes.map(({ key }) => key).filter((key) => partOf(key) === part),
        async *send(some) {
          const fate = trouble.sending.shift() ?? 'works';
          const sent = changes.filter(({ key }) => some.includes(key));
          if (fate === 'works' || fate === 'late') {
            Object.assign(values, Object.fromEntries(sent.map(({ key, after }) => [key, after])));
          }
          if (fate === 'lost' || fate === 'late') trouble.lost += 1;
          yield answerOf(fate);
        },
      })),
    lockedBy: ({ what }, some) => (what === 'locked' ? some.slice(0, 1) : []),
    wrongBy: () => ({}),
    words: {
      invalid: () => tallyError('invalid-input', 'Invalid.'),
      already: tallyError('invalid-input', 'Already.'),
      gone: tallyError('invalid-input', 'Gone.'),
      changedSince: tallyError('conflict', 'Changed since.'),
    },
  };
  return { subject, trouble };
}

const someValues = fc.record(Object.fromEntries(keys.map((key) => [key, fc.nat(3)])));
const someEdits = fc.dictionary(fc.constantFrom(...keys), fc.nat(3), { minKeys: 1 });

describe('edits', () => {
  it('are never lost, never recorded twice and never claimed, whatever becomes of a save', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          before: someValues,
          wish: someEdits,
          sending: fc.array(fc.constantFrom(...fates), { maxLength: 6 }),
          reading: fc.array(fc.boolean(), { maxLength: 2 }),
          restarts: fc.boolean(),
        }),
        async ({ before, wish, sending, reading, restarts }) => {
          const values: Values = { ...before };
          const { subject, trouble } = zoomWith(values);
          const clock = createFakeClock();
          let disk = '{}';
          let stopped = new AbortController();
          const start = () =>
            createEdits(subject, {
              clock,
              signal: stopped.signal,
              stored: format.read(JSON.parse(disk)),
              save: (kept) => {
                disk = JSON.stringify(format.store(kept) ?? {});
              },
              changed() {},
            });
          let edits = start();
          await edits.refresh();
          for (const [key, value] of Object.entries(wish)) edits.set(withEdit(same, edits.state, key, value));
          const wanted = Object.entries(wish).filter(([key, value]) => before[key] !== value);
          trouble.sending = sending;
          // What is read before anything is sent goes well.
          trouble.reading = [...new Set(wanted.map(([key]) => partOf(key)))].map(() => false).concat(reading);
          edits.save();
          await settle();
          expect(edits.state.saving).toBe(false);
          for (const [key, value] of wanted)
            expect([edits.state.edits[key]?.value, values[key]]).toContain(value);
          const isUnsure = edits.state.problem?.what.endsWith(unknown) ?? false;
          if (isUnsure) expect(Math.min(trouble.lost, trouble.unread)).toBeGreaterThan(0);

          // Once Zoom can be asked, all is known, over a restart too.
          trouble.sending = [];
          trouble.reading = [];
          if (restarts) {
            stopped.abort();
            stopped = new AbortController();
            edits = start();
          }
          await edits.refresh();
          const open = wanted.filter(([key, value]) => values[key] !== value);
          expect(Object.keys(edits.state.edits).sort()).toEqual(open.map(([key]) => key).sort());
          const saved = wanted.filter((entry) => !open.includes(entry));
          const recorded = edits.state.history.flatMap(({ changes }) => changes);
          expect(recorded.map(({ key }) => key).sort()).toEqual(saved.map(([key]) => key).sort());
          for (const { key, before: was, after } of recorded) {
            expect([was, after]).toEqual([before[key], values[key]]);
          }
          edits.undo(edits.state.history[0]?.id);
          await settle();
          expect(values).toEqual(before);
          stopped.abort();
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

it('a change whose answer was lost is waited for, and given up after two minutes', () => {
  const { subject } = zoomWith({});
  const intent = { id: 'one', at: 0, changes: [{ key: 'a:1', before: 1, after: 2 }] };
  const sent: EditState<number> = {
    phase: 'ready',
    values: { 'a:1': 1 },
    edits: {},
    history: [],
    intent,
    read: new Set(['a', 'b']),
    refused: {},
    locked: {},
    kept: {},
    contested: [],
    saving: false,
  };
  const told = (value: number, now: number) =>
    afterRead(subject, sent, { part: 'a', values: { 'a:1': value } }, now);
  expect(told(1, 119_999).intent).toEqual(intent);
  expect(told(1, 120_000).intent).toBeUndefined();
  const known = told(2, 60_000);
  expect(known.intent).toBeUndefined();
  expect(known.history).toEqual([intent]);
});
