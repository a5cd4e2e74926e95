import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { DeviceUse } from '../../../../electron/core/ports.ts';
import { watchCameras } from '../../../../electron/desktop/calls/cameras.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { tempFolders } from '../../../support/temp-folder.ts';
import { createWatch } from '../../../support/waiting.ts';

const tempFolder = tempFolders();

/** A computer's files, as far as they tell of cameras. */
function computer() {
  const root = tempFolder();
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    camera: (name: string, openers: number) =>
      put(`sys/class/video4linux/${name}/device/driver/module/refcnt`, `${openers}\n`),
    /** One that a program plays to others. */
    virtualCamera: (name: string) => put(`sys/class/video4linux/${name}/name`, 'OBS Virtual Camera\n'),
    start(id: number, name: string, ...open: string[]) {
      put(`usr/bin/${name}`, '');
      put(`proc/${id}/comm`, `${name}\n`);
      mkdirSync(join(root, `proc/${id}/fd`));
      symlinkSync(join(root, 'usr/bin', name), join(root, `proc/${id}/exe`));
      for (const [fd, path] of open.entries()) symlinkSync(path, join(root, `proc/${id}/fd/${fd}`));
    },
    end: (id: number) => rmSync(join(root, `proc/${id}`), { recursive: true }),
  };
}

function begin(root: string) {
  const clock = createFakeClock();
  const told: (readonly DeviceUse[] | undefined)[] = [];
  const changes = createWatch();
  const stop = watchCameras(
    clock,
    (uses) => {
      told.push(uses);
      changes.changed();
    },
    root,
  );
  onTestFinished(stop);
  return {
    clock,
    told,
    tells: (count: number) =>
      changes.until(
        () => told,
        ({ length }) => length >= count,
      ),
    /** The next look. */
    async later(after = 5_000) {
      await clock.waitForTimers(1);
      await clock.advance(after);
      await clock.waitForTimers(1);
    },
  };
}

it('is told which programs have a camera open, and when they close it', async () => {
  const { root, camera, start, end } = computer();
  camera('video0', 0);
  start(10, 'cheese', '/dev/null', '/dev/video0');
  start(11, 'bash', '/dev/pts/0');
  const { tells, later, told } = begin(root);
  await tells(1);
  expect(told).toEqual([undefined]);
  camera('video0', 1);
  await later();
  expect(told.at(-1)).toEqual([{ device: 'camera', program: 'cheese' }]);
  end(10);
  camera('video0', 0);
  await later();
  expect(told.at(-1)).toBeUndefined();
});

it('looks into no process while as many have opened a camera as before', async () => {
  const { root, camera, start, end } = computer();
  camera('video0', 1);
  start(10, 'cheese', '/dev/video0');
  const { tells, later, told } = begin(root);
  await tells(1);
  end(10);
  await later();
  expect(told).toEqual([[{ device: 'camera', program: 'cheese' }]]);
});

it('leaves out PipeWire, which tells for whom it opens a camera, and cameras that a program plays', async () => {
  const { root, camera, virtualCamera, start } = computer();
  camera('video0', 1);
  virtualCamera('video9');
  start(10, 'wireplumber', '/dev/video0');
  start(12, 'obs', '/dev/video9');
  const { tells, told } = begin(root);
  await tells(1);
  expect(told).toEqual([undefined]);
});

it('looks every 5 seconds, and every 30 while there is no camera', async () => {
  const { root, camera, start } = computer();
  start(10, 'cheese', '/dev/video0');
  const { clock, tells, later, told } = begin(root);
  await tells(1);
  await clock.waitForTimers(1);
  camera('video0', 1);
  await clock.advance(29_000);
  expect(told).toEqual([undefined]);
  await later(1_000);
  expect(told.at(-1)).toEqual([{ device: 'camera', program: 'cheese' }]);
  camera('video0', 0);
  await later(5_000);
  expect(told.at(-1)).toBeUndefined();
});

it('tells nothing where there is no such thing', async () => {
  const { tells, told } = begin(join(tempFolder(), 'nothing'));
  await tells(1);
  expect(told).toEqual([undefined]);
});
