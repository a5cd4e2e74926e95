import { words } from '../language.ts';

export const common = words({
  cancel: 'Cancel',
  remove: 'Remove',
  keep: 'Keep',
  adding: 'Adding',
  add: 'Add',
  save: 'Save',
  name: 'Name',
  saving: 'Saving',
  turnLeft: 'Turn left',
  turnRight: 'Turn right',
  undo: 'Undo',
  edit: 'Edit',
  copy: 'Copy',
  saved: 'Saved',
  undoing: 'Undoing',
  savedAt: (time: string) => `Saved ${time}`,
  lockedSoNotSaved: 'Locked, so it can’t be saved',
  notSet: 'Not set',
  pictureNotTaken: 'Tally didn’t take this picture.',
  changed: 'Changed',
});
