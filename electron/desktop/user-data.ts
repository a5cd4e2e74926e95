import * as z from 'zod';
import { type Notice, type Preferences, trayClicksOn } from '../../shared/app.ts';
import { libraryRooms } from '../../shared/library.ts';
import { type NotificationPreference, notificationDefaults } from '../../shared/notifications.ts';
import { shortcutForm } from '../../shared/shortcut.ts';
import { notices as t } from '../../shared/words/en/notices.ts';
import { dndMinutes } from '../../shared/zoom/limits.gen.ts';
import type { Files, KeptName } from '../core/ports.ts';
import { type JsonFile, openJsonFile, type Recovery } from './json-file.ts';

/** What is an account's. */
const keptNames = [
  'backgrounds',
  'settings',
  'profile',
  'automation',
  'calendars',
] as const satisfies readonly KeptName[];

const notificationFields = Object.fromEntries(
  Object.entries(notificationDefaults).map(([name, usual]) => [name, z.boolean().catch(usual)]),
) as Record<NotificationPreference, z.ZodCatch<z.ZodBoolean>>;

const clicks = trayClicksOn(process.platform);

/** Each field by itself: one broken value falls back to its default and leaves the others alone; unknown ones are dropped. */
const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  startHidden: z.boolean().catch(false),
  dndMinutes: z.int().min(dndMinutes.min).max(dndMinutes.max).catch(dndMinutes.default),
  morningHour: z.int().min(0).max(23).catch(8),
  endOfDay: z
    .int()
    .min(0)
    .max(1439)
    .catch(17 * 60 + 30),
  keepHistory: z.boolean().catch(true),
  libraryMegabytes: z.literal(libraryRooms).catch(500),
  trayClick: z.enum(clicks).catch(clicks[0] ?? 'popover'),
  shortcut: z.string().regex(shortcutForm).catch(''),
  allowLinks: z.boolean().catch(false),
  checkUpdates: z.boolean().catch(true),
  askedAtLogin: z.boolean().optional().catch(undefined),
  ...notificationFields,
});

type FileName = 'preferences' | 'presence' | 'accounts' | KeptName;

/** Preferences, the list of accounts, and the status of each, in JSON files under the user-data folder. Never throws. */
export function openFiles(folder: string): Files {
  const opened = new Map<FileName, JsonFile>();
  const unsaved = new Set<FileName>();

  function file(name: FileName): JsonFile {
    const found = opened.get(name) ?? openJsonFile(folder, name);
    opened.set(name, found);
    return found;
  }

  function write(name: FileName, content: Record<string, unknown>): void {
    if (file(name).write(content)) unsaved.delete(name);
    else unsaved.add(name);
  }

  /** What a file holds under a key. */
  function entry(name: FileName, key: string): unknown {
    const all = file(name).read() ?? {};
    return Object.hasOwn(all, key) ? all[key] : undefined;
  }

  function putEntry(name: FileName, key: string, json: object | undefined, inCopies = false): void {
    const { [key]: former, ...others } = file(name).read() ?? {};
    if (json || former !== undefined) write(name, json ? { ...others, [key]: json } : others);
    if (inCopies) file(name).forgetFormer();
  }

  const written = file('preferences').read() ?? {};
  let preferences: Preferences = preferencesSchema.parse(written);
  const replaced = (Object.keys(preferences) as (keyof Preferences)[]).filter(
    (key) => Object.hasOwn(written, key) && written[key] !== preferences[key],
  );
  // The copy is as old as the start before: to end its timers now would change the status at Zoom unasked.
  if (file('presence').recovery === 'backup') write('presence', {});
  file('accounts');

  return {
    preferences: () => preferences,
    savePreferences(next) {
      preferences = next;
      write('preferences', { ...next });
    },
    accounts: () => file('accounts').read(),
    saveAccounts(json, inCopies = false) {
      write('accounts', json);
      if (inCopies) file('accounts').forgetFormer();
    },
    presence: (userId) => entry('presence', userId),
    savePresence(userId, json) {
      // Asking Zoom each minute changes nothing that is kept; the disk is left alone then.
      if (!unsaved.has('presence') && JSON.stringify(entry('presence', userId)) === JSON.stringify(json))
        return;
      putEntry('presence', userId, json);
    },
    kept: entry,
    keep: putEntry,
    forget(key, userId) {
      putEntry('presence', userId, undefined, true);
      for (const name of keptNames) putEntry(name, key, undefined, true);
    },
    notices() {
      const notices: Notice[] = [];
      const recovery = (name: FileName) => opened.get(name)?.recovery ?? 'intact';
      const isNewer = (name: FileName) => recovery(name) === 'newer';
      const isReset = (name: FileName) => recovery(name) !== 'intact' && !isNewer(name);
      if ([...opened.keys()].some(isNewer)) notices.push(fromNewer);
      if (isReset('preferences')) notices.push(preferencesReset(recovery('preferences')));
      else if (replaced.length > 0) notices.push(someReset(replaced));
      if (isReset('presence')) notices.push(presenceReset);
      if (recovery('accounts') === 'backup') notices.push(accountsFromCopy);
      if (recovery('accounts') === 'defaults') notices.push(accountsLost);
      // What backgrounds look like is only a hint; what somebody typed is not.
      if (isReset('settings') || isReset('profile')) notices.push(editsReset);
      const resets = ownResets.filter(([name]) => isReset(name));
      notices.push(...resets.map(([name, notice]) => notice(recovery(name))));
      if ([...unsaved].some((name) => !isNewer(name))) notices.push(readOnly(folder));
      return notices;
    },
  };
}

