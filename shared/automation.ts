import * as z from 'zod';
import type { DayPart } from './automation/day.ts';
import type { Fact } from './automation/rule.ts';
import { type RuleFields, type RuleName, ruleNames, rules, type SettingsOf } from './automation/rules.ts';
import type { SettableStatus } from './zoom/presence.ts';

/** How long a status that somebody chooses without a time is left alone: until they change it, for an hour, or for the day. */
export const holdLengths = ['changed', 'hour', 'today'] as const;

/** How long automation is paused: for an hour, for the day, or until it is resumed. */
export const pauseLengths = ['hour', 'today', 'resumed'] as const;

export type AutomationSettings = { readonly hold: (typeof holdLengths)[number] } & {
  readonly [N in RuleName]: SettingsOf<N>;
};

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
  readonly device?: NonNullable<Fact['device']>;
  readonly program?: string;
}

export interface AutomationView {
  readonly settings: AutomationSettings;
  readonly facts: Facts;
  /** What the rules have set today, and would set as far as that is known, in order. */
  readonly day: readonly DayPart[];
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

type RuleAction<N extends RuleName> = z.ZodObject<
  { readonly type: z.ZodLiteral<`automation.${N}`> } & {
    readonly [K in keyof RuleFields<N>]: z.ZodOptional<Extract<RuleFields<N>[K], z.ZodType>>;
  },
  z.core.$strict
>;

/** `automation.hours` and its like change what they name of the settings of a rule. */
function ruleActions() {
  const all = rules();
  const made = ruleNames.map((name) =>
    z
      .strictObject(all[name].fields)
      .partial()
      .extend({ type: z.literal(`automation.${name}`) }),
  );
  // What belongs to which name is lost on the way.
  return made as unknown as readonly { [N in RuleName]: RuleAction<N> }[RuleName][];
}

/**
 * `automation.resume` ends a pause; `automation.release` is “back to automatic”: choices, timers and pauses no longer count.
 * `automation.skip`: what the status follows now does not count, this time.
 */
export const automationActions = () =>
  [
    z.strictObject({ type: z.literal('automation.open') }),
    ...ruleActions(),
    z.strictObject({ type: z.literal('automation.hold'), hold: z.enum(holdLengths) }),
    z.strictObject({ type: z.literal('automation.pause'), until: z.enum(pauseLengths) }),
    z.strictObject({ type: z.literal('automation.resume') }),
    z.strictObject({ type: z.literal('automation.release') }),
    z.strictObject({ type: z.literal('automation.skip') }),
  ] as const;

export type AutomationAction = z.infer<ReturnType<typeof automationActions>[number]>;
