import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault } from '../../electron/practice/fault-schema.ts';
import type { UploadView } from '../../shared/backgrounds.ts';
import { type BackgroundsRig, sha, withBackgrounds } from '../support/backgrounds-rig.ts';
import { settle } from '../support/fake-clock.ts';
import { smallPng } from '../support/files.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folder = tempFolders();

type Step =
  | { readonly do: 'add'; readonly count: number }
  | { readonly do: 'cancel' | 'retry' | 'skip' | 'send' | 'replace'; readonly which: number }
  | { readonly do: 'fault'; readonly operationId: string; readonly fault: Fault }
  | { readonly do: 'delete' | 'undo' | 'offline' | 'online' }
  /** Time for so many turns of the event loop. */
  | { readonly do: 'wait'; readonly turns: number };

const faults: readonly Fault[] = [
  { kind: 'drop' },
  // More often than others: Zoom takes it and nobody hears of it.
  { kind: 'drop', after: true },
  { kind: 'drop', after: true },
  { kind: 'drop', after: true },
  { kind: 'cut', bytes: 3 },
  { kind: 'truncate-json' },
  { kind: 'status', status: 503, message: '' },
  { kind: 'status', status: 400, code: 120, message: 'A maximum of 10 files are allowed for a user.' },
  { kind: 'rate-limit', variant: 'qps' },
  { kind: 'rate-limit', variant: 'seconds', seconds: 60 },
  { kind: 'rate-limit', variant: 'daily' },
  { kind: 'proxy-html', status: 502 },
  { kind: 'odd', shape: 'empty' },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('add' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'retry', 'skip', 'send', 'replace'),
      which: fc.nat(12),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      operationId: fc.constantFrom('uploadVBuser', 'uploadVBuser', 'userSettings', 'delUserVB'),
      fault: fc.constantFrom(...faults),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'undo', 'offline', 'online') }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 40 }) }),
  },
);

const rests = ({ state }: UploadView) =>
  ['question', 'refused', 'done', 'failed', 'cancelled'].includes(state);

/** Lets everything happen that happens by itself. */
async function quiet(rig: BackgroundsRig): Promise<void> {
  let silent = 0;
  for (const giveUp = Date.now() + 50_000; Date.now() < giveUp; ) {
    const { queue } = rig.service.view();
    if (queue.every(rests)) return;
    const until = queue.find((upload) => upload.until !== undefined)?.until;
    if (until !== undefined) await rig.clock.advance(Math.max(0, until - rig.clock.now()));
    // Calls wait for Zoom's limits without a word, at most ten seconds.
    else if (silent < 30) await rig.clock.advance(1_000);
    if (until === undefined) silent += 1;
    for (let turn = 0; turn < 10; turn += 1) await settle();
  }
  const states = rig.service.view().queue.map((upload) => upload.state);
  throw new Error(`never quiet: ${states.join(', ')}`);
}

async function play(rig: BackgroundsRig, steps: readonly Step[]): Promise<void> {
  const { service, line } = rig;
  let shade = 0;
  const nth = (which: number) => {
    const { queue } = service.view();
    return queue[which % Math.max(1, queue.length)]?.id ?? '';
  };
  const own = () => service.view().files.find((file) => /^new/.test(file.name))?.id;
  for (const one of steps) {
    switch (one.do) {
      case 'add': {
        const paths = Array.from({ length: one.count }, () => {
          shade += 1;
          return rig.file(`new-${shade}.png`, smallPng(shade + 50).bytes);
        });
        service.add(paths);
        break;
      }
      case 'cancel':
      case 'retry':
        service[one.do](nth(one.which));
        break;
      case 'skip':
      case 'send':
        service.answer(nth(one.which), one.do);
        break;
      case 'replace':
        service.answer(nth(one.which), { replace: own() ?? service.view().files[0]?.id ?? '' });
        break;
      case 'fault':
        await rig.fault(one.fault, { operationId: one.operationId });
        break;
      case 'delete': {
        const id = own();
        if (id !== undefined) void service.delete([id]);
        break;
      }
      case 'undo':
        service.undo();
        break;
      case 'offline':
        line.online = false;
        break;
      case 'online':
        line.online = true;
        line.announce();
        break;
      case 'wait':
        for (let turn = 0; turn < one.turns; turn += 1) await settle();
    }
  }
}

it('whatever is added, cancelled, retried and answered, and whatever breaks: nothing is at Zoom twice, and all comes to rest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30, size: 'max' }), async (steps) => {
      await withBackgrounds(folder(), async (rig) => {
        await rig.fill(3);
        await play(rig, steps);
        await rig.control('DELETE', '/faults');
        rig.line.online = true;
        rig.line.announce();
        await quiet(rig);
        expect(await rig.service.refresh()).toBeUndefined();
        await quiet(rig);
        const contents = await rig.atZoom();
        expect(contents.length).toBeLessThanOrEqual(10);
        const twice = contents.filter((content, index) => contents.indexOf(content) !== index);
        expect(twice).toEqual([]);
        // What is called done is there, unless it was deleted or replaced since.
        const { files, queue } = rig.service.view();
        expect(files.map((file) => file.name).sort()).toEqual(
          (await rig.state()).me.backgrounds.map((file) => file.name).sort(),
        );
        for (const upload of queue) expect(upload.until).toBeUndefined();
        for (const file of files) if (file.copy) expect(contents).toContain(file.copy);
      });
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 20), interruptAfterTimeLimit: 60_000 },
  );
}, 90_000);

it('knows what the practice Zoom keeps by its hash', () =>
  withBackgrounds(folder(), async (rig) => {
    rig.service.add([rig.file('new.png')]);
    await quiet(rig);
    expect(await rig.atZoom()).toContain(sha(smallPng().bytes));
  }));
