import available from '../../resources/svg/available.svg';
import away from '../../resources/svg/away.svg';
import busy from '../../resources/svg/busy.svg';
import calendar from '../../resources/svg/calendar.svg';
import call from '../../resources/svg/call.svg';
import doNotDisturb from '../../resources/svg/do-not-disturb.svg';
import meeting from '../../resources/svg/meeting.svg';
import offline from '../../resources/svg/offline.svg';
import outOfOffice from '../../resources/svg/out-of-office.svg';
import presenting from '../../resources/svg/presenting.svg';
import unknown from '../../resources/svg/unknown.svg';
import type { Status } from '../../shared/zoom/presence.ts';

/** The address of each status's drawing: the same files the tray icons are made from, in no colour of their own. */
export const statusIcons: Readonly<Record<Status, string>> = {
  Available: available,
  Away: away,
  Do_Not_Disturb: doNotDisturb,
  In_Calendar_Event: calendar,
  Presenting: presenting,
  In_A_Zoom_Meeting: meeting,
  On_A_Call: call,
  Busy: busy,
  Out_of_Office: outOfOffice,
  Offline: offline,
  Unknown: unknown,
};
