/** Who uses the microphone, as real sound servers tell it of programs that really record. */
import { afterEach, expect, it } from 'vitest';
import type { Clock, DeviceUse } from '../../electron/core/ports.ts';
import { watchPipeWire } from '../../electron/desktop/calls/pipewire.ts';
import { watchPulse } from '../../electron/desktop/calls/pulse.ts';
import { clock } from '../../electron/desktop/clock.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { soundIn } from '../support/trust/sound.ts';
import { createWatch } from '../support/waiting.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
const tempFolder = tempFolders();

type Uses = readonly DeviceUse[] | undefined;
type Sound = Awaited<ReturnType<typeof soundIn>>;
type Watch = (clock: Clock, tell: (uses: Uses) => void, env: NodeJS.ProcessEnv) => () => void;

async function begin(watch: Watch) {
  const sound = await soundIn(tempFolder());
  let told: Uses | 'nothing' = 'nothing';
  const changes = createWatch();
  const stop = watch(
    clock,
    (uses) => {
      told = uses;
      changes.changed();
    },
    sound.env,
  );
  cleanUps.push(stop, sound.stop);
  return {
    sound,
    tells: (wanted: Uses) =>
      changes.until(
        () => told,
        (now) => JSON.stringify(now) === JSON.stringify(wanted),
      ),
  };
}

const inUseBy = (program: string): Uses => [{ device: 'microphone', program }];

it('is told by PipeWire who uses the microphone and that it is free again, also by the PipeWire that comes after it', async () => {
  const { sound, tells } = await begin(watchPipeWire);
  await tells(undefined);
  let end = await sound.startPipeWire(false);
  await tells([]);
  const stopRecording = sound.record('pw-record', '--target', 'mic');
  await tells(inUseBy('pw-record'));
  await stopRecording();
  await tells([]);

  sound.record('pw-record', '--target', 'mic');
  await tells(inUseBy('pw-record'));
  await end();
  await tells(undefined);
  end = await sound.startPipeWire(false);
  await tells([]);
  sound.record('pw-record', '--target', 'mic');
  await tells(inUseBy('pw-record'));
});

it.each([
  ['PulseAudio', (sound: Sound) => sound.startPulseAudio()],
  ['PipeWire in its place', (sound: Sound) => sound.startPipeWire(true)],
] as const)('is told the same by %s', async (_, start) => {
  const { sound, tells } = await begin(watchPulse);
  await tells(undefined);
  const end = await start(sound);
  await tells([]);
  const stopRecording = sound.record('parecord', '--device=mic');
  await tells(inUseBy('parecord'));
  await stopRecording();
  await tells([]);
  sound.record('parecord', '--device=mic');
  await tells(inUseBy('parecord'));
  await end();
  await tells(undefined);
  await start(sound);
  await tells([]);
});

it.each([
  ['PipeWire', watchPipeWire, (sound: Sound) => sound.startPipeWire(true)],
  ['PulseAudio', watchPulse, (sound: Sound) => sound.startPulseAudio()],
] as const)('is told by %s of nobody who records what the computer plays', async (_, watch, start) => {
  const { sound, tells } = await begin(watch);
  await start(sound);
  await tells([]);
  sound.record('parecord', '--device=speaker.monitor', '--client-name=Listener');
  // Whoever comes after it is seen; by then the first would be, too.
  sound.record('parecord', '--device=mic', '--client-name=Caller');
  await tells(inUseBy('Caller'));
  expect.assertions(0);
});
