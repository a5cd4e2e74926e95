import { type FormEvent, useEffect, useRef, useState } from 'react';
import { looksLikeSecret } from '../../../shared/client-id.ts';
import { loopbackRedirect } from '../../../shared/redirects.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { needed } from '../../../shared/zoom/scopes.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { clientIdProblem, secretProblem } from './checks.ts';
import { StepCard, type StepProps } from './step.tsx';

/** Takes the client id, and the secret of an app that has one, and begins the sign-in. */
export function StepPaste({ connecting, onChange }: StepProps) {
  const run = useRun();
  const { isPublic, cloud, redirectUri, groups } = connecting;
  const [clientId, setClientId] = useState(connecting.clientId);
  const [idProblem, setIdProblem] = useState<string>();
  const [noSecret, setNoSecret] = useState<string>();
  /** An id that was doubted once is taken the second time: nobody promises how long Zoom's ids are. */
  const [doubted, setDoubted] = useState<string>();
  const [sending, setSending] = useState(false);
  const id = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => {
    id.current?.focus();
    id.current?.select();
  }, []);

  const doubt = (typed: string) =>
    looksLikeSecret(typed) && doubted !== typed ? t.clientIdIsSecret : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = clientId.trim();
    const wrongId = clientIdProblem(typed) ?? doubt(typed);
    const wrongSecret = isPublic ? undefined : secretProblem(secret.current?.value ?? '', typed);
    setDoubted(typed);
    setIdProblem(wrongId);
    setNoSecret(wrongSecret);
    if (wrongId) return id.current?.focus();
    if (wrongSecret) return secret.current?.focus();
    const clientSecret = secret.current?.value.trim();
    if (secret.current) secret.current.value = '';
    setSending(true);
    onChange({ clientId: typed });
    await run({
      type: 'account.sign-in',
      clientId: typed,
      cloud,
      scopes: needed(groups, 'granular'),
      // An app that is signed in through already may come back elsewhere.
      ...(redirectUri !== loopbackRedirect && { redirectUri }),
      ...(clientSecret ? { clientSecret } : {}),
    });
    setSending(false);
  };

  return (
    <StepCard title={t.stepPaste}>
      <form noValidate onSubmit={submit} className="flex w-full flex-col gap-4">
        <Field
          ref={id}
          label={t.clientId}
          help={isPublic ? t.publicClientIdHelp : t.clientIdHelp}
          problem={idProblem}
          value={clientId}
          onChange={(event) => {
            setClientId(event.target.value);
            // A mark goes as soon as it is put right; a new one waits until the field is left.
            if (idProblem) setIdProblem(clientIdProblem(event.target.value));
          }}
          onBlur={() => {
            if (clientId !== '') setIdProblem(clientIdProblem(clientId));
            if (clientId !== connecting.clientId && clientId.length <= 300) onChange({ clientId });
          }}
        />
        <Checkbox
          isOn={!isPublic}
          onChange={(on) => {
            onChange({ isPublic: !on });
            setNoSecret(undefined);
          }}
          detail={t.hasSecretDetail}
        >
          {t.hasSecret}
        </Checkbox>
        {!isPublic && (
          <Field
            ref={secret}
            type="password"
            label={t.clientSecret}
            help={t.clientSecretHelp}
            problem={noSecret}
            onBlur={(event) => event.target.value !== '' && setNoSecret(secretProblem(event.target.value))}
          />
        )}
        <p className="text-muted">{t.productionCredentials}</p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="strong" isPending={sending}>
            {t.continueInBrowser}
          </Button>
          <Button look="quiet" onPress={() => onChange({ step: 'create' })}>
            {common.back}
          </Button>
        </div>
      </form>
    </StepCard>
  );
}
