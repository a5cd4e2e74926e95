import { app } from 'electron';

const isMac = process.platform === 'darwin';

/** While its window is shown, Tally is in the Dock and behind ⌘Tab on macOS, as an app is; else in the menu bar alone. */
export function showInDock(shown: boolean): void {
  if (isMac) app.setActivationPolicy(shown ? 'regular' : 'accessory');
}

/** Brings Tally before other apps on macOS, where a window's focus counts only within its app. */
export function comeForward(): void {
  if (isMac) app.focus({ steal: true });
}
