import * as z from 'zod';
import { longestPresetName, longestPresetTime } from './preset-limits.ts';
import { shortcutForm } from './shortcut.ts';
import { type SettableStatus, settableStatuses } from './zoom/presence.ts';

/** A status and how long it lasts, as it is said: "45", "until 5:00pm". Without a time: its usual length, or until it is changed. */
export interface TimedChoice {
  readonly status: SettableStatus;
  readonly time: string;
}

/** A choice that a person has given a name. No two names differ by their case alone. */
export interface Preset extends TimedChoice {
  readonly name: string;
  /** What chooses it from any app, as Electron writes it. */
  readonly shortcut?: string | undefined;
}

/** The presets of this computer in their order, and the last timed choices that are none of them, the newest first. */
export interface PresetsView {
  readonly list: readonly Preset[];
  readonly recent: readonly TimedChoice[];
}

/** One line of words that can be seen, with the joiners that emoji and Persian need. */
const visible = /^(?:[^\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d])*$/u;

export const presetFields = () => ({
  name: z.string().trim().min(1).max(longestPresetName).regex(visible),
  status: z.enum(settableStatuses),
  time: z.string().trim().max(longestPresetTime).regex(visible),
  shortcut: z.string().min(1).regex(shortcutForm).optional(),
});

/** `presets.save` makes one, or puts it in the place of `former`, which is the name of one. */
export const presetsActions = () => {
  const fields = presetFields();
  return [
    z.strictObject({ type: z.literal('presets.save'), ...fields, former: fields.name.optional() }),
    z.strictObject({ type: z.literal('presets.remove'), name: fields.name }),
    // One place up in the order.
    z.strictObject({ type: z.literal('presets.raise'), name: fields.name }),
  ] as const;
};

export type PresetsAction = z.infer<ReturnType<typeof presetsActions>[number]>;
