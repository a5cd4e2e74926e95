import { words } from '../language.ts';

/** What a status is called in every place. */
export const statuses = words({
  Available: 'Available',
  Away: 'Away',
  Do_Not_Disturb: 'Do not disturb',
  In_Calendar_Event: 'In a calendar event',
  Presenting: 'Presenting',
  In_A_Zoom_Meeting: 'In a meeting',
  On_A_Call: 'On a call',
  Busy: 'Busy',
  Out_of_Office: 'Out of office',
  Offline: 'Offline',
  Unknown: 'Unknown',
});
