import { CircleAlert } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import type { OfferView } from '../../../shared/accounts.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { secretProblem } from './checks.ts';
import { setupLines } from './offers.ts';

/** A setup that somebody else has made: what it says, and the way to sign in by it. */
export function SetupOffer({ offer }: { readonly offer: OfferView }) {
  const run = useRun();
  const id = useId();
  const dismiss = (words: string) => (
    <Button look="quiet" onPress={() => run({ type: 'account.offer.dismiss' })}>
      {words}
    </Button>
  );
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-4 rounded-2xl border border-edge bg-surface p-4 sm:p-6"
    >
      <h2 id={id} className="font-semibold text-base">
        {offer.by === 'administrator' ? t.fromAdministrator : t.setupGiven}
      </h2>
      {offer.phase === 'refused' ? (
        <>
          <div role="alert" className="selectable flex gap-3">
            <CircleAlert className="mt-0.5 size-5 shrink-0 text-danger" />
            <div>
              <p className="font-medium">{offer.error.what}</p>
              {offer.error.why && <p className="text-muted">{offer.error.why}</p>}
            </div>
          </div>
          <div>{dismiss(common.ok)}</div>
        </>
      ) : (
        <Offered offer={offer}>{dismiss(t.dontUseSetup)}</Offered>
      )}
    </section>
  );
}

interface OfferedProps {
  readonly offer: Extract<OfferView, { phase: 'offered' }>;
  readonly children: React.ReactNode;
}

function Offered({ offer, children }: OfferedProps) {
  const run = useRun();
  const secret = useRef<HTMLInputElement>(null);
  const [noSecret, setNoSecret] = useState<string>();
  const asksSecret = !offer.setup.isPublic && !offer.hasSecret;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const clientSecret = secret.current?.value.trim();
    const wrong = asksSecret ? secretProblem(clientSecret ?? '') : undefined;
    setNoSecret(wrong);
    if (wrong) return secret.current?.focus();
    if (secret.current) secret.current.value = '';
    run({ type: 'account.offer.accept', ...(clientSecret ? { clientSecret } : {}) });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <dl className="selectable grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {setupLines(offer).map(([name, words]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{words}</dd>
          </div>
        ))}
      </dl>
      {offer.isDoubtful && (
        <p role="status" className="border-danger border-l-2 pl-3">
          {t.clientIdDoubtful}
        </p>
      )}
      {asksSecret && (
        <Field ref={secret} type="password" label={t.clientSecret} help={t.askForSecret} problem={noSecret} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="strong">
          {t.signInWithZoom}
        </Button>
        {children}
      </div>
    </form>
  );
}
