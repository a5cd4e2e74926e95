import { describe, expect, it } from 'vitest';
import { askedBy, keysOf, shortcuts } from '../../../../renderer/lib/shortcuts.ts';
import { screenCommands, statusCommands } from '../../../../shared/commands.ts';
import { screens } from '../../../../shared/places.ts';
import { presetCommands } from '../../../../shared/preset-commands.ts';
import { start } from '../../../support/presence-script.ts';
import { snapshot } from '../../../support/snapshot.ts';

const press = (key: string, held: 'ctrl' | 'alt' | 'none' = 'none', typing = false) =>
  askedBy({ key, ctrlKey: held === 'ctrl', altKey: held === 'alt', metaKey: false }, typing);

describe('the keys of the window', () => {
  it('go to each screen in its order, and to Preferences, also while one types', () => {
    const places = screens.map((screen, at) => [press(String(at + 1), 'ctrl', true), screen]);
    for (const [asked, screen] of places) expect(asked).toEqual({ kind: 'screen', screen });
    expect(press(',', 'ctrl', true)).toEqual({ kind: 'screen', screen: 'preferences' });
    expect(press('0', 'ctrl')).toBeUndefined();
  });

  it('choose a status by digits, Zoom’s own five first, but not while one types', () => {
    expect(press('1')).toEqual({ kind: 'status', status: 'Available' });
    expect(press('3')).toEqual({ kind: 'status', status: 'Do_Not_Disturb' });
    expect(press('9')).toMatchObject({ kind: 'status' });
    expect(press('0')).toBeUndefined();
    expect(press('3', 'none', true)).toBeUndefined();
    expect(press('3', 'alt')).toBeUndefined();
  });

  it('close the window and list themselves', () => {
    expect(press('w', 'ctrl', true)).toEqual({ kind: 'close' });
    expect(press('?')).toEqual({ kind: 'help' });
    expect(press('?', 'none', true)).toBeUndefined();
    // Where there is no tray, to close the window is to quit: Escape is pressed too easily for that.
    for (const key of ['a', 'Enter', 'Tab', ' ', 'Escape']) expect(press(key)).toBeUndefined();
  });

  it('stand beside the commands, and each once in the list', () => {
    expect(keysOf(screenCommands.zak)).toBe('Ctrl+5');
    const lunch = { name: 'Lunch', status: 'Away', time: '45', shortcut: 'Control+Alt+L' } as const;
    const { preferences } = snapshot();
    const [preset] = presetCommands({ preferences, presets: { list: [lunch], recent: [] } }, start);
    expect(preset && keysOf(preset)).toBe('Ctrl+Alt+L');
    expect(keysOf(screenCommands.preferences)).toBe('Ctrl+,');
    expect(statusCommands.map(keysOf).filter(Boolean)).toEqual([]);
    for (const part of ['keys', 'words'] as const) {
      const all = shortcuts.flatMap(({ entries }) => entries.map((entry) => entry[part]));
      expect(all).toEqual([...new Set(all)]);
    }
    expect(shortcuts[0]?.entries).toContainEqual({ keys: 'Ctrl+9 or Ctrl+,', words: 'Preferences' });
  });
});
