import { describe, expect, it } from 'vitest';
import { pressedShortcut, shortcutForm, shortcutWords } from '../../../shared/shortcut.ts';

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };
const pressed = (code: string, keys: Partial<typeof none & { key: string }> = {}, isMac = false) =>
  pressedShortcut({ key: '', code, ...none, ...keys }, isMac);

describe('what is pressed', () => {
  it.each<[string, string | undefined]>([
    [String(pressed('Space', { ctrlKey: true, shiftKey: true })), 'Control+Shift+Space'],
    [String(pressed('KeyT', { metaKey: true })), 'Super+T'],
    [String(pressed('KeyT', { metaKey: true }, true)), 'Command+T'],
    [String(pressed('Digit1', { altKey: true })), 'Alt+1'],
    [String(pressed('Digit1', { key: '!', ctrlKey: true, shiftKey: true })), 'Control+Shift+1'],
    [String(pressed('KeyQ', { key: 'a', ctrlKey: true })), 'Control+A'],
    [String(pressed('KeyT', { key: '†', altKey: true }, true)), 'Alt+T'],
    [String(pressed('F9')), 'F9'],
    [String(pressed('F9', { shiftKey: true })), 'Shift+F9'],
  ])('is %s', (shortcut, expected) => {
    expect(shortcut).toBe(expected);
    expect(shortcutForm.test(shortcut)).toBe(true);
  });

  it.each([
    ['a letter alone', pressed('KeyT')],
    ['a capital letter', pressed('KeyT', { shiftKey: true })],
    ['Ctrl alone', pressed('ControlLeft', { ctrlKey: true })],
    ['a key without a name', pressed('', { ctrlKey: true })],
    ['Escape', pressed('Escape', { ctrlKey: true })],
    ['a key that types no letter', pressed('Backquote', { altKey: true })],
  ])('is none for %s', (_what, shortcut) => {
    expect(shortcut).toBeUndefined();
  });
});

it.each([
  'Control',
  'Control+',
  'T',
  'Shift+T',
  'Control+TT',
  'Control+Shift+',
  'Control+Escape',
  'Control+F0',
  'F25',
  '+',
  'Hyper+T',
  ' ',
])('%j is no shortcut that is kept', (text) => {
  expect(shortcutForm.test(text)).toBe(false);
});

it('is written as people write it', () => {
  expect(shortcutWords('Control+Shift+Space')).toBe('Ctrl+Shift+Space');
  expect(shortcutWords('')).toBe('');
});
