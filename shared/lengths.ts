/** The lengths offered for a status, in minutes. */
export const lengthChoices = [15, 30, 45, 60, 120] as const;
