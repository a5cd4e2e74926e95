import { describe, expect, test } from 'vitest';
import { menuBar, textMenu, zoomAfter } from '../../../electron/desktop/menus.ts';

describe('the menu bar', () => {
  test('macOS has one with the parts that bring quit, close, paste and minimize; other systems have none', () => {
    const roles = menuBar('darwin')?.map(({ role, label }) => role ?? label);
    expect(roles).toEqual(['appMenu', 'fileMenu', 'editMenu', 'View', 'windowMenu']);
    expect([menuBar('linux'), menuBar('win32')]).toEqual([null, null]);
  });
});

const flags = {
  canUndo: false,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canSelectAll: true,
  canDelete: true,
  canEditRichly: false,
};
const offered = (place: Parameters<typeof textMenu>[0]) =>
  textMenu(place).flatMap(({ role, enabled }) => (role && enabled ? [role] : []));

describe('a right click', () => {
  test('in a field offers what can be done there', () => {
    expect(offered({ isEditable: true, selectionText: '', editFlags: flags })).toEqual([
      'cut',
      'copy',
      'paste',
      'selectAll',
    ]);
    const password = { ...flags, canCopy: false, canCut: false };
    expect(offered({ isEditable: true, selectionText: 'x', editFlags: password })).toEqual([
      'paste',
      'selectAll',
    ]);
  });

  test('on chosen text offers to copy it, and elsewhere nothing', () => {
    expect(offered({ isEditable: false, selectionText: 'Ada', editFlags: flags })).toEqual(['copy']);
    expect(textMenu({ isEditable: false, selectionText: ' ', editFlags: flags })).toEqual([]);
  });
});

describe('zoom by keys', () => {
  const press = (key: string, more: object = {}) => ({
    type: 'keyDown' as const,
    key,
    control: true,
    meta: false,
    alt: false,
    ...more,
  });

  test('Ctrl with plus, minus and 0, with or without Shift', () => {
    for (const [key, level] of [
      ['+', 1],
      ['=', 1],
      ['-', -1],
      ['_', -1],
    ] as const)
      expect(zoomAfter(press(key), 0, 'linux'), key).toBe(level);
    expect(zoomAfter(press('0'), 3, 'win32')).toBe(0);
  });

  test('⌘ in place of Ctrl on macOS', () => {
    expect(zoomAfter(press('+'), 0, 'darwin')).toBeUndefined();
    expect(zoomAfter(press('+', { control: false, meta: true }), 0, 'darwin')).toBe(1);
  });

  test('it ends at half and at three times the size, and other keys are left alone', () => {
    expect(zoomAfter(press('+'), 6, 'linux')).toBe(6);
    expect(zoomAfter(press('-'), -3, 'linux')).toBe(-3);
    for (const other of [
      press('k'),
      press('+', { control: false }),
      press('0', { alt: true }),
      press('0', { type: 'keyUp' }),
    ])
      expect(zoomAfter(other, 0, 'linux')).toBeUndefined();
  });
});
