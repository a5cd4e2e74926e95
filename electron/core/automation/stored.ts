import * as z from 'zod';
import { ruleNames, rules } from '../../../shared/automation/rules.ts';
import { type AutomationEntry, type AutomationSettings, holdLengths } from '../../../shared/automation.ts';
import { settableStatuses } from '../../../shared/zoom/presence.ts';
import { defined } from '../lib/defined.ts';
import { type AutomationState, initialAutomation, longestLog } from './state.ts';

const instant = z.number().int().min(0).max(8.64e15);
const hold = z.object({ since: instant, until: instant.exactOptional() });
const whole = z.looseObject({});

/** What is said of a fact after it; the title of somebody's event is not kept. */
const words = {
  device: z.enum(['microphone', 'camera']).exactOptional(),
  program: z.string().max(200).exactOptional(),
};

/** Each field by itself: one that cannot be used is as at first. */
function readSettings(json: Readonly<Record<string, unknown>>): AutomationSettings {
  const read = Object.entries(rules()).map(([rule, { fields, first }]) => {
    const kept = whole.safeParse(json[rule]).data ?? {};
    const values = Object.entries<z.ZodType>(fields).map(([name, field]) => {
      const { success, data } = field.safeParse(kept[name]);
      return [name, success ? data : first[name as keyof typeof first]];
    });
    return [rule, Object.fromEntries(values)];
  });
  const hold = z.enum(holdLengths).catch('changed').parse(json.hold);
  return { hold, ...Object.fromEntries(read) };
}

const entry = z.object({
  at: instant,
  what: z.enum([
    'choice',
    'timer',
    'failed',
    'zoom',
    'set',
    'back',
    'dropped',
    'refused',
    'same',
    'paused',
    'skipped',
    'elsewhere',
    'changed',
  ]) satisfies z.ZodType<AutomationEntry['what']>,
  rule: z.enum(ruleNames).exactOptional(),
  status: z.enum(settableStatuses).exactOptional(),
  since: instant.exactOptional(),
  until: instant.exactOptional(),
  ...words,
});

const occurrence = hold.extend({
  rule: z.enum(ruleNames),
  status: z.enum(settableStatuses),
  ...words,
});

const stateSchema = z.object({
  acting: occurrence.optional().catch(undefined),
  hold: hold.optional().catch(undefined),
  before: hold.optional().catch(undefined),
  paused: hold.optional().catch(undefined),
  released: instant.optional().catch(undefined),
  passed: z.partialRecord(z.enum(ruleNames), instant).catch({}),
  log: z.array(z.unknown()).catch([]),
});

interface Kept {
  readonly settings: AutomationSettings;
  readonly state: AutomationState;
}

/** What survives a restart, as JSON. */
export function storeAutomation({ settings, state }: Kept): object {
  const { seen: _seen, calmed: _calmed, retryAt: _retryAt, acting, ...kept } = state;
  const { title: _title, ...untitled } = acting ?? {};
  return { settings, state: { ...kept, ...(acting && { acting: untitled }) } };
}

/** What was kept, as far as it can be used; each part by itself, and nothing (undefined) is a first start. Never throws. */
export function readAutomation(json: unknown): Kept {
  const { settings = {}, state = {} } = whole.safeParse(json).data ?? {};
  const { log, ...known } = stateSchema.parse(whole.safeParse(state).data ?? {});
  return {
    settings: readSettings(whole.safeParse(settings).data ?? {}),
    state: {
      ...initialAutomation,
      ...defined(known),
      log: log.flatMap((one) => entry.safeParse(one).data ?? []).slice(0, longestLog),
    },
  };
}
