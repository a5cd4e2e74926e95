/** The lengths offered for "Do not disturb", in minutes. Zoom takes 20 to 1440. */
export const dndChoices = [20, 60, 120, 240] as const;

/** The lengths offered for "For a while", in minutes. */
export const whileChoices = [15, 30, 60] as const;

// American English, as the words around them are. Made once: to make one takes a tenth of a millisecond.
const format = (unit: 'hour' | 'minute') =>
  new Intl.NumberFormat('en-US', { style: 'unit', unit, unitDisplay: 'long' });
const hours = format('hour');
const lessThanHours = format('minute');

/** A length on offer in words, such as "20 minutes", "1 hour", "90 minutes". */
export function minutesWords(minutes: number): string {
  const whole = minutes >= 60 && minutes % 60 === 0;
  return whole ? hours.format(minutes / 60) : lessThanHours.format(minutes);
}
