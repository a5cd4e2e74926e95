import { type ComponentType, lazy } from 'react';
import type { Screen } from '../../shared/places.ts';
import type { ScreenProps } from '../lib/screen.ts';
import { StatusScreen } from './presence/status-screen.tsx';

interface Row {
  /** How wide its column may be, where it is more than one reads at a glance. */
  readonly width?: string;
  /** What shows it, once an account is connected; */
  readonly Own?: ComponentType<ScreenProps>;
  /** or at any time. */
  readonly Always?: ComponentType<Pick<ScreenProps, 'snapshot' | 'place'>>;
  /** It goes on where another account comes into use; the others begin anew. */
  readonly isKept?: boolean;
}

/** All screens. Their order, words and drawings are in shared/places.ts and lib/screen-icons.ts. */
export const screenTable: Readonly<Record<Screen, Row>> = {
  status: { Own: StatusScreen, width: 'max-w-[96rem]', isKept: true },
  backgrounds: { Own: lazy(() => import('./backgrounds/backgrounds-screen.tsx')), width: 'max-w-[100rem]' },
  profile: { Own: lazy(() => import('./profile/profile-screen.tsx')), width: 'max-w-7xl' },
  settings: { Own: lazy(() => import('./settings/settings-screen.tsx')), width: 'max-w-6xl' },
  zak: { Own: lazy(() => import('./zak/zak-screen.tsx')) },
  advanced: { Own: lazy(() => import('./advanced/advanced-screen.tsx')), width: 'max-w-[110rem]' },
  accounts: { Always: lazy(() => import('./accounts/accounts-screen.tsx')) },
  preferences: { Always: lazy(() => import('./preferences/preferences-screen.tsx')), width: 'max-w-7xl' },
  automation: { Own: lazy(() => import('./automation/automation-screen.tsx')), width: 'max-w-7xl' },
};
