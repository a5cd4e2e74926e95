import { Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Delegate, DelegateKind, DelegatesView } from '../../../shared/delegates.ts';
import { common } from '../../../shared/words/en/common.ts';
import { delegates as t } from '../../../shared/words/en/delegates.ts';
import { mostAssistants } from '../../../shared/zoom/limits.gen.ts';
import { Button } from '../../components/button.tsx';
import { Card, Section } from '../../components/card.tsx';
import { ConfirmDialog, ConfirmInPlace } from '../../components/confirm.tsx';
import { ErrorBar } from '../../components/error-bar.tsx';
import { FieldWords } from '../../components/field-words.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { type ConnectedAccount, initials, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
import { meetingIdWords, readPeople } from '../profile/checks.ts';

interface DelegatesProps {
  readonly account: ConnectedAccount;
  /** Absent until main has begun with it. */
  readonly view: DelegatesView | undefined;
  /** What is said already, further up. */
  readonly said: string | undefined;
}

const kinds = {
  assistants: {
    title: t.assistants,
    note: t.assistantsNote,
    none: t.noAssistants,
    one: t.assistantLoses,
    all: t.assistantsLose,
    read: 'userAssistants',
    removeOne: 'userAssistantDelete',
    removeAll: 'userAssistantsDelete',
  },
  schedulers: {
    title: t.schedulers,
    note: t.schedulersNote,
    none: t.noSchedulers,
    one: t.schedulerLost,
    all: t.schedulersLost,
    read: 'userSchedulers',
    removeOne: 'userSchedulerDelete',
    removeAll: 'userSchedulersDelete',
  },
} as const;

/** Who schedules for this person, and for whom this person does. */
export function Delegates({ account, view, said }: DelegatesProps) {
  const run = useRun();
  const add = missingFor(account, 'userAssistantCreate');
  const blind = missingFor(account, 'userAssistants');
  const nothing = view?.phase === 'failed' && view.assistants.length + view.schedulers.length === 0;
  const problem = view?.error ?? view?.problem;
  const repeated = said !== undefined && problem?.what === said;
  if (nothing && repeated) return null;
  return (
    <Section title={t.title} note={t.note}>
      {problem && !repeated && (
        <ErrorBar
          error={problem}
          onDismiss={() => run({ type: 'delegates.dismiss' })}
          onRetry={view?.phase === 'failed' ? () => run({ type: 'delegates.open' }) : undefined}
        />
      )}
      {blind ? (
        <PermissionNeeded title={t.cannotRead} scopes={blind.scopes} />
      ) : (
        !nothing && (
          <Card>
            <People kind="assistants" account={account} view={view} />
            {add ? (
              <div className="p-4 sm:px-6">
                <PermissionNeeded look="line" title={t.cannotAdd} scopes={add.scopes} />
              </div>
            ) : (
              <AddAssistants view={view} onAdd={(who) => run({ type: 'delegates.add', who: [...who] })} />
            )}
          </Card>
        )
      )}
      {!nothing && !missingFor(account, 'userSchedulers') && (
        <Card>
          <People kind="schedulers" account={account} view={view} />
        </Card>
      )}
    </Section>
  );
}

