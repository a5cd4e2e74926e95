import { words } from '../language.ts';

export const presets = words({
  edit: 'Edit preset',
  new: 'New preset',
  nameExample: 'Lunch',
  status: 'Status',
  howLong: 'How long, or until when',
  timeExample: '45, 1h30, 5:00pm, noon, end of day',
  emptyForNoEnd: 'Leave it empty for no end.',
  means: (choice: string) => `Now this means: ${choice}.`,
  nameMissing: 'Type a name.',
  nameOfStatus: 'That’s the name of a status. Choose another one.',
  nameTaken: (name: string) => `There is a preset “${name}” already.`,
  title: 'Presets',
  moveUp: (name: string) => `Move up: ${name}`,
  editOne: (name: string) => `Edit: ${name}`,
  deleteOne: (name: string) => `Delete: ${name}`,
  whatTheyAre: 'A status with its time, by a name of your own: “Lunch” for Away, 45 minutes.',
  whereTheyAre: 'In the tray’s menu, in Ctrl+K, and as “tally status NAME”.',
  add: 'Add preset',
});
