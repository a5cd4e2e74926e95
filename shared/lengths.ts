/** The lengths offered for "Do not disturb", in minutes. Zoom takes 1 to 1440. */
export const dndChoices = [20, 60, 120, 240] as const;

/** The lengths offered for "For a while", in minutes. */
export const whileChoices = [15, 30, 60] as const;
