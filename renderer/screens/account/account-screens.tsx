import { CircleAlert, Plug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TallyError } from '../../../shared/errors.ts';
import { Button } from '../../components/button.tsx';
import { retryWord } from '../../lib/words.ts';

function Centred({
  picture,
  title,
  children,
}: {
  readonly picture: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="m-auto flex max-w-96 flex-col items-center gap-4 py-8 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-muted">{picture}</span>
      <h1 className="font-semibold text-2xl">{title}</h1>
      {children}
    </div>
  );
}

/** No account yet. */
export function Welcome({ onPractice }: { readonly onPractice: () => void }) {
  return (
    <Centred picture={<Plug className="size-7" aria-hidden="true" />} title="Welcome to Tally">
      <p className="text-muted">
        Set your Zoom status from the tray. Try it with a practice account first: nothing leaves this
        computer.
      </p>
      <Button look="strong" onPress={onPractice}>
        Try a practice account
      </Button>
      <p className="text-muted text-xs">Connecting your own Zoom account is not in this version yet.</p>
    </Centred>
  );
}

/** Something stands between the window and a connected account. */
export function AccountProblem({
  title,
  error,
  onFix,
}: {
  readonly title: string;
  readonly error: TallyError;
  readonly onFix: () => void;
}) {
  return (
    <Centred picture={<CircleAlert className="size-7 text-danger" aria-hidden="true" />} title={title}>
      <div role="alert" className="selectable text-muted">
        <p>{error.what}</p>
        {error.why && <p>{error.why}</p>}
      </div>
      <Button look="strong" onPress={onFix}>
        {retryWord(error) ?? 'Try again'}
      </Button>
    </Centred>
  );
}

const block = 'animate-pulse rounded-xl bg-sunken motion-reduce:animate-none';

/** The Status screen's outline while there is nothing to show yet. */
export function StatusSkeleton({ word }: { readonly word: string }) {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <h1 className="sr-only">{word}</h1>
      <div className="flex items-center gap-4 rounded-2xl border border-line bg-surface p-4 sm:gap-6 sm:p-6">
        <div className="size-22 shrink-0 animate-pulse rounded-full bg-sunken motion-reduce:animate-none sm:size-28" />
        <div className="flex flex-1 flex-col gap-3">
          <div className={`h-8 w-40 max-w-full ${block}`} />
          <div className={`h-4 w-56 max-w-full ${block}`} />
        </div>
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-2">
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((key) => (
          <div key={key} className={`h-13 ${block}`} />
        ))}
      </div>
    </div>
  );
}
