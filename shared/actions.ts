import * as z from 'zod';
import { accountActions } from './accounts.ts';
import { appActions } from './app.ts';
import { automationActions } from './automation.ts';
import { backgroundsActions } from './backgrounds.ts';
import { calendarsActions } from './calendars.ts';
import { delegatesActions } from './delegates.ts';
import { libraryActions } from './library.ts';
import { mqttActions } from './mqtt.ts';
import { outwardsActions } from './outwards.ts';
import { pictureActions } from './picture.ts';
import { presenceActions } from './presence.ts';
import { presetsActions } from './presets.ts';
import { profileActions } from './profile.ts';
import { settingsActions } from './settings.ts';
import { zakActions } from './zak.ts';

/**
 * Everything a person can ask of Tally, as one closed list. The tray menu, the window, links and the command line all send
 * one of these; main parses it and does it. Nothing else changes state. Those with a name are in commands.ts.
 *
 * Lazy: as long as there is no window, nothing is parsed, and the schemas would take most of a megabyte.
 */
export const actionSchema = z.lazy(() =>
  z.discriminatedUnion('type', [
    ...presenceActions(),
    ...presetsActions(),
    ...outwardsActions(),
    ...mqttActions(),
    ...automationActions(),
    ...calendarsActions(),
    ...accountActions(),
    ...backgroundsActions(),
    ...pictureActions(),
    ...libraryActions(),
    ...settingsActions(),
    ...profileActions(),
    ...delegatesActions(),
    ...zakActions(),
    ...appActions(),
  ]),
);

export type Action = z.infer<typeof actionSchema>;
