import type { ReactNode } from 'react';
import type { TallyError } from '../../shared/errors.ts';
import { spoken } from '../../shared/words/language.ts';
import { retryWord } from '../../shared/words/retry.ts';
import { useRun } from '../lib/actions.ts';
import { Bar } from './bar.tsx';
import { Button } from './button.tsx';
import { PermissionNeeded } from './permission-needed.tsx';

interface ErrorBarProps {
  readonly error: TallyError;
  /** What else there is to say, after the reason. */
  readonly more?: string | undefined;
  readonly onDismiss: () => void;
  /** Does again what did not work; absent where only signing in can help. */
  readonly onRetry?: (() => void) | undefined;
  /** What it is about, below the words. */
  readonly children?: ReactNode;
}

/** What went wrong, why, and the button that helps; it stays until it is dismissed. */
export function ErrorBar({ error, more, onDismiss, onRetry, children }: ErrorBarProps) {
  const run = useRun();
  const { what, why, scopes, action } = error;
  const signIn = action === 'sign-in' ? () => run({ type: 'account.reconnect' }) : undefined;
  const fix = signIn ?? onRetry;
  const word = fix && retryWord(error);
  return (
    <div role="alert">
      <Bar title={what} detail={[why, more].filter(Boolean).join(' ') || undefined} onDismiss={onDismiss}>
        {scopes && scopes.length > 0 && <PermissionNeeded look="part" scopes={scopes} />}
        {word && (
          <div className="mt-2">
            <Button onPress={fix}>{word}</Button>
          </div>
        )}
        {children}
      </Bar>
    </div>
  );
}

interface ErrorWordsProps {
  readonly error: TallyError;
  /** The buttons that help stand beside it. */
  readonly isHelped?: boolean;
}

/** An error within a part of a screen: what went wrong, why, and the permission that would allow it. */
export function ErrorWords({ error: { what, why, scopes }, isHelped = false }: ErrorWordsProps) {
  return (
    <>
      <p className="font-medium">{spoken(what)}</p>
      {why && <p className="text-muted">{spoken(why)}</p>}
      {scopes && scopes.length > 0 && <PermissionNeeded look={isHelped ? 'line' : 'part'} scopes={scopes} />}
    </>
  );
}
