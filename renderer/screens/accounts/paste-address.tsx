import { ChevronRight } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { wayBack } from '../../../shared/redirects.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { addressProblem } from './checks.ts';

interface PasteAddressProps {
  readonly redirectUri: string;
  /** Tally has a port open for the browser. */
  readonly isListening: boolean;
}

/** The last resort, where the browser says that it cannot reach the page it was sent to. */
export function PasteAddress({ redirectUri, isListening }: PasteAddressProps) {
  const run = useRun();
  // Open from the start where it may be the only way.
  const needed = !isListening || wayBack(redirectUri) === 'web';
  const id = useId();
  const [open, setOpen] = useState(needed);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = field.current?.value.trim() ?? '';
    const wrong = addressProblem(address, redirectUri);
    setProblem(wrong);
    if (wrong) {
      field.current?.focus();
      return;
    }
    // It holds the code that is worth a sign-in.
    if (field.current) field.current.value = '';
    run({ type: 'account.sign-in.paste', address });
  };
  return (
    <div className="flex w-full flex-col gap-2 border-line border-t pt-4 text-left">
      {needed ? (
        <h2 className="font-medium">{t.bringBack}</h2>
      ) : (
        <div className="flex justify-center">
          <Button look="quiet" aria-expanded={open} aria-controls={id} onPress={() => setOpen(!open)}>
            <ChevronRight className={`size-4 ${open ? 'rotate-90' : ''}`} />
            {t.browserCannotComeBack}
          </Button>
        </div>
      )}
      <form
        id={id}
        hidden={!open}
        noValidate
        onSubmit={submit}
        className="flex flex-col gap-2 [&[hidden]]:hidden"
      >
        <p className="text-muted">{explanation(redirectUri, isListening)}</p>
        <Field
          ref={field}
          label={t.addressOfPage}
          help={t.addressOfPageHelp}
          problem={problem}
          placeholder={`${redirectUri}?…`}
          onBlur={(event) =>
            event.target.value !== '' && setProblem(addressProblem(event.target.value, redirectUri))
          }
          onChange={(event) => problem && setProblem(addressProblem(event.target.value, redirectUri))}
        />
        <Button type="submit">{t.useAddress}</Button>
      </form>
    </div>
  );
}

/** Why the address is brought back by hand, and how. */
function explanation(redirectUri: string, isListening: boolean): string {
  const way = wayBack(redirectUri);
  if (way === 'web') return t.byHandFromWeb;
  if (isListening || way === 'port') return t.byHand;
  return `${t.noWayBack} ${t.byHand}`;
}
