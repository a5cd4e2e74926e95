import { describe, expect, it } from 'vitest';
import { shortcutProblem } from '../../../shared/shortcut-use.ts';
import { snapshot } from '../../support/snapshot.ts';

const plain = snapshot();
const known = {
  preferences: { ...plain.preferences, shortcut: 'Alt+P' },
  presets: { list: [{ name: 'Lunch', status: 'Away', time: '45', shortcut: 'Alt+L' }], recent: [] },
  refusedShortcuts: { 'Alt+T': 'taken', 'Alt+W': 'wayland' },
} as const;
const popover = { kind: 'popover' } as const;
const preset = (name: string) => ({ kind: 'preset', name }) as const;

describe('a shortcut', () => {
  it.each([
    ['', preset('Focus')],
    ['Alt+F', preset('Focus')],
    ['Alt+P', popover],
    ['Alt+L', preset('LUNCH')],
  ] as const)('%s can be had for %o', (shortcut, use) => {
    expect(shortcutProblem(shortcut, use, known)).toBeUndefined();
  });

  it.each([
    ['Alt+P', preset('Focus'), 'It opens the popover. Choose another one.'],
    ['Alt+L', preset('Focus'), '“Lunch” has it. Choose another one.'],
    ['Alt+L', popover, '“Lunch” has it. Choose another one.'],
    ['Alt+T', popover, 'Another app or your desktop has it. Choose another one.'],
    ['Alt+T', preset('Focus'), 'Another app or your desktop has it. Choose another one.'],
  ] as const)('%s can’t for %o, and it is said why', (shortcut, use, why) => {
    expect(shortcutProblem(shortcut, use, known)).toBe(why);
  });

  it('on Wayland is to be set for the command that does the same', () => {
    expect(shortcutProblem('Alt+W', popover, known)).toContain('the command “tally” in');
    expect(shortcutProblem('Alt+W', preset('Focus'), known)).toContain('the command “tally status Focus” in');
  });
});
