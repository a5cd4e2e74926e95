import type { DeviceUse } from '../../core/ports.ts';

/** What a sound server says of a stream or of whose it is; values of newer ones are no texts alone. */
export type Properties = { readonly [name: string]: unknown };

/** A name that many programs share, as it is that of what they are made with. */
const shared = / VoiceEngine$|^(?:libpulse|portaudio|PortAudio|audio stream|RecordStream)$/;
const wrapped = /^(?:ALSA plug-in|PipeWire ALSA) \[(.+)\]$/;
/** More than this of a name is no name. */
const longestName = 80;

/** Whose a stream is, in the words that people know: a program that names itself, or its file. */
export function programOf(...properties: readonly Properties[]): string | undefined {
  const say = (name: string) =>
    properties.map((one) => one[name]).find((value) => typeof value === 'string' && value !== '') as
      | string
      | undefined;
  const name = say('application.name');
  const file = say('application.process.binary')?.split(/[\\/]/).at(-1);
  const own = name && !shared.test(name) ? (wrapped.exec(name)?.[1] ?? name.replace(/ input$/, '')) : file;
  return cleanName(own ?? name ?? say('node.name'));
}

/** A name as it may be shown: one line, and not endless. */
export function cleanName(name: string | undefined): string | undefined {
  const clean = name
    ?.replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestName);
  return clean === '' ? undefined : clean;
}

/** Programs that show how loud a microphone is: GNOME's own shell leaves out the first two as well. */
const meters: readonly unknown[] = [
  'org.gnome.VolumeControl',
  'org.PulseAudio.pavucontrol',
  'org.kde.plasma-pa',
  'org.kde.kmixd',
];

const isSet = (value: unknown) => value === true || value === 'true';

/** Whether a stream is no call of anybody's: a level meter, an effect such as the removal of an echo, or of what others hear. */
export function isNobodys(...properties: readonly Properties[]): boolean {
  return properties.some(
    (one) =>
      meters.includes(one['application.id']) ||
      one['node.link-group'] !== undefined ||
      ['stream.monitor', 'stream.capture.sink', 'resample.peaks'].some((name) => isSet(one[name])),
  );
}

/** Each device and program once, in an order of their own. */
export function distinct(uses: readonly DeviceUse[]): readonly DeviceUse[] {
  const byName = new Map(uses.map((use) => [`${use.device} ${use.program ?? ''}`, use]));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}
