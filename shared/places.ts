import { screenWords } from './words/en/screens.ts';

/** The screens of the window. */
export type Screen = keyof typeof screenWords;
export const screens = Object.keys(screenWords) as readonly Screen[];

/** What works without an account, and leads to one. */
export const screensWithoutAccount: readonly Screen[] = ['status', 'accounts', 'preferences'];

/** A screen, and what is looked for there. */
export interface Place {
  readonly screen: Screen;
  readonly search?: string | undefined;
}

/** Zoom's clouds that an account can be in: the commercial one (zoom.us) and the US government's (zoomgov.com). */
export const clouds = ['commercial', 'government'] as const;

/**
 * The only pages that Tally opens in the browser besides a sign-in: where one makes an app of one's own, and Zoom's settings. For
 * `zoom-app` it is the Zoom app itself, where that is on this computer.
 */
export const webPages = [
  'marketplace',
  'government-marketplace',
  'settings',
  'government-settings',
  'zoom-app',
  'releases',
] as const;
export type Cloud = (typeof clouds)[number];
export type WebPage = (typeof webPages)[number];
