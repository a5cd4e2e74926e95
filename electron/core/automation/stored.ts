import * as z from 'zod';
import {
  type AutomationEntry,
  type AutomationSettings,
  holdLengths,
  offStatuses,
  ruleNames,
  workWeek,
} from '../../../shared/automation.ts';
import { usualWeek } from '../../../shared/working-hours.ts';
import { settableStatuses } from '../../../shared/zoom/presence.ts';
import { defined } from '../lib/defined.ts';
import { type AutomationState, initialAutomation, longestLog } from './state.ts';

const instant = z.number().int().min(0).max(8.64e15);
const hold = z.object({ since: instant, until: instant.exactOptional() });
const whole = z.looseObject({});

const off = { on: false, status: 'Away' } as const;

const settingsSchema = z.object({
  hold: z.enum(holdLengths).catch('changed'),
  hours: z
    .object({
      on: z.boolean().catch(false),
      status: z.enum(offStatuses).catch('Away'),
      week: workWeek().catch(usualWeek as never),
    })
    .catch({ on: false, status: 'Away', week: usualWeek as never }),
  lock: z.object({ on: z.boolean().catch(false), status: z.literal('Away').catch('Away') }).catch(off),
});

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
});

const occurrence = hold.extend({ rule: z.enum(ruleNames), status: z.enum(settableStatuses) });

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
  const { seen: _seen, retryAt: _retryAt, ...kept } = state;
  return { settings, state: kept };
}

/** What was kept, as far as it can be used; each part by itself, and nothing (undefined) is a first start. Never throws. */
export function readAutomation(json: unknown): Kept {
  const { settings = {}, state = {} } = whole.safeParse(json).data ?? {};
  const { log, ...known } = stateSchema.parse(whole.safeParse(state).data ?? {});
  return {
    settings: settingsSchema.parse(whole.safeParse(settings).data ?? {}) as AutomationSettings,
    state: {
      ...initialAutomation,
      ...defined(known),
      log: log.flatMap((one) => entry.safeParse(one).data ?? []).slice(0, longestLog),
    },
  };
}
