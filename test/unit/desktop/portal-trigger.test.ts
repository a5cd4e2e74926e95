import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portalTrigger } from '../../../electron/desktop/portal-shortcuts.ts';
import { shortcutForm } from '../../../shared/shortcut.ts';
import { readTrigger } from '../../support/desktop/portal.ts';

it.each([
  ['Control+Alt+Z', 'CTRL+ALT+z'],
  ['Control+Shift+Space', 'CTRL+SHIFT+space'],
  ['Shift+Super+F12', 'SHIFT+LOGO+F12'],
  ['Alt+7', 'ALT+7'],
  ['F24', 'F24'],
  ['Control+Control+A', 'CTRL+a'],
])('%s is proposed as %s', (shortcut, trigger) => {
  expect(portalTrigger(shortcut)).toBe(trigger);
});

const keys = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  'Space',
  ...Array.from({ length: 24 }, (_, at) => `F${at + 1}`),
];
const held = fc.uniqueArray(fc.constantFrom('Control', 'Alt', 'Shift', 'Super'), {
  minLength: 0,
  maxLength: 4,
});
const shortcuts = fc
  .tuple(held, fc.constantFrom(...keys))
  .map(([parts, key]) => [...parts, key].join('+'))
  .filter((shortcut) => shortcutForm.test(shortcut));
const words: Readonly<Record<string, string>> = { Control: 'Ctrl', Super: 'Meta', Space: 'space' };

it('every shortcut that Tally keeps is a trigger of the specification that means the same', () => {
  fc.assert(
    fc.property(shortcuts, (shortcut) => {
      const expected = shortcut.split('+').map((part) => words[part] ?? part);
      expect(readTrigger(portalTrigger(shortcut))).toBe(expected.join('+'));
    }),
  );
});

it('two shortcuts are the same trigger only if they are the same keys', () => {
  const sorted = (text: string) => text.split('+').sort().join('+');
  fc.assert(
    fc.property(shortcuts, shortcuts, (one, other) => {
      const isSame = sorted(one) === sorted(other);
      expect(sorted(portalTrigger(one)) === sorted(portalTrigger(other))).toBe(isSame);
    }),
  );
});
