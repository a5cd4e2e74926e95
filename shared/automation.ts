import * as z from 'zod';
import { isWorkDay, type WorkSpan, type WorkWeek } from './working-hours.ts';
import type { SettableStatus } from './zoom/presence.ts';

/** In the order in which they count: the first one that has something to say decides. */
export const ruleNames = ['hours', 'lock'] as const;
export type RuleName = (typeof ruleNames)[number];

/** What the status may be outside of working hours. */
export const offStatuses = ['Away', 'Out_of_Office', 'Do_Not_Disturb'] as const;

/** How long a status that somebody chooses without a time is left alone: until they change it, for an hour, or for the day. */
export const holdLengths = ['changed', 'hour', 'today'] as const;

/** How long automation is paused: for an hour, for the day, or until it is resumed. */
export const pauseLengths = ['hour', 'today', 'resumed'] as const;

export interface AutomationSettings {
  readonly hold: (typeof holdLengths)[number];
  readonly hours: {
    readonly on: boolean;
    readonly status: (typeof offStatuses)[number];
    readonly week: WorkWeek;
  };
  readonly lock: { readonly on: boolean; readonly status: 'Away' };
}

/** Something that is so at this moment; instants in epoch ms. */
interface Fact {
  readonly since: number;
  /** When it will surely be over. */
  readonly until?: number;
}

/** What each source sees that a rule acts on; absent: nothing. */
export type Facts = { readonly [N in RuleName]?: Fact };

/** A fact that a rule makes a status of. */
export interface Occurrence extends Fact {
  readonly rule: RuleName;
  readonly status: SettableStatus;
}

/** Why a rule does nothing: the person's choice or timer counts, their change was refused, Zoom has set the status itself. */
export type Obstacle = 'choice' | 'timer' | 'failed' | 'zoom';

/** What automation did, or why it did nothing; `at` in epoch ms. */
export interface AutomationEntry {
  readonly at: number;
  readonly what:
    | Obstacle
    /** A rule has set its status; its end has brought the former one back; it was over before it was sent. */
    | 'set'
    | 'back'
    | 'dropped'
    /** Zoom has refused it. */
    | 'refused'
    /** The status is that already. */
    | 'same'
    | 'paused'
    /** The person does not want it this time. */
    | 'skipped'
    /** The person has set the status elsewhere; Zoom itself has changed what the rule had set. */
    | 'elsewhere'
    | 'changed';
  readonly rule?: RuleName;
  readonly status?: SettableStatus;
  /** Of the fact. */
  readonly since?: number;
  readonly until?: number;
}

export interface AutomationView {
  readonly settings: AutomationSettings;
  readonly facts: Facts;
  /** The rules of which this computer tells nothing; not known as long as one is off. */
  readonly untold: readonly RuleName[];
  /** What the status follows, or is about to. */
  readonly acting?: Occurrence;
  /** Why a rule that has something to say does nothing. */
  readonly obstacle?: Obstacle;
  /** The person's choice counts, until then or until they change it. */
  readonly hold?: { readonly until?: number };
  readonly paused?: { readonly until?: number };
  /** The newest first. */
  readonly log: readonly AutomationEntry[];
}

/** Whether anything is done at all. */
export function isAutomated({ settings }: Pick<AutomationView, 'settings'>): boolean {
  return ruleNames.some((name) => settings[name].on);
}

export const workWeek = () => {
  const minutes = z.int().min(0).max(2880);
  const spans = z.array(z.strictObject({ from: minutes, to: minutes }));
  const workDay = spans.refine((one: readonly WorkSpan[]) => isWorkDay(one));
  return z.array(workDay).length(7);
};

/**
 * `automation.hours` changes what it names, `automation.lock` is on or off. `automation.resume` ends a pause; `automation.release` is “back to automatic”: choices,
 * timers and pauses no longer count. `automation.skip`: what the status follows now does not count, this time.
 */
export const automationActions = () =>
  [
    z.strictObject({ type: z.literal('automation.open') }),
    z.strictObject({
      type: z.literal('automation.hours'),
      on: z.boolean().optional(),
      status: z.enum(offStatuses).optional(),
      week: workWeek().optional(),
    }),
    z.strictObject({ type: z.literal('automation.lock'), on: z.boolean() }),
    z.strictObject({ type: z.literal('automation.hold'), hold: z.enum(holdLengths) }),
    z.strictObject({ type: z.literal('automation.pause'), until: z.enum(pauseLengths) }),
    z.strictObject({ type: z.literal('automation.resume') }),
    z.strictObject({ type: z.literal('automation.release') }),
    z.strictObject({ type: z.literal('automation.skip') }),
  ] as const;

export type AutomationAction = z.infer<ReturnType<typeof automationActions>[number]>;
