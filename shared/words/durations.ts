const units = {
  hour: { short: 'hr', long: 'hour' },
  minute: { short: 'min', long: 'minute' },
  second: { short: 'sec', long: 'second' },
} as const;

type Style = 'short' | 'long';

/**
 * A length in ms as English words, rounded up to whole minutes, below one minute to whole seconds: "42 min", "1 hr 20 min",
 * "38 sec"; long: "1 hour 20 minutes". Negative lengths are none. Without Intl, whose data takes 4 MB of the tray's memory
 * and whose words would be the system's.
 */
export function durationWords(ms: number, style: Style = 'short'): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 60) return unitWords(seconds, 'second', style);
  const minutes = Math.ceil(seconds / 60);
  const parts = [
    ...(minutes >= 60 ? [unitWords(Math.floor(minutes / 60), 'hour', style)] : []),
    ...(minutes % 60 > 0 ? [unitWords(minutes % 60, 'minute', style)] : []),
  ];
  return parts.join(' ');
}

function unitWords(count: number, unit: keyof typeof units, style: Style): string {
  return `${count} ${units[unit][style]}${style === 'long' && count !== 1 ? 's' : ''}`;
}
