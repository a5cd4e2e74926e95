/** The figures of the Settings screen, with the full document of the practice Zoom: how soon it is usable, how soon it finds. */
import type { Panel } from '../support/desktop/panel.ts';
import type { Figure } from './numbers.ts';
import { keysIn, openingOf, timed, withApp } from './screen.ts';
import type { Progress } from './turns.ts';

/** A setting with its editor. */
const setting = '[data-setting] input';
const field = `document.querySelector('[role=combobox][aria-label="Search settings"]')`;
const words = ['waiting room', 'recording', 'chat', 'passcode', 'in_meeting', 'video'];

export function settingsOpen(_panel: Panel, progress: Progress): Promise<Figure> {
  return openingOf({ figure: 'settings-open', tab: 'Zoom settings', there: setting }, progress);
}

export function settingsSearch(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    await page.run(timed('Zoom settings', setting));
    return keysIn(page, { figure: 'settings-search', field, words }, progress);
  });
}
