import { type ReactNode, useMemo } from 'react';
import type { ProfileView } from '../../../shared/profile.ts';
import { profile as t } from '../../../shared/words/en/profile.ts';
import { Card } from '../../components/card.tsx';
import { ErrorBar } from '../../components/error-bar.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { FormContext, type ProfileForm } from './form.ts';
import { PersonalRoom } from './personal-room.tsx';
import { PhoneNumbers } from './phone-numbers.tsx';
import { LanguageChoice, PronounsAudience, TimeZoneChoice } from './profile-fields-choices.tsx';
import { TextField } from './text-field.tsx';

interface ProfileFieldsProps {
  readonly account: ConnectedAccount;
  /** Absent until main has begun with it. */
  readonly view: ProfileView | undefined;
  /** What is said already, further up: nobody wants to read three times that the network is gone. */
  readonly said: string | undefined;
}

/** What a person may change about themselves, by subject. Nothing is sent before Save. */
export function ProfileFields({ account, view, said }: ProfileFieldsProps) {
  const run = useRun();
  const read = missingFor(account, 'user');
  const write = missingFor(account, 'userUpdate');
  const readOnly = write !== undefined || view?.saving === true;
  const form = useMemo<ProfileForm | undefined>(
    () =>
      view && {
        view,
        readOnly,
        edit: (field, value) =>
          run({
            type: 'profile.edit',
            field,
            // The list of an action may be changed, the one of a view may not.
            value: typeof value === 'object' ? [...value] : value,
          }),
        revert: (field) => run({ type: 'profile.revert', fields: [field] }),
      },
    [view, readOnly, run],
  );
  if (read) return <PermissionNeeded title={t.cannotRead} scopes={read.scopes} />;
  const problem = view?.error ?? view?.problem;
  const has = view && Object.keys(view.values).length > 0;
  return (
    <>
      {problem && problem.what !== said && (
        <ErrorBar
          error={problem}
          onDismiss={() => run({ type: 'profile.dismiss' })}
          onRetry={view?.phase === 'failed' ? () => run({ type: 'profile.open' }) : undefined}
        />
      )}
      {write && <PermissionNeeded title={t.cannotChange} scopes={write.scopes} />}
      {form && has ? (
        <FormContext value={form}>
          <Group title={t.name}>
            <Two>
              <TextField field="first_name" />
              <TextField field="last_name" />
            </Two>
            <TextField field="display_name" help={t.nameHelp} />
            <TextField field="pronouns" />
            <PronounsAudience />
          </Group>
          <Group title={t.work}>
            <Two>
              <TextField field="job_title" />
              <TextField field="dept" />
              <TextField field="company" />
              <TextField field="location" />
            </Two>
            <PhoneNumbers />
          </Group>
          <Group title={t.languageAndTime}>
            <Two>
              <LanguageChoice />
              <TimeZoneChoice />
            </Two>
          </Group>
          <Group title={t.personalRoom}>
            <PersonalRoom />
          </Group>
        </FormContext>
      ) : (
        view?.phase !== 'failed' && <Skeleton />
      )}
    </>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card title={title}>
      <div className="flex flex-col gap-4 p-4 sm:p-6">{children}</div>
    </Card>
  );
}

function Two({ children }: { readonly children: ReactNode }) {
  return <div className="grid min-w-0 gap-4 sm:grid-cols-2">{children}</div>;
}

function Skeleton() {
  return (
    <div
      role="status"
      aria-label={t.reading}
      className="flex flex-col gap-4 rounded-2xl border border-line bg-surface p-4 sm:p-6"
    >
      {[0, 1, 2, 3].map((line) => (
        <span key={line} className="flex animate-pulse flex-col gap-2 motion-reduce:animate-none">
          <span className="h-4 w-28 rounded bg-sunken" />
          <span className="h-9 rounded-lg bg-sunken" />
        </span>
      ))}
    </div>
  );
}