function People({ kind, account, view }: Omit<DelegatesProps, 'said'> & { readonly kind: DelegateKind }) {
  const run = useRun();
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState(false);
  const { removeOne, removeAll, ...words } = kinds[kind];
  const people = view?.[kind] ?? [];
  const waits = !view || view.phase === 'unknown' || (view.phase === 'loading' && people.length === 0);
  const busy = view?.busy !== undefined;
  return (
    <section aria-labelledby={id} aria-busy={waits} className="flex flex-col gap-2 p-4 sm:px-6">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2">
        <div className="min-w-0 flex-1 basis-36">
          <h3 id={id} ref={title} tabIndex={-1} className="font-medium outline-none">
            {words.title}
            {people.length > 0 && <span className="ml-2 text-muted tabular-nums">{people.length}</span>}
          </h3>
          <p className="text-muted">{words.note}</p>
        </div>
        {people.length > 1 && !missingFor(account, removeAll) && (
          <Button
            look="quiet"
            aria-label={t.removeAllOf(words.title)}
            isDisabled={busy}
            onPress={() => setAsking(true)}
          >
            {t.removeAllAsk}
          </Button>
        )}
      </div>
      {people.length > 0 ? (
        <ul className="flex flex-col">
          {people.map((one) => (
            <Person
              key={one.id}
              kind={kind}
              delegate={one}
              busy={busy}
              removable={!missingFor(account, removeOne)}
              onRemoved={() => title.current?.focus()}
            />
          ))}
        </ul>
      ) : waits ? (
        <span
          role="status"
          aria-label={t.reading}
          className="h-9 animate-pulse rounded-lg bg-sunken motion-reduce:animate-none"
        />
      ) : (
        view.phase === 'ready' && <p className="py-1">{words.none}</p>
      )}
      {asking && (
        // It is not undone by one click.
        <ConfirmDialog
          title={t.removeAllTitle(people.length)}
          confirm={t.removeAll}
          cancel={common.cancel}
          typing={{ label: t.yourEmail, text: account.email }}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            run({ type: 'delegates.remove-all', kind });
          }}
        >
          <p>{words.all}</p>
          <p className="text-muted">
            {sentence(
              t.typeToConfirm,
              <bdi className="selectable font-medium text-text [overflow-wrap:anywhere]">
                {account.email}
              </bdi>,
            )}
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}

/** Zoom tells of these people only their addresses: "amara.okafor@example.org" is AO. */
function lettersOf(address: string): string {
  return initials(address.replace(/@.*/, '').replaceAll(/[._-]+/g, ' '));
}

interface PersonProps {
  readonly kind: DelegateKind;
  readonly delegate: Delegate;
  readonly busy: boolean;
  readonly removable: boolean;
  /** The line is about to go, and the focus with it. */
  readonly onRemoved: () => void;
}

/** One person. Removing is asked about in the place of the button. */
function Person({ kind, delegate: { id, email, meetingId }, busy, removable, onRemoved }: PersonProps) {
  const run = useRun();
  const name = email || id;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-2 border-line border-t py-1 first:border-t-0 [&>fieldset]:pb-2">
      {/* Decorative: the address stands beside it. */}
      <span
        aria-hidden="true"
        className="mr-1 grid size-8 shrink-0 place-items-center rounded-full bg-sunken font-semibold text-muted text-xs uppercase"
      >
        {lettersOf(name)}
      </span>
      <span className="min-w-0 flex-1 basis-40">
        <bdi className="selectable block [overflow-wrap:anywhere]">{name}</bdi>
        {meetingId && (
          <span className="block text-muted text-xs tabular-nums">
            {t.personalRoom(meetingIdWords(meetingId))}
          </span>
        )}
      </span>
      {removable && (
        <ConfirmInPlace
          question={<span className="text-muted">{kinds[kind].one}</span>}
          confirm={common.remove}
          cancel={common.cancel}
          onConfirm={() => {
            onRemoved();
            run({ type: 'delegates.remove', kind, id });
          }}
        >
          {(button) => (
            <Button
              {...button}
              look="quiet"
              icon={Trash2}
              aria-label={t.removePerson(name)}
              isDisabled={busy}
            />
          )}
        </ConfirmInPlace>
      )}
    </li>
  );
}

interface AddAssistantsProps {
  readonly view: DelegatesView | undefined;
  readonly onAdd: (who: readonly string[]) => void;
}

/** Adds several at once. What was typed stays until Zoom has taken it. */
function AddAssistants({ view, onAdd }: AddAssistantsProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const { who, problem } = readPeople(typed);
  const busy = view?.busy;
  const failed = view?.problem !== undefined;
  const before = useRef(busy);
  useEffect(() => {
    if (before.current === 'adding' && busy !== 'adding' && !failed) setTyped('');
    before.current = busy;
  }, [busy, failed]);
  const wrong = tried ? (problem ?? (who.length === 0 ? t.whomToAdd : undefined)) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem || who.length === 0) return;
    setTried(false);
    onAdd(who);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-1 p-4 sm:px-6">
      <label htmlFor={id} className="font-medium">
        {t.addAssistants}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={2}
        value={typed}
        readOnly={busy === 'adding'}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-words`}
        placeholder={t.peopleExample}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          setTried(false);
        }}
        className="selectable w-full min-w-0 resize-y rounded-lg border border-edge bg-surface px-3 py-2 aria-invalid:border-danger"
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <FieldWords
          id={`${id}-words`}
          problem={wrong}
          className="min-w-0 flex-1 basis-52 text-xs [overflow-wrap:anywhere]"
        >
          {t.peopleHelp(mostAssistants)}
        </FieldWords>
        <Button type="submit" isPending={busy === 'adding'}>
          {busy === 'adding' ? common.adding : who.length > 1 ? t.addSeveral(who.length) : common.add}
        </Button>
      </div>
    </form>
  );
}
