import { type FormEvent, type ReactNode, useState } from 'react';
import type { ProfileCard as CardView } from '../../../shared/profile.ts';
import { common } from '../../../shared/words/en/common.ts';
import { profile as t } from '../../../shared/words/en/profile.ts';
import { spoken } from '../../../shared/words/language.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Field } from '../../components/field.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
import { isEmail, meetingIdWords } from './checks.ts';

const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' });
const day = (at: number | undefined) => (at === undefined ? undefined : spoken(days.format(at)));
const row = 'flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-6';

interface ProfileCardProps {
  readonly account: ConnectedAccount;
  readonly card: CardView;
}

/** What one wants at hand: link and id of the personal room to copy, and what Zoom says of the account. */
export function ProfileCard({ account, card }: ProfileCardProps) {
  const { meetingLink, meetingId, permissions } = card;
  const facts: readonly (readonly [word: string, value: string | undefined])[] = [
    [t.email, card.email],
    [t.account, card.account],
    [t.plan, card.plan],
    [t.role, card.role],
    [t.lastSignIn, day(card.lastSignIn)],
    [t.memberSince, day(card.created)],
  ];
  const check = missingFor(account, 'userEmail');
  return (
    <Card title={t.cardTitle}>
      {meetingLink && (
        <ToCopy title={t.meetingLink} text={meetingLink} copied={t.meetingLinkInside}>
          {meetingLink}
        </ToCopy>
      )}
      {meetingId && (
        <ToCopy title={t.meetingId} text={meetingId} copied={t.meetingId}>
          <span className="tabular-nums">{meetingIdWords(meetingId)}</span>
        </ToCopy>
      )}
      {facts.some(([, value]) => value) && (
        <dl className="grid gap-x-6 gap-y-3 p-4 sm:grid-cols-2 sm:px-6">
          {facts.map(
            ([word, value]) =>
              value && (
                <div key={word} className="min-w-0 sm:first:col-span-2">
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
            {t.roleAllows}
          </summary>
          {permissions.length === 0 ? (
            <p className="mt-2 text-muted">{t.roleAllowsNothing}</p>
          ) : (
            <ul className="mt-2 list-disc pl-5 text-muted">
              {permissions.map((one) => (
                <li key={one}>{spoken(one)}</li>
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
      <CopyButton action={{ type: 'clipboard.copy', text }} label={common.copy} what={copied} />
    </div>
  );
}

/** Asks Zoom whether an address is in use. */
function EmailCheck({ asked }: { readonly asked: CardView['emailCheck'] }) {
  const run = useRun();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = tried && !isEmail(typed) ? t.emailIncomplete : undefined;
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
            label={t.emailCheck}
            help={t.emailCheckHelp}
            inputMode="email"
            placeholder={t.emailExample}
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
            {t.check}
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
      return <>{sentence(t.checking, address)}</>;
    case 'used':
      return <>{sentence(t.hasAccount, address)}</>;
    case 'free':
      return <>{sentence(t.hasNoAccount, address)}</>;
    case 'failed':
      return (
        <>
          {sentence(t.noAnswer, address)} {error && spoken(error.what)}
        </>
      );
  }
}
