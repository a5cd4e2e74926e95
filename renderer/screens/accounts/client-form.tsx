import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Cloud } from '../../../shared/places.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { clientIdProblem, secretProblem } from './checks.ts';

interface ClientFormProps {
  readonly clientId: string;
  readonly onClientId: (clientId: string) => void;
  readonly cloud: Cloud;
  readonly autoFocus: boolean;
}

/** Takes the client id, and the secret of an app that has one, and begins the sign-in. */
export function ClientForm({ clientId, onClientId, cloud, autoFocus }: ClientFormProps) {
  const run = useRun();
  const [hasSecret, setHasSecret] = useState(false);
  const [idProblem, setIdProblem] = useState<string>();
  const [noSecret, setNoSecret] = useState<string>();
  const [sending, setSending] = useState(false);
  const id = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!autoFocus) return;
    id.current?.focus();
    id.current?.select();
  }, [autoFocus]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrongId = clientIdProblem(clientId);
    const wrongSecret = hasSecret ? secretProblem(secret.current?.value ?? '') : undefined;
    setIdProblem(wrongId);
    setNoSecret(wrongSecret);
    if (wrongId) return id.current?.focus();
    if (wrongSecret) return secret.current?.focus();
    const clientSecret = secret.current?.value.trim();
    if (secret.current) secret.current.value = '';
    setSending(true);
    await run({
      type: 'account.sign-in',
      clientId: clientId.trim(),
      cloud,
      ...(clientSecret ? { clientSecret } : {}),
    });
    setSending(false);
  };

  return (
    <form noValidate onSubmit={submit} className="flex w-full flex-col gap-4">
      <Field
        ref={id}
        label="Client id"
        help={
          hasSecret
            ? 'It stands under “App Credentials”.'
            : 'It stands under “App Credentials”, as “Public Client ID”.'
        }
        problem={idProblem}
        value={clientId}
        onChange={(event) => {
          onClientId(event.target.value);
          // A mark goes as soon as it is put right; a new one waits until the field is left.
          if (idProblem) setIdProblem(clientIdProblem(event.target.value));
        }}
        onBlur={() => clientId !== '' && setIdProblem(clientIdProblem(clientId))}
      />
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          checked={hasSecret}
          onChange={(event) => {
            setHasSecret(event.target.checked);
            setNoSecret(undefined);
          }}
          className="mt-0.5 size-4 shrink-0 accent-text"
        />
        <span>
          <span className="block font-medium">My app has a secret</span>
          <span className="block text-muted">Only where “Use Public Client OAuth” is not to be had.</span>
        </span>
      </label>
      {hasSecret && (
        <Field
          ref={secret}
          type="password"
          label="Client secret"
          help="It goes to the keychain of this computer and to Zoom, nowhere else."
          problem={noSecret}
          onBlur={(event) => event.target.value !== '' && setNoSecret(secretProblem(event.target.value))}
        />
      )}
      <Button type="submit" look="strong" isPending={sending}>
        Continue in the browser
      </Button>
    </form>
  );
}
