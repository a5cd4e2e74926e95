/** The lengths offered for "Do not disturb", in minutes. Zoom takes 20 to 1440. */
export const dndChoices = [20, 60, 120, 240] as const;

/** The lengths offered for "For a while", in minutes. */
export const whileChoices = [15, 30, 60] as const;

/**
 * A length on offer in words, such as "20 minutes", "1 hour", "90 minutes". Without Intl, whose data takes 4 MB of the tray's
 * memory: the words are English, and its lengths are whole.
 */
export function minutesWords(minutes: number): string {
  const whole = minutes >= 60 && minutes % 60 === 0;
  const count = whole ? minutes / 60 : minutes;
  return `${count} ${whole ? 'hour' : 'minute'}${count === 1 ? '' : 's'}`;
}
