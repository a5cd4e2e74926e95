import type { ReactNode } from 'react';
import type { TallyError } from '../../shared/errors.ts';
import { useRun } from '../lib/actions.ts';
import { permissionWords, retryWord } from '../lib/words.ts';
import { Bar } from './bar.tsx';
import { Button } from './button.tsx';
import { AllowIt } from './permission-needed.tsx';

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
  const reason = scopes?.length ? permissionWords(scopes) : why;
  const signIn = action === 'sign-in' ? () => run({ type: 'account.reconnect' }) : undefined;
  const fix = signIn ?? onRetry;
  const word = fix && retryWord(error);
  return (
    <div role="alert">
      <Bar title={what} detail={[reason, more].filter(Boolean).join(' ') || undefined} onDismiss={onDismiss}>
        {action === 'add-scope' && (
          <div className="mt-2">
            <AllowIt />
          </div>
        )}
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

/** An error within a part of a screen: what went wrong, why, and the permission that would allow it. */
export function ErrorWords({ error: { what, why, scopes } }: { readonly error: TallyError }) {
  return (
    <>
      <p className="font-medium">{what}</p>
      {why && <p className="text-muted">{why}</p>}
      {scopes && scopes.length > 0 && (
        <p className="text-muted [overflow-wrap:anywhere]">{permissionWords(scopes)}</p>
      )}
    </>
  );
}
