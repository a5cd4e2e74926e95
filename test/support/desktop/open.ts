import { expect, type Locator } from '@playwright/test';
import type { RunningTally } from './launch.ts';
import type { AppWindow, Screen } from './pages/app-window.ts';

/** The window of a connected app at a screen, once that has what `content` finds. */
export async function openAt(
  tally: RunningTally,
  screen: Screen,
  content: (window: AppWindow) => Locator,
): Promise<AppWindow> {
  const window = await tally.window();
  await expect(window.status.currentWord()).toBeVisible();
  await window.open(screen);
  await expect(content(window)).toBeVisible();
  return window;
}

export const openAdvanced = (tally: RunningTally) =>
  openAt(tally, 'Advanced', ({ advanced }) => advanced.operations().first());

/** The places are counted once Zoom has told what is there. */
export const openBackgrounds = (tally: RunningTally) =>
  openAt(tally, 'Backgrounds', ({ backgrounds }) =>
    backgrounds.quota().and(backgrounds.page.locator('[aria-valuetext$="of 10"]')),
  );
