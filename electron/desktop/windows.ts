/** What holds for every window that a person sees. */
import { nativeTheme } from 'electron';
import { language } from '../../shared/words/language.ts';
import { appOrigin, devUrl } from './protocol.ts';

/** Where a page of our own is, in the language that Tally speaks. */
export function pageAddress(name: 'index' | 'popover'): string {
  const page = `${devUrl ?? appOrigin}/${name}.html`;
  return language === 'en' ? page : `${page}?lang=${language}`;
}

/** A hidden window keeps its renderer (about 45 MB) for this long, so that a second look is instant, in ms. */
export const keepHidden = 2 * 60_000;
/** Some panels take the focus when they are clicked: so many ms after that the window still counts as the focused one. */
export const clicking = 250;
export const onWayland = process.env.XDG_SESSION_TYPE === 'wayland';

/** The page's own ground (--bg of renderer/theme.css): what is seen where it is not drawn yet. */
export const ground = (): string => (nativeTheme.shouldUseDarkColors ? '#17181b' : '#f6f6f7');
