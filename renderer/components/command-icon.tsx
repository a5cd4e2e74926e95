import {
  Copy,
  Images,
  ImageUp,
  type LucideIcon,
  Power,
  RotateCcw,
  SunMoon,
  Timer,
  TimerOff,
  Undo2,
  Upload,
  UserRound,
  Video,
  X,
} from 'lucide-react';
import type { Command } from '../../shared/commands.ts';
import { screenIcons } from '../lib/screen-icons.ts';
import { StatusIcon } from './status-icon.tsx';

const icons: Readonly<Partial<Record<Command['action']['type'], LucideIcon>>> = {
  'presence.set': Timer,
  'presence.cancel': X,
  'presence.dismiss': X,
  'presence.retry': RotateCcw,
  'presence.undo': Undo2,
  'presence.keep': TimerOff,
  'clipboard.copy': Copy,
  'account.reconnect': RotateCcw,
  'account.switch': UserRound,
  'backgrounds.choose': Upload,
  'library.put-set': Images,
  'picture.choose': ImageUp,
  'zak.copy': Copy,
  'zak.start-room': Video,
  'preferences.set': SunMoon,
  'app.quit': Power,
};

/** What a command is about, at a glance. Decorative: its title stands beside it. */
export function CommandIcon({ command: { action, group } }: { readonly command: Command }) {
  if (action.type === 'presence.set' && group === 'Status')
    return <StatusIcon status={action.status} size={1.125} />;
  const Icon = action.type === 'window.open' ? screenIcons[action.screen ?? 'status'] : icons[action.type];
  return Icon ? <Icon className="size-4.5 shrink-0 text-muted" /> : null;
}
