import type { ContextMenuParams, Input, MenuItemConstructorOptions } from 'electron';

/** The menu bar of macOS: there, ⌘C, ⌘V, ⌘W and the like are items of it or nothing (electron/electron#49807). Elsewhere there is none. */
export function menuBar(platform: NodeJS.Platform): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  return [{ role: 'appMenu' }, { role: 'fileMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }];
}

type Place = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/** What a right click offers for the text under it; nothing elsewhere. */
export function textMenu({ isEditable, selectionText, editFlags }: Place): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() ? [copy] : [];
  return [
    { role: 'undo', enabled: editFlags.canUndo },
    { role: 'redo', enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', enabled: editFlags.canCut },
    copy,
    { role: 'paste', enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}

/** Chromium's levels: each makes everything 1.2 times as large. From half to three times. */
const levels = { least: -3, most: 6 };

/** The level of zoom after a key (Ctrl or ⌘ with plus, minus or 0); undefined for any other key. */
export function zoomAfter(
  key: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>,
  level: number,
  platform: NodeJS.Platform,
): number | undefined {
  const held = platform === 'darwin' ? key.meta && !key.control : key.control && !key.meta;
  if (key.type !== 'keyDown' || !held || key.alt) return undefined;
  if (key.key === '0') return 0;
  // The plus of most keyboards is on the key of the equals sign.
  if (key.key === '+' || key.key === '=') return Math.min(levels.most, level + 1);
  return key.key === '-' || key.key === '_' ? Math.max(levels.least, level - 1) : undefined;
}
