import { type FormEvent, type ReactNode, useState } from 'react';
import type { ProfileCard as CardView } from '../../../shared/profile.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Field } from '../../components/field.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { isEmail, meetingIdWords } from './checks.ts';

const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' });
const row = 'flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-6';

interface ProfileCardProps {
  readonly account: ConnectedAccount;
  readonly card: CardView;
}

/** What one wants at hand: link and id of the personal room to copy, and what Zoom says of the account. */
export function ProfileCard({ account, card }: ProfileCardProps) {
  const { meetingLink, meetingId, permissions } = card;
  const facts: readonly (readonly [word: string, value: string | undefined])[] = [
    ['Email', card.email],
    ['Account', card.account],
    ['Plan', card.plan],
    ['Role', card.role],
    ['Last sign-in', card.lastSignIn === undefined ? undefined : date.format(card.lastSignIn)],
    ['Member since', card.created === undefined ? undefined : date.format(card.created)],
  ];
  const check = missingFor(account, 'userEmail');
  return (
    <Card title="Meeting link and account">
      {meetingLink && (
        <ToCopy title="Personal meeting link" text={meetingLink} copied="personal meeting link">
          {meetingLink}
        </ToCopy>
      )}
      {meetingId && (
        <ToCopy title="Personal Meeting ID" text={meetingId} copied="Personal Meeting ID">
          <span className="tabular-nums">{meetingIdWords(meetingId)}</span>
        </ToCopy>
      )}
      {facts.some(([, value]) => value) && (
        <dl className="grid gap-x-6 gap-y-3 p-4 sm:grid-cols-2 sm:px-6">
          {facts.map(
            ([word, value]) =>
              value && (
                <div key={word} className="min-w-0">
                  <dt className="text-muted text-xs">{word}</dt>
                  <dd dir="auto" className="selectable text-left [overflow-wrap:anywhere]">
                    {value}
                  </dd>
                </div>
              ),
          )}
        </dl>
      )}
      {permissions && (
        <details className="p-4 sm:px-6">
          <summary className="w-fit cursor-default rounded font-medium outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus">
            What your role allows
          </summary>
          {permissions.length === 0 ? (
            <p className="mt-2 text-muted">Nothing beyond your own account.</p>
          ) : (
            <ul className="mt-2 list-disc pl-5 text-muted">
              {permissions.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </details>
      )}
      {!check && <EmailCheck asked={card.emailCheck} />}
    </Card>
  );
}

interface ToCopyProps {
  readonly title: string;
  readonly text: string;
  readonly copied: string;
  readonly children: ReactNode;
}

function ToCopy({ title, text, copied, children }: ToCopyProps) {
  return (
    <div className={row}>
      <div className="min-w-0 flex-1 basis-40">
        <p className="text-muted text-xs">{title}</p>
        <p className="selectable font-medium [overflow-wrap:anywhere]">{children}</p>
      </div>
      <CopyButton action={{ type: 'clipboard.copy', text }} label="Copy" what={copied} />
    </div>
  );
}

/** Asks Zoom whether an address is in use. */
function EmailCheck({ asked }: { readonly asked: CardView['emailCheck'] }) {
  const run = useRun();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = tried && !isEmail(typed) ? 'Type a whole email address.' : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEmail(typed)) run({ type: 'profile.check-email', email: typed.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 p-4 sm:px-6">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label="Email check"
            help="Whether an address has a Zoom account."
            inputMode="email"
            placeholder="name@example.org"
            value={typed}
            problem={wrong}
            onChange={(event) => {
              setTyped(event.target.value);
              setTried(false);
            }}
          />
        </div>
        <span className="mt-6">
          <Button type="submit" isPending={asked?.state === 'checking'}>
            Check
          </Button>
        </span>
      </div>
      <p role="status" className="[overflow-wrap:anywhere]">
        {asked && <Answer asked={asked} />}
      </p>
    </form>
  );
}

function Answer({ asked: { email, state, error } }: { readonly asked: NonNullable<CardView['emailCheck']> }) {
  const address = <bdi className="font-medium">{email}</bdi>;
  switch (state) {
    case 'checking':
      return <>Asking Zoom about {address}</>;
    case 'used':
      return <>{address} has a Zoom account.</>;
    case 'free':
      return <>Zoom knows no account with {address}. It only answers for people in your organization.</>;
    case 'failed':
      return (
        <>
          Zoom gave no answer about {address}. {error?.what}
        </>
      );
  }
}
