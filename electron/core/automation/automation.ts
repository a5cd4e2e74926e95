import { type DayPart, dayBounds } from '../../../shared/automation/day.ts';
import { type RuleName, ruleNames } from '../../../shared/automation/rules.ts';
import {
  type AutomationAction,
  type AutomationSettings,
  type AutomationView,
  type Facts,
  isAutomated,
  type Obstacle,
} from '../../../shared/automation.ts';
import type { Result } from '../../../shared/errors.ts';
import type { PresenceAction } from '../../../shared/presence.ts';
import { type ByType, byType, type FeatureDeps } from '../feature.ts';
import { createAlarm } from '../lib/alarm.ts';
import { defined } from '../lib/defined.ts';
import type { Presence } from '../presence/presence.ts';
import { chosen, released, skipped } from './acts.ts';
import { calm, calmFacts } from './calm.ts';
import { dayOf } from './day.ts';
import { decide, nextDecision } from './decide.ts';
import { observe } from './observe.ts';
import type { SourceDeps } from './sources/source.ts';
import { createSources } from './sources/sources.ts';
import { type AutomationState, endsAfter, type Sight, without } from './state.ts';
import { readAutomation, storeAutomation } from './stored.ts';

/** What Zoom said so long ago, in ms, is asked again before anything is sent: the person may have changed it elsewhere. */
const freshFor = 10_000;
/** Where Zoom could not be asked, it is asked again after so long, in ms. */
const askAgainAfter = 30_000;
/** The facts are looked at so often at least, in ms: clock and zone may have changed. */
const lookEvery = 60_000;

interface AutomationDeps
  extends Pick<FeatureDeps, 'key' | 'clock' | 'attendance' | 'watchQuiet' | 'changed'> {
  readonly files: Pick<FeatureDeps['files'], 'kept' | 'keep'>;
  readonly calendars: SourceDeps['calendars'];
  /** That of the account; none while it is not connected. */
  presence(): Pick<Presence, 'view' | 'apply' | 'check'> | undefined;
}

export type Automation = ReturnType<typeof createAutomation>;

/** Keeps the status as the person's rules want it, as long as the person does not want another one. */
export function createAutomation(deps: AutomationDeps) {
  const { key, clock, files, changed, presence } = deps;
  const kept = readAutomation(files.kept('automation', key));
  let { settings } = kept;
  let state: AutomationState = kept.state;
  let written = JSON.stringify(storeAutomation(kept));
  let facts: Facts = {};
  let day: readonly DayPart[] = [];
  let obstacle: Obstacle | undefined;
  let shown = '';
  let looking = false;
  let lookAgain = false;
  let stopped = false;
  /** When Zoom was asked last, also where it may not say. */
  let askedAt = 0;
  let asking = false;
  const alarm = createAlarm(clock, look);
  const sources = createSources({ ...deps, changed: look });

  /** Looks until nothing is left to be done: what is ordered may have its effect at once. */
  function look(): void {
    lookAgain = true;
    if (looking || stopped) return;
    looking = true;
    while (lookAgain) {
      lookAgain = false;
      lookOnce();
    }
    looking = false;
    save();
    const next = view();
    if (JSON.stringify(next) === shown) return;
    shown = JSON.stringify(next);
    changed();
  }

  function lookOnce(): void {
    const now = clock.now();
    sources.watch(settings);
    facts = sources.facts(now);
    state = calm(state, { seen: facts, settings, now });
    const current = presence();
    if (!current) {
      alarm.set(undefined);
      return;
    }
    const sight: Sight = { presence: current.view(), facts: calmFacts(state), settings, now };
    state = observe(state, sight);
    const decision = decide(state, sight);
    ({ obstacle } = decision);
    if (decision.order?.type === 'choose' && !isFresh(sight)) {
      void ask(current);
    } else {
      state = decision.state;
      if (decision.order) current.apply(decision.order);
    }
    const plans = sources.plans(now, dayBounds(now).to);
    day = dayOf({ plans, settings, state, presence: current.view(), now });
    const isOn = isAutomated({ settings }) || state.acting !== undefined;
    const instants = [nextDecision(state, sight), sources.nextChange(now), now + lookEvery];
    alarm.set(isOn ? Math.min(...instants.filter((at) => at !== undefined)) : undefined);
  }

  function isFresh({ presence: { checkedAt = 0 }, now }: Sight): boolean {
    const age = now - Math.max(checkedAt, askedAt);
    return age >= 0 && age < freshFor;
  }

  async function ask(current: Pick<Presence, 'check'>): Promise<void> {
    if (asking) return;
    asking = true;
    const error = await current.check();
    asking = false;
    if (stopped) return;
    // Where the status may not be read, Tally does without.
    const isAllowed = !error || ['missing-scope', 'forbidden', 'not-found'].includes(error.kind);
    if (isAllowed) {
      askedAt = clock.now();
      look();
    } else alarm.set(clock.now() + askAgainAfter);
  }

  function save(): void {
    const json = storeAutomation({ settings, state });
    const text = JSON.stringify(json);
    if (text === written) return;
    written = text;
    files.keep('automation', key, json);
  }

  function view(): AutomationView {
    const { acting, hold, paused, log } = state;
    return {
      settings,
      facts,
      day,
      untold: sources.untold(),
      ...(acting && { acting }),
      ...(obstacle && { obstacle }),
      ...(hold && { hold: defined({ until: hold.until }) }),
      ...(paused && { paused: defined({ until: paused.until }) }),
      log,
    };
  }

  function become(next: AutomationState, wanted: AutomationSettings = settings): void {
    state = next;
    settings = wanted;
    look();
  }

  const patches = Object.fromEntries(
    ruleNames.map((rule) => [
      `automation.${rule}`,
      ({ type: _type, ...patch }: AutomationAction) =>
        become(state, { ...settings, [rule]: { ...settings[rule], ...defined(patch) } }),
    ]),
  ) as Pick<ByType<AutomationAction>, `automation.${RuleName}`>;

  const run = byType<AutomationAction>({
    'automation.open': look,
    ...patches,
    'automation.hold': ({ hold }) => become(state, { ...settings, hold }),
    'automation.pause': ({ until }) => become({ ...state, paused: endsAfter(until, clock.now()) }),
    'automation.resume': () => become(without(state, 'paused')),
    'automation.release': () => become(released(state, clock.now())),
    'automation.skip': () => {
      if (state.acting) become(skipped(state, state.acting, clock.now()));
    },
  });

  return {
    view,
    run,
    refresh: look,
    wake: look,
    /** The presence may be another one. */
    look,
    /** Lets the person do something about the status; nothing is decided before it is known what they want. */
    letChoose(action: PresenceAction, act: () => Result<null>): Result<null> {
      const view = presence()?.view();
      looking = true;
      const result = act();
      looking = false;
      if (result.ok && view && isAutomated({ settings }))
        state = chosen(state, { action, presence: view, hold: settings.hold, now: clock.now() });
      look();
      return result;
    },
    async stop(): Promise<void> {
      stopped = true;
      sources.watch(undefined);
      alarm.set(undefined);
    },
  };
}
