import type { Action } from '../../../shared/actions.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { createDelegates } from '../delegates/delegates.ts';
import type { Clipboard, Clock, Documents, Files, Pages } from '../ports.ts';
import { createProfile } from '../profile/profile.ts';
import { createSettings } from '../settings/settings.ts';
import { createZak } from '../zak/zak.ts';
import type { ZoomClient } from '../zoom/client.ts';

export type DeskAction = Extract<
  Action,
  { type: `settings.${string}` | `profile.${string}` | `delegates.${string}` | `zak.${string}` }
>;

export interface DeskDeps {
  /** Of the account. */
  readonly key: string;
  /** The person that `me` is. */
  readonly own: { readonly id: string; readonly email: string };
  readonly clock: Clock;
  readonly zoom: Pick<ZoomClient, 'call'>;
  readonly files: Pick<Files, 'kept' | 'keep'>;
  readonly clipboard: Clipboard;
  readonly documents: Documents;
  readonly pages: Pages;
  changed(): void;
}

/** What a person may change about themselves, and the token that starts their meetings. Loaded at first use. */
export interface Desk {
  /** What was opened so far. */
  view(): Pick<Snapshot, 'settings' | 'profile' | 'delegates' | 'zak'>;
  run(action: DeskAction): void;
  /** The computer woke up: what waited is looked at again. */
  wake(): void;
  /** Takes back what is in the clipboard, and ends. */
  stop(): Promise<void>;
}

/** Makes the services; nothing is asked of Zoom before something is opened. */
export function createDesk(deps: DeskDeps): Desk {
  const opened = new Set<'settings' | 'profile' | 'delegates' | 'zak'>();
  const settings = createSettings(deps);
  const profile = createProfile(deps);
  const delegates = createDelegates(deps);
  const zak = createZak(deps);

  return {
    view: () => ({
      ...(opened.has('settings') && { settings: settings.view() }),
      ...(opened.has('profile') && { profile: profile.view() }),
      ...(opened.has('delegates') && { delegates: delegates.view() }),
      ...(opened.has('zak') && { zak: zak.view() }),
    }),
    run(action) {
      const [name] = action.type.split('.') as ['settings' | 'profile' | 'delegates' | 'zak'];
      opened.add(name);
      if (isOf('settings', action)) settings.run(action);
      else if (isOf('profile', action)) profile.run(action);
      else if (isOf('delegates', action)) delegates.run(action);
      else if (isOf('zak', action)) zak.run(action);
    },
    wake() {
      settings.wake();
      profile.wake();
      zak.wake();
    },
    async stop() {
      await Promise.all([settings, profile, delegates, zak].map((one) => one.stop()));
    },
  };
}

function isOf<N extends string>(
  name: N,
  action: DeskAction,
): action is Extract<DeskAction, { type: `${N}.${string}` }> {
  return action.type.startsWith(`${name}.`);
}
