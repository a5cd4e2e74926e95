import { times } from './en/times.ts';

type Style = 'short' | 'long';

/**
 * A length in ms as English words, rounded up to whole minutes, below one minute to whole seconds: "42 min", "1 hr 20 min",
 * "38 sec"; long: "1 hour 20 minutes". Negative lengths are none. Without Intl's own words, whose data takes 4 MB of the tray's memory.
 */
export function durationWords(ms: number, style: Style = 'short'): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 60) return times[style].second(seconds);
  const minutes = Math.ceil(seconds / 60);
  const parts = [
    ...(minutes >= 60 ? [times[style].hour(Math.floor(minutes / 60))] : []),
    ...(minutes % 60 > 0 ? [times[style].minute(minutes % 60)] : []),
  ];
  return parts.join(' ');
}

/** A place in a video, or its length, in seconds, to a tenth: "0:04.5", "12:00", "1:02:03". */
export function positionWords(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const two = (count: number) => `${count}`.padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  const start = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${start}:${two(whole % 60)}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`;
}
