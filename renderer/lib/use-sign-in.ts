import { useEffect, useRef } from 'react';
import type { AccountView } from '../../shared/accounts.ts';
import type { Screen } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import { signInLeadsTo } from './accounts.ts';

/** Takes the person to a sign-in that began, wherever it was begun, and to Status when it ended well. */
export function useSignIn(snapshot: Snapshot | undefined, go: (screen: Screen) => void): void {
  const seen = useRef<{ readonly signIn: Snapshot['signIn']; readonly start: AccountView }>(undefined);
  useEffect(() => {
    if (!snapshot) return;
    const { signIn, account } = snapshot;
    const before = seen.current ?? { signIn: undefined, start: account };
    seen.current = { signIn, start: before.signIn ? before.start : account };
    const screen = signInLeadsTo(before.signIn, snapshot, before.start);
    if (screen) go(screen);
  }, [snapshot, go]);
}
