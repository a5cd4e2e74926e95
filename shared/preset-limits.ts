export const mostPresets = 20;
export const mostRecent = 3;
/** In characters. */
export const longestPresetName = 40;
export const longestPresetTime = 60;
