import {
  CalendarClock,
  CircleDot,
  Image,
  KeyRound,
  type LucideIcon,
  Settings,
  SlidersHorizontal,
  SquareTerminal,
  UserRound,
  Users,
} from 'lucide-react';
import type { Screen } from '../../shared/places.ts';

/** The drawing of each screen. */
export const screenIcons: Readonly<Record<Screen, LucideIcon>> = {
  status: CircleDot,
  backgrounds: Image,
  profile: UserRound,
  settings: SlidersHorizontal,
  zak: KeyRound,
  advanced: SquareTerminal,
  accounts: Users,
  preferences: Settings,
  automation: CalendarClock,
};
