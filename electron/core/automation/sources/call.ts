import type { DeviceUse } from '../../ports.ts';
import type { Source, SourceDeps } from './source.ts';

/** Zoom's own programs: Zoom itself shows what is done with them. */
const zooms = /^(?:zoom\b|aomhost)/i;

/** Since when a program uses the microphone or a camera, asked for only while the rule wants to know. */
export function createCallSource({ clock, attendance, changed }: SourceDeps): Source<'call'> {
  let stop: (() => void) | undefined;
  let uses: readonly DeviceUse[] | undefined = [];
  let ignored: readonly string[] = [];
  let since: number | undefined;

  const isCall = ({ program = '' }: DeviceUse) =>
    !zooms.test(program) && !ignored.some((one) => one.toLowerCase() === program.toLowerCase());

  function told(all: readonly DeviceUse[] | undefined): void {
    uses = all;
    // One that ends is no longer the same call, even when nobody asks before the next one begins.
    if (!all?.some(isCall)) since = undefined;
    else since ??= clock.now();
    changed();
  }

  return {
    watch(settings) {
      if (settings) {
        ({ ignored } = settings);
        stop ??= attendance.watchDevices(told);
      } else if (stop) {
        stop();
        stop = undefined;
        uses = [];
        since = undefined;
      }
    },
    isUntold: () => uses === undefined,
    fact(now) {
      const calls = uses?.filter(isCall) ?? [];
      const shown = calls.find(({ device }) => device === 'microphone') ?? calls[0];
      // After the clock was put back nothing has begun in the future.
      since = shown && Math.min(since ?? now, now);
      return shown && since !== undefined ? { since, ...shown } : undefined;
    },
  };
}
