import { join } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Action } from '../../../shared/actions.ts';
import type { TrayClick } from '../../../shared/app.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { clock } from '../clock.ts';
import type { Area } from '../window-place.ts';
import { trayIconName } from './icon-name.ts';
import { type MenuLine, menuChangesAt, trayMenu } from './menu.ts';
import { trayTooltip } from './tooltip.ts';

/**
 * Keeps the icon at its place in the menu bar of macOS over restarts. Not for Windows as long as Tally is not signed: there it would
 * belong to the path of the program, and from another path no icon would come up at all (electronjs.org/docs/latest/api/tray).
 */
const place = '46b44d35-c6c1-4179-95c1-373c2b85a315';

/** How often the words of the tooltip are compared with the time, in ms, while something counts down. */
const tooltipEvery = 10_000;

export interface TrayIcon {
  /** Shows a snapshot soon; from the second call on only what differs is touched. */
  show(snapshot: Snapshot): void;
  /** A new icon in place of the old one, for a panel that came after the first. */
  recreate(): void;
  /** Sends the picture again, to a panel that has the icon and does not draw it. */
  redraw(): void;
  onAction(listener: (action: Action) => void): void;
  /** A click on the icon itself. */
  onClick(listener: () => void): void;
  /** Where the icon is; undefined where the system does not tell that, as on Linux. */
  place(): Area | undefined;
}

/** Puts an icon into the panel at once; what it shows follows with the first snapshot. */
export function createTrayIcon(): TrayIcon {
  const onMac = process.platform === 'darwin';
  let run: (action: Action) => void = () => {};
  let clicked = () => {};
  let snapshot: Snapshot | undefined;
  let tray = make();
  let shown = { image: '', tooltip: '', menu: '' };
  /** Panels tick a radio item when it is clicked, before anything was sent: the menu must be laid anew. */
  let touched = false;
  let cancelTooltip = () => {};
  let cancelMenu = () => {};
  let due = false;
  /** A menu is set, or may be. */
  let hasMenu = true;

  function make(): Tray {
    if (onMac) return new Tray(image('unknown'), place);
    const made = new Tray(image('unknown'));
    made.on('click', () => clicked());
    return made;
  }

  /**
   * On macOS a click opens the menu that is set, and is told besides (electron/electron#24239): a window would come up behind it each
   * time. So it is heard only where it opens something else; then no menu is set, and the right button has it.
   */
  function hear(opens: TrayClick): void {
    if (!onMac || (opens === 'menu') === hasMenu) return;
    hasMenu = opens === 'menu';
    shown = { ...shown, menu: '' };
    if (hasMenu) {
      tray.removeAllListeners('click');
      tray.removeAllListeners('right-click');
      return;
    }
    tray.setContextMenu(null);
    tray.on('click', ({ ctrlKey }) => (ctrlKey ? popUp() : clicked()));
    tray.on('right-click', popUp);
  }

  function popUp(): void {
    if (snapshot) tray.popUpContextMenu(menuOf(trayMenu(snapshot, clock.now())));
  }

  function render(): void {
    due = false;
    if (!snapshot) return;
    const icon = trayIconName(snapshot);
    if (icon !== shown.image) tray.setImage(image(icon));
    const now = clock.now();
    const lines = trayMenu(snapshot, now);
    cancelMenu();
    // The times that are offered pass.
    cancelMenu = clock.setTimeout(render, menuChangesAt(snapshot, now) - now);
    hear(snapshot.preferences.trayClick);
    const menu = hasMenu ? JSON.stringify(lines) : '';
    // Every setContextMenu renumbers the items, and a click on an old number is lost: only when something changed.
    if (hasMenu && (menu !== shown.menu || (touched && !snapshot.presence.sending))) {
      touched = false;
      tray.setContextMenu(menuOf(lines));
    }
    shown = { ...shown, image: icon, menu };
    renderTooltip();
  }

  function renderTooltip(): void {
    cancelTooltip();
    if (!snapshot) return;
    const tooltip = trayTooltip(snapshot, clock.now());
    if (tooltip !== shown.tooltip) tray.setToolTip(tooltip);
    shown = { ...shown, tooltip };
    const { current, waiting } = snapshot.presence;
    if (current.until !== undefined || waiting) cancelTooltip = clock.setTimeout(renderTooltip, tooltipEvery);
  }

  const menuOf = (lines: readonly MenuLine[]) => Menu.buildFromTemplate(lines.map(template));

  function template(line: MenuLine): MenuItemConstructorOptions {
    if (line.kind === 'separator') return { type: 'separator' };
    // A single & would mark a mnemonic.
    const label = line.label.replaceAll('&', '&&');
    if (line.lines) return { label, enabled: line.enabled, submenu: line.lines.map(template) };
    const { action } = line;
    return {
      label,
      enabled: line.enabled,
      type: line.kind === 'item' || line.kind === 'submenu' ? 'normal' : line.kind,
      ...(line.checked !== undefined && { checked: line.checked }),
      ...(action && {
        click: () => {
          touched = true;
          run(action);
        },
      }),
    };
  }

  return {
    show(next) {
      snapshot = next;
      // In the next turn: what was clicked is to be on its way to Zoom before the menu is laid anew, which takes 2 ms.
      if (!due) setImmediate(render);
      due = true;
    },
    recreate() {
      tray.destroy();
      tray = make();
      shown = { image: '', tooltip: '', menu: '' };
      hasMenu = true;
      render();
    },
    redraw() {
      if (shown.image) tray.setImage(image(shown.image));
    },
    onAction(listener) {
      run = listener;
    },
    onClick(listener) {
      clicked = listener;
    },
    place() {
      const bounds = tray.getBounds();
      return bounds.width > 0 ? bounds : undefined;
    },
  };
}

function image(name: string): Electron.NativeImage {
  const file = { darwin: `${name}Template.png`, win32: `${name}.ico` }[process.platform as string];
  return nativeImage.createFromPath(join(app.getAppPath(), 'resources/tray', file ?? `${name}-22.png`));
}
