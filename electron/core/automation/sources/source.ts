import type { Fact } from '../../../../shared/automation/rule.ts';
import type { RuleName, SettingsOf } from '../../../../shared/automation/rules.ts';
import type { Calendars } from '../../calendars/calendars.ts';
import type { FeatureDeps } from '../../feature.ts';

export interface SourceDeps extends Pick<FeatureDeps, 'clock' | 'attendance' | 'watchQuiet'> {
  /** Those of the account; undefined once that is gone. */
  calendars(): Promise<Pick<Calendars, 'watch' | 'times'> | undefined>;
  /** What is seen may be something else now. */
  changed(): void;
}

/** What tells a rule its facts. */
export interface Source<N extends RuleName> {
  /** Begins to watch as the settings want it, or ends it (undefined); called often, and does nothing where they are the same. */
  watch(settings: SettingsOf<N> | undefined): void;
  /** What is so at `now` (epoch ms); undefined: nothing, or nothing that is known. `now` may jump either way. */
  fact(now: number): Fact | undefined;
  /** What is known of the facts that there will be between two instants (epoch ms); absent: nothing ever is. */
  plan?(from: number, to: number): readonly Fact[];
  /** This computer tells nothing of it. */
  isUntold(): boolean;
  /** When the fact will be another one without `changed` being called; epoch ms, after `now`. */
  nextChange?(now: number): number | undefined;
}
