/** The lengths offered for a status, in minutes. */
export const lengthChoices = [15, 30, 45, 60, 120] as const;

/** So much more a timer is given at once, in minutes. */
export const moreMinutes = 15;
