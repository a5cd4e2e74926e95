import { describe, expect, it } from 'vitest';
import { shortcutNews, shortcutProblem } from '../../../shared/shortcut-use.ts';
import { snapshot } from '../../support/snapshot.ts';

const plain = snapshot();
const known = {
  preferences: { ...plain.preferences, shortcut: 'Alt+P' },
  presets: { list: [{ name: 'Lunch', status: 'Away', time: '45', shortcut: 'Alt+L' }], recent: [] },
  refusedShortcuts: {
    'Alt+T': 'taken',
    'Alt+W': 'wayland',
    'Alt+Q': 'asking',
    'Alt+D': 'declined',
    'Alt+G': 'gone',
    'Alt+U': 'unknown',
  },
  shortcutTriggers: { 'Alt+K': 'Press <Alt>k', 'Alt+H': '' },
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
    expect(shortcutProblem('Alt+U', preset('Focus'), known)).toContain('the command “tally status Focus” in');
  });

  it.each([
    ['Alt+D', /^It was turned down when your desktop asked/],
    ['Alt+G', /^The part of your desktop that gives shortcuts isn’t running/],
  ] as const)('%s is not there, for a reason of the desktop’s', (shortcut, why) => {
    expect(shortcutProblem(shortcut, popover, known)).toMatch(why);
    expect(shortcutNews(shortcut, known)).toBeUndefined();
  });

  it.each([
    ['Alt+Q', /^Your desktop asks you about it/],
    ['Alt+K', /^Your desktop says: “Press <Alt>k”/],
    ['Alt+H', /^Your desktop has it, and doesn’t say by which keys/],
    ['Alt+F', undefined],
  ] as const)('%s is shown with what the desktop says of it', (shortcut, news) => {
    expect(shortcutProblem(shortcut, popover, known)).toBeUndefined();
    if (news) expect(shortcutNews(shortcut, known)).toMatch(news);
    else expect(shortcutNews(shortcut, known)).toBeUndefined();
  });
});
