import type { TallyError } from './errors.ts';

/** Of what keeps an account from being connected: somebody has to do something at Zoom first. The sign-in may still be good then. */
export function isBlocked({ action }: Pick<TallyError, 'action'>): boolean {
  return action === 'open-apps' || action === 'ask-administrator';
}
