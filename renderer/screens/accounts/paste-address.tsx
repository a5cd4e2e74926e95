import { ChevronRight } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { wayBack } from '../../../shared/redirects.ts';
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
        <h2 className="font-medium">Bring the address back</h2>
      ) : (
        <div className="flex justify-center">
          <Button look="quiet" aria-expanded={open} aria-controls={id} onPress={() => setOpen(!open)}>
            <ChevronRight className={`size-4 ${open ? 'rotate-90' : ''}`} />
            The browser can’t come back?
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
          label="Address of that page"
          help="Did Zoom stop you with an error? Paste what its page says, and Tally tells you what to do."
          problem={problem}
          placeholder={`${redirectUri}?…`}
          onBlur={(event) =>
            event.target.value !== '' && setProblem(addressProblem(event.target.value, redirectUri))
          }
          onChange={(event) => problem && setProblem(addressProblem(event.target.value, redirectUri))}
        />
        <Button type="submit">Use this address</Button>
      </form>
    </div>
  );
}

const byHand =
  'After you approve, the browser shows a page that it can’t reach. Copy that page’s address from the browser’s address bar.';

/** Why the address is brought back by hand, and how. */
function explanation(redirectUri: string, isListening: boolean): string {
  const way = wayBack(redirectUri);
  if (way === 'web')
    return 'After you approve, the browser goes to the https page of your app. If you aren’t back in Tally then, copy the address from the browser’s address bar.';
  if (isListening || way === 'port') return byHand;
  return `Tally couldn’t open a way back for the browser. ${byHand}`;
}
