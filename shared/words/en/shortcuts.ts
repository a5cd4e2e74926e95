import { plural, words } from '../language.ts';

export const shortcuts = words({
  label: 'Shortcut from any app',
  help: 'Press Ctrl, Alt or Super with another key.',
  helpMac: 'Press Control, Option or Command with another key.',
  none: 'None',
  press: 'Press keys',
  remove: 'Remove the shortcut',
  refused: {
    taken: 'Another app or your desktop has it. Choose another one.',
    wayland:
      'Tally can’t take shortcuts on Wayland. Set one for the command “tally” in your desktop’s settings.',
  },
  /** On Wayland, for a preset: it can be told by its command. */
  waylandPreset: (command: string) =>
    `Tally can’t take shortcuts on Wayland. Set one for the command “${command}” in your desktop’s settings.`,
  hasIt: (name: string) => `“${name}” has it. Choose another one.`,
  opensPopover: 'It opens the popover. Choose another one.',
  notAvailable: (keys: readonly string[]) =>
    plural(keys.length, {
      one: `The shortcut ${keys[0]} isn’t available`,
      other: `The shortcuts ${keys.join(', ')} aren’t available`,
    }),
  inPreferences: 'Preferences say why, and take another one.',
});
