import { shorten } from './shorten.ts';

/** A name of somebody else's (a file, a person) within words of ours: its direction of writing stays its own (Unicode's FSI and PDI). */
export const isolated = (name: string) => `\u2068${shorten(name)}\u2069`;
