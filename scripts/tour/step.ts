/** Says what is done, does it, and takes a picture. */
export type Step = (what: string, picture: string, act: () => Promise<void>) => Promise<void>;
