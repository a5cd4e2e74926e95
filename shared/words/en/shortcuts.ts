import { plural, words } from '../language.ts';

export const shortcuts = words({
  label: 'Shortcut from any app',
  help: 'Press Ctrl, Alt or Super with another key.',
  helpMac: 'Press Control, Option or Command with another key.',
  none: 'None',
  press: 'Press keys',
  remove: 'Remove the shortcut',
  /** By the command that does the same. */
  refused: {
    taken: () => 'Another app or your desktop has it. Choose another one.',
    wayland: (command: string) =>
      `Your desktop gives apps no shortcuts. Set one for the command “${command}” in your desktop’s settings.`,
    declined: () =>
      'It was turned down when your desktop asked. To be asked again, remove it and set it again.',
    withheld: () =>
      'Your desktop didn’t give it: something else may have the keys. Choose others, or remove it and set it again.',
    failed: (command: string) =>
      `Your desktop couldn’t give it. Remove it and set it again, or set one for the command “${command}” in your desktop’s settings.`,
    unknown: (command: string) =>
      `Your desktop gives shortcuts only to apps that are installed. Install Tally, or set one for the command “${command}” in your desktop’s settings.`,
    gone: () =>
      'The part of your desktop that gives shortcuts isn’t running. Tally takes it as soon as it’s back.',
    closed: () => 'Your desktop has ended it. To be asked again, remove it and set it again.',
  },
  asking: 'Your desktop asks you about it. Answer there.',
  pressed: (trigger: string) => `Your desktop says: “${trigger}”. Change it in your desktop’s settings.`,
  givenUnsaid: 'Your desktop has it, and doesn’t say by which keys. Set them in your desktop’s settings.',
  /** What the desktop asks the person about. */
  opensIt: 'Open the popover',
  choosesPreset: (name: string) => `Choose “${name}”`,
  hasIt: (name: string) => `“${name}” has it. Choose another one.`,
  opensPopover: 'It opens the popover. Choose another one.',
  notAvailable: (keys: readonly string[]) =>
    plural(keys.length, {
      one: `The shortcut ${keys[0]} isn’t available`,
      other: `The shortcuts ${keys.join(', ')} aren’t available`,
    }),
  inPreferences: 'Preferences say why, and take another one.',
});
