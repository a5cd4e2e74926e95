import * as z from 'zod';
import type { Notice, Preferences } from '../../shared/state.ts';
import { dndMinutes } from '../../shared/zoom/presence.ts';
import type { Files } from '../core/ports.ts';
import { openJsonFile, type Recovery } from './json-file.ts';

/** Each field by itself: one broken value falls back to its default and leaves the others alone; unknown ones are dropped. */
const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  startHidden: z.boolean().catch(false),
  dndMinutes: z.int().min(dndMinutes.min).max(dndMinutes.max).catch(dndMinutes.default),
  morningHour: z.int().min(0).max(23).catch(8),
});

/** Preferences and the status of each account, in two JSON files under the user-data folder. Never throws. */
export function openFiles(folder: string): Files {
  const preferencesFile = openJsonFile(folder, 'preferences');
  const presenceFile = openJsonFile(folder, 'presence');
  const written = preferencesFile.read() ?? {};
  let preferences: Preferences = preferencesSchema.parse(written);
  const replaced = (Object.keys(preferences) as (keyof Preferences)[]).filter(
    (key) => Object.hasOwn(written, key) && written[key] !== preferences[key],
  );
  const unsaved = new Set<'preferences' | 'presence'>();
  // The copy is as old as the start before: to end its timers now would change the status at Zoom unasked.
  if (presenceFile.recovery === 'backup') write('presence', {});

  function write(file: 'preferences' | 'presence', content: Record<string, unknown>): void {
    const saved = (file === 'preferences' ? preferencesFile : presenceFile).write(content);
    if (saved) unsaved.delete(file);
    else unsaved.add(file);
  }

  return {
    preferences: () => preferences,
    savePreferences(next) {
      preferences = next;
      write('preferences', { ...next });
    },
    presence(accountId) {
      const all = presenceFile.read() ?? {};
      return Object.hasOwn(all, accountId) ? all[accountId] : undefined;
    },
    savePresence(accountId, json) {
      const before = presenceFile.read() ?? {};
      // Asking Zoom each minute changes nothing that is kept; the disk is left alone then.
      if (!unsaved.has('presence') && JSON.stringify(before[accountId]) === JSON.stringify(json)) return;
      write('presence', { ...before, [accountId]: json });
    },
    notices() {
      const notices: Notice[] = [];
      if (preferencesFile.recovery !== 'intact') notices.push(preferencesReset(preferencesFile.recovery));
      else if (replaced.length > 0) notices.push(someReset(replaced));
      if (presenceFile.recovery !== 'intact') notices.push(presenceReset);
      if (unsaved.size > 0) notices.push(readOnly(folder));
      return notices;
    },
  };
}

function preferencesReset(recovery: Recovery): Notice {
  const detail =
    recovery === 'backup'
      ? 'The file could not be read, so the last good copy is used.'
      : 'The file could not be read and there was no copy, so the preferences start afresh.';
  return {
    id: 'preferences-reset',
    title: 'Preferences were reset',
    detail: `${detail} The old file is kept as preferences.json.corrupt.`,
  };
}

const words: Readonly<Record<keyof Preferences, string>> = {
  theme: 'theme',
  startHidden: 'start hidden',
  dndMinutes: 'length of “Do not disturb”',
  morningHour: 'morning',
};

const someReset = (keys: readonly (keyof Preferences)[]): Notice => ({
  id: 'preferences-reset',
  title: 'Some preferences were reset',
  detail: `What was stored could not be used: ${keys.map((key) => words[key]).join(', ')}.`,
});

const presenceReset: Notice = {
  id: 'presence-reset',
  title: 'A timer may have been lost',
  detail: 'The file with the last status could not be read. It is kept as presence.json.corrupt.',
};

const readOnly = (folder: string): Notice => ({
  id: 'read-only',
  title: 'Tally cannot save',
  detail: `Nothing can be written to ${folder}. Preferences and timers last until Tally quits.`,
});
