import { words } from '../language.ts';

/** What each screen is called, by the names that tray, links and navigation use. */
export const screenWords = words({
  status: 'Status',
  backgrounds: 'Backgrounds',
  profile: 'Profile',
  settings: 'Zoom settings',
  zak: 'ZAK',
  advanced: 'Advanced',
  accounts: 'Accounts',
  automation: 'Automation',
  preferences: 'Preferences',
} as const);
