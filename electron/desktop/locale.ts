import { app } from 'electron';

/**
 * The locale that Intl takes by itself, where that is sure without Intl: the system's, in the language that Chromium found a
 * translation for. Empty where the two differ. (A system without a locale, `C`, has American English.)
 */
export function usualLocale(): string {
  const [translated, system] = [app.getLocale(), app.getSystemLocale().replace(/^en-US@posix$/, 'en-US')];
  return system === translated || system.startsWith(`${translated}-`) ? system : '';
}
