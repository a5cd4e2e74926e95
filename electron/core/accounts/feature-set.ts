import type { Action } from '../../../shared/actions.ts';
import type { Result } from '../../../shared/errors.ts';
import type { PresenceAction } from '../../../shared/presence.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { accepted, type FeatureDeps } from '../feature.ts';
import { defined } from '../lib/defined.ts';
import { initialPresence } from '../presence/reducer.ts';
import { type FeatureName, type Features, featureOf, features } from './features.ts';

/** An action of a feature; the word before its point is the feature's name. */
export type FeatureAction = Extract<Action, { type: `${FeatureName}.${string}` }>;

/** What the features show, by name; what was never opened shows nothing. */
export type FeatureViews = Pick<Snapshot, Exclude<FeatureName, 'advanced'>>;

/** The features of one account, made (and loaded) at first use. They live on when its connection is made anew, but for presence. */
export function createFeatureSet(given: Omit<FeatureDeps, 'own' | 'changedAtZoom'>) {
  const made: { [N in FeatureName]?: Features[N] } = {};
  const noPresence = initialPresence(given.clock.now());
  let own: FeatureDeps['own'] = { id: '', email: '' };
  let watched = false;
  let stopped = false;

  const make = <N extends FeatureName>(name: N) =>
    features[name](
      {
        ...given,
        own,
        changed() {
          if (name === 'presence' || name === 'calendars') made.automation?.look();
          given.changed();
        },
        changedAtZoom(group) {
          const shown = featureOf[group];
          if (shown) made[shown]?.refresh();
        },
      },
      get,
      () => made.presence,
    );

  /** Undefined once it is stopped. */
  async function get<N extends FeatureName>(name: N): Promise<Features[N] | undefined> {
    const known = made[name] as Features[N] | undefined;
    if (known || stopped) return known;
    const fresh = await make(name);
    if (stopped) return undefined;
    // Another call for it may have been faster.
    made[name] ??= fresh;
    return made[name];
  }

  return {
    views(): FeatureViews {
      const views = Object.entries(made).map(([name, one]) => [name, one.view()]);
      const shown: Partial<FeatureViews> = defined(Object.fromEntries(views));
      return { ...shown, presence: shown.presence ?? noPresence };
    },
    /** Does an action, as soon as its feature is there. */
    run(action: FeatureAction): Result<null> {
      const name = action.type.slice(0, action.type.indexOf('.')) as Exclude<FeatureName, 'advanced'>;
      // The name and the action belong together, which types cannot say of a union.
      const use = (feature?: { run(action: never): Result<null> }) =>
        feature?.run(action as never) ?? accepted;
      if (isPresence(action) && made.automation)
        return made.automation.letChoose(action, () => use(made.presence));
      if (made[name]) return use(made[name]);
      void get(name).then(use);
      return accepted;
    },
    get,
    /** Begins the presence of the person who is connected now. */
    async begin(person: FeatureDeps['own']): Promise<void> {
      own = person;
      const presence = await make('presence');
      made.presence = presence;
      // Before Zoom is asked: it has to see what changes from then on.
      if (given.files.kept('automation', given.key) !== undefined) (await get('automation'))?.look();
      presence.watch(watched);
      // The tray has its sets before the window was opened.
      if (given.media.library(given.key).exists()) void get('library').then(given.changed);
    },
    /** Ends it, with the connection. */
    end(): void {
      void made.presence?.stop();
      delete made.presence;
    },
    watch(now: boolean): void {
      watched = now;
      made.presence?.watch(now);
    },
    wake(): void {
      // First what may call off a change that waits: its reason may be gone.
      made.automation?.wake();
      for (const one of Object.values(made)) one.wake();
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all(Object.values(made).map((one) => one.stop()));
    },
  };
}

const isPresence = (action: FeatureAction): action is PresenceAction => action.type.startsWith('presence.');
