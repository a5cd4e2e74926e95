import { RefreshCw, Trash2 } from 'lucide-react';
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import {
  type CalendarEntry,
  type CalendarsView,
  longestCalendarField,
  mostCalendars,
} from '../../../shared/calendars.ts';
import { calendarName, calendarWords } from '../../../shared/words/calendars.ts';
import { calendars as t } from '../../../shared/words/en/calendars.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { ConfirmInPlace } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useRun } from '../../lib/actions.ts';
import { useNow } from '../../lib/use-now.ts';

/** The calendars that the status can follow, and how they are. */
export function CalendarsCard({ view }: { readonly view: CalendarsView | undefined }) {
  const run = useRun();
  const add = useRef<HTMLInputElement>(null);
  const isKnown = view !== undefined;
  useEffect(() => {
    if (!isKnown) run({ type: 'calendars.open' });
  }, [isKnown, run]);
  if (!view) return null;
  const { calendars, hidesPrivate } = view;
  return (
    <Card title={t.title}>
      {calendars.length === 0 && <p className="p-4 text-muted sm:px-6">{t.none}</p>}
      {calendars.length > 0 && (
        <ul className="divide-y divide-line">
          {calendars.map((one) => (
            <Entry key={one.id} entry={one} onRemoved={() => add.current?.focus()} />
          ))}
        </ul>
      )}
      {calendars.length < mostCalendars && <AddForm line={add} />}
      <Toggle
        isOn={hidesPrivate}
        onChange={(hides) => run({ type: 'calendars.private', hides })}
        help={t.hidePrivateHelp}
      >
        {t.hidePrivate}
      </Toggle>
    </Card>
  );
}

interface EntryProps {
  readonly entry: CalendarEntry;
  /** The line is about to go, and the focus with it. */
  readonly onRemoved: () => void;
}

function Entry({ entry, onRemoved }: EntryProps) {
  const run = useRun();
  const now = useNow(true);
  const { id, counts, isReading, problem, leadsTo, parts } = entry;
  const name = calendarName(entry);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 p-4 sm:px-6">
      <div className="min-w-0 flex-1 basis-52">
        <Checkbox
          isOn={counts}
          onChange={(on) => run({ type: 'calendars.count', id, counts: on })}
          detail={calendarWords(entry, now).map((words) => (
            <span key={words} className="block">
              {words}
            </span>
          ))}
        >
          <bdi>{name}</bdi>
        </Checkbox>
        {parts?.map((part) => (
          <Checkbox
            key={part.id}
            look="py-1 pl-7"
            isOn={part.counts}
            onChange={(on) => run({ type: 'calendars.count', id, part: part.id, counts: on })}
          >
            <bdi>{part.name}</bdi>
          </Checkbox>
        ))}
      </div>
      {problem === 'nearby' && (
        <Button aria-label={t.allowNamed(name)} onPress={() => run({ type: 'calendars.allow', id })}>
          {t.allow}
        </Button>
      )}
      {problem === 'leads-elsewhere' && leadsTo !== undefined && (
        <Button
          aria-label={t.followNamed(leadsTo, name)}
          onPress={() => run({ type: 'calendars.follow', id, host: leadsTo })}
        >
          <span className="min-w-0 [overflow-wrap:anywhere]">{t.follow(leadsTo)}</span>
        </Button>
      )}
      <Button
        look="quiet"
        icon={RefreshCw}
        aria-label={t.refreshNamed(name)}
        isDisabled={isReading}
        onPress={() => run({ type: 'calendars.refresh', id })}
      />
      <ConfirmInPlace
        question={<span className="text-muted">{t.removeDetail}</span>}
        confirm={common.remove}
        cancel={common.cancel}
        onConfirm={() => {
          onRemoved();
          run({ type: 'calendars.remove', id });
        }}
      >
        {(button) => <Button {...button} look="quiet" icon={Trash2} aria-label={t.removeNamed(name)} />}
      </ConfirmInPlace>
    </li>
  );
}

/** What is typed goes to main and stays in no state of the window. */
function LoginDialog({ onClose }: { readonly onClose: () => void }) {
  const run = useRun();
  const form = useId();
  const [server, user, password] = [useLine(), useLine(), useLine()];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [address = '', name = '', word = ''] = [server, user, password].map((one) => one.current?.value);
    const wrong = [server, user, password].find((one) => one.current?.value.trim() === '');
    if (wrong) return wrong.current?.focus();
    if (await run({ type: 'calendars.login', address, user: name, password: word })) onClose();
  };
  return (
    <Dialog
      title={t.loginTitle}
      onClose={onClose}
      leave={common.cancel}
      buttons={
        <Button look="strong" type="submit" form={form}>
          {t.add}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field ref={server} label={t.server} help={t.serverHelp} maxLength={longestCalendarField} />
        <Field ref={user} label={t.user} maxLength={longestCalendarField} />
        <Field
          ref={password}
          type="password"
          label={t.password}
          help={t.passwordHelp}
          maxLength={longestCalendarField}
        />
      </form>
    </Dialog>
  );
}

const useLine = () => useRef<HTMLInputElement>(null);

/** The address goes to main and stays in no state of the window; the line is empty as soon as main has it. */
function AddForm({ line }: { readonly line: RefObject<HTMLInputElement | null> }) {
  const run = useRun();
  const [isAsking, setAsking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const address = line.current?.value.trim() ?? '';
    if (address === '') return;
    if ((await run({ type: 'calendars.add', address })) && line.current) line.current.value = '';
  };
  return (
    <div className="p-4 sm:px-6">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field ref={line} label={t.address} help={t.addressHelp} maxLength={longestCalendarField} />
        <span className="flex flex-wrap gap-2">
          <Button type="submit">{t.add}</Button>
          <Button look="quiet" onPress={() => setAsking(true)}>
            {t.addLogin}
          </Button>
          <Button look="quiet" onPress={() => run({ type: 'calendars.file' })}>
            {t.addFile}
          </Button>
        </span>
      </form>
      {isAsking && <LoginDialog onClose={() => setAsking(false)} />}
    </div>
  );
}