function preferencesReset(recovery: Recovery): Notice {
  const detail = (recovery === 'backup' ? t.fromCopy : t.preferencesAfresh)('preferences.json.corrupt');
  return { id: 'preferences-reset', title: t.preferencesReset, detail };
}

const someReset = (keys: readonly (keyof Preferences)[]): Notice => ({
  id: 'preferences-reset',
  title: t.someReset,
  detail: t.someResetDetail(keys.map((key) => t.names[key]).join(', ')),
});

const lost = (recovery: Recovery, file: string) => (recovery === 'backup' ? t.fromCopy : t.noCopy)(file);

const presetsReset = (recovery: Recovery): Notice => ({
  id: 'presets-reset',
  title: t.presetsMissing,
  detail: lost(recovery, 'presets.json.corrupt'),
});

const automationReset = (recovery: Recovery): Notice => ({
  id: 'automation-reset',
  title: t.checkAutomation,
  detail: lost(recovery, 'automation.json.corrupt'),
});

const calendarsReset = (recovery: Recovery): Notice => ({
  id: 'calendars-reset',
  title: t.calendarsMissing,
  detail: lost(recovery, 'calendars.json.corrupt'),
});

const outwardsReset = (recovery: Recovery): Notice => ({
  id: 'outwards-reset',
  title: t.commandMissing,
  detail: lost(recovery, 'outwards.json.corrupt'),
});

const ownResets = [
  ['presets', presetsReset],
  ['automation', automationReset],
  ['calendars', calendarsReset],
  ['outwards', outwardsReset],
] as const;

const presenceReset: Notice = {
  id: 'presence-reset',
  title: t.timerLost,
  detail: t.timerLostDetail('presence.json.corrupt'),
};

const editsReset: Notice = {
  id: 'edits-reset',
  title: t.editsLost,
  detail: t.editsLostDetail('.corrupt'),
};

const accountsFromCopy: Notice = {
  id: 'accounts-reset',
  title: t.accountMissing,
  detail: t.accountsFromCopy('accounts.json.corrupt'),
};

const accountsLost: Notice = {
  id: 'accounts-reset',
  title: t.connectAgain,
  detail: t.accountsLost('accounts.json.corrupt'),
};

const fromNewer: Notice = { id: 'newer-data', title: t.newerWasHere, detail: t.newerWasHereDetail };

const readOnly = (folder: string): Notice => ({
  id: 'read-only',
  title: t.cannotSave,
  detail: t.cannotSaveDetail(folder),
});
