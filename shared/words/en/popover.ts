import { words } from '../language.ts';

export const popover = words({
  openTally: 'Open Tally',
  cannotSet: 'Tally doesn’t have permission to set your status',
  notConnected: 'Not connected',
  startingPractice: 'Starting the practice account',
  connecting: 'Connecting to Zoom',
  noAccount: 'No account yet',
  signedOutOf: (name: string) => `Signed out of ${name}.`,
  connect: 'Connect Zoom',
  practice: 'Try a practice account',
  nothingToShow: 'Nothing to show',
});
