import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import type { Advanced } from '../advanced/advanced.ts';
import type { Automation } from '../automation/automation.ts';
import type { Backgrounds } from '../backgrounds/backgrounds.ts';
import type { Calendars } from '../calendars/calendars.ts';
import type { Delegates } from '../delegates/delegates.ts';
import type { FeatureDeps } from '../feature.ts';
import type { Library } from '../library/library.ts';
import type { Picture } from '../picture/picture.ts';
import { createPresence, type Presence } from '../presence/presence.ts';
import type { Profile } from '../profile/profile.ts';
import type { Settings } from '../settings/settings.ts';
import type { Zak } from '../zak/zak.ts';

/** The features of an account. Each has the name that its actions begin with, and that its view has in the snapshot. */
export interface Features {
  readonly presence: Presence;
  readonly backgrounds: Backgrounds;
  readonly picture: Picture;
  readonly library: Library;
  readonly settings: Settings;
  readonly profile: Profile;
  readonly delegates: Delegates;
  readonly zak: Zak;
  readonly automation: Automation;
  readonly calendars: Calendars;
  readonly advanced: Advanced;
}

export type FeatureName = keyof Features;

/** Another feature of the account; undefined once that is gone. */
type Peer = <N extends FeatureName>(name: N) => Promise<Features[N] | undefined>;

/** The presence of the account as it is; none while that is not connected. */
type Present = () => Presence | undefined;

type Make<N extends FeatureName> = (deps: FeatureDeps, peer: Peer, presence: Present) => Promise<Features[N]>;

/** How each is made. All but presence, which every account has at once, are loaded at first use. */
export const features: { readonly [N in FeatureName]: Make<N> } = {
  presence: async (deps) => createPresence(deps),
  backgrounds: async (deps, peer) =>
    (await import('../backgrounds/backgrounds.ts')).createBackgrounds({
      ...deps,
      keep: async (arrived) => (await (await peer('library'))?.keep(arrived)) ?? false,
      moveIn: async (kept) => (await peer('library'))?.moveIn(kept),
    }),
  picture: async (deps, peer) =>
    (await import('../picture/picture.ts')).createPicture({
      ...deps,
      keep: async (bytes, address) => (await peer('library'))?.keepPicture(bytes, address),
    }),
  library: async (deps, peer) =>
    (await import('../library/library.ts')).createLibrary({
      ...deps,
      backgrounds: () => peer('backgrounds'),
      picture: () => peer('picture'),
    }),
  settings: async (deps) => (await import('../settings/settings.ts')).createSettings(deps),
  profile: async (deps) => (await import('../profile/profile.ts')).createProfile(deps),
  delegates: async (deps) => (await import('../delegates/delegates.ts')).createDelegates(deps),
  zak: async (deps) => (await import('../zak/zak.ts')).createZak(deps),
  automation: async (deps, peer, presence) =>
    (await import('../automation/automation.ts')).createAutomation({
      ...deps,
      presence,
      calendars: () => peer('calendars'),
    }),
  calendars: async (deps) =>
    (await import('../calendars/calendars.ts')).createCalendars({ ...deps, parse: deps.readCalendar }),
  advanced: async (deps) => (await import('../advanced/advanced.ts')).createAdvanced(deps),
};

/** What shows the things that the operations of a group change. */
export const featureOf: { readonly [G in OperationGroup]?: FeatureName } = {
  Presence: 'presence',
  Backgrounds: 'backgrounds',
  Picture: 'picture',
  Settings: 'settings',
  Profile: 'profile',
  Account: 'profile',
  Delegates: 'delegates',
};
