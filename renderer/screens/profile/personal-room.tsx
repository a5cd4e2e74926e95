import { Check, CircleHelp, LoaderCircle, X } from 'lucide-react';
import { Switch } from 'react-aria-components/Switch';
import type { ProfileView } from '../../../shared/profile.ts';
import { profile as t } from '../../../shared/words/en/profile.ts';
import { fieldProblem } from '../../../shared/zoom/user-fields.ts';
import { sentence } from '../../lib/sentence.tsx';
import { meetingIdProblem, meetingIdWords, readMeetingId, roomLink } from './checks.ts';
import { FieldNotes } from './field-notes.tsx';
import { shownValue, useField, useForm } from './form.ts';
import { Changed, TextField } from './text-field.tsx';

const states = {
  checking: { words: t.roomChecking, Icon: LoaderCircle },
  free: { words: t.roomFree, Icon: Check },
  taken: { words: t.roomTaken, Icon: X },
  unknown: { words: t.roomUnknown, Icon: CircleHelp },
} as const;

/** The personal room: its name and link, its number, and whether instant meetings are held there. */
export function PersonalRoom() {
  const { view } = useForm();
  const name = String(shownValue(view, 'vanity_name') ?? '');
  return (
    <>
      <div className="flex flex-col gap-1">
        <TextField
          field="vanity_name"
          check={(name) => fieldProblem('vanity_name', name)}
          parse={(text) => text.trim()}
        />
        {name && (
          <p className="text-muted text-xs">
            {sentence(
              t.roomLink,
              <span className="selectable text-text [overflow-wrap:anywhere]">
                {roomLink(name, view.card.meetingLink)}
              </span>,
            )}
          </p>
        )}
        <Availability room={view.edits.vanity_name === view.room?.name ? view.room : undefined} />
      </div>
      <TextField
        field="pmi"
        inputMode="numeric"
        check={meetingIdProblem}
        format={meetingIdWords}
        parse={readMeetingId}
      />
      <InstantMeetings />
    </>
  );
}

function Availability({ room }: { readonly room: ProfileView['room'] }) {
  const { words, Icon } = room ? states[room.state] : { words: '', Icon: undefined };
  return (
    <p
      role="status"
      className={`flex items-center gap-1.5 text-xs ${room?.state === 'taken' ? 'text-danger' : 'text-text'}`}
    >
      {Icon && (
        <Icon
          className={`size-3.5 shrink-0 ${room?.state === 'checking' ? 'animate-spin motion-reduce:animate-none' : ''}`}
        />
      )}
      {words}
    </p>
  );
}

function InstantMeetings() {
  const { words, value, fixed, set } = useField('use_pmi');
  return (
    <div data-profile-field="use_pmi" className="flex flex-col gap-1">
      <Switch
        isSelected={value === true}
        isDisabled={fixed}
        onChange={set}
        aria-describedby={words}
        className="group flex items-center justify-between gap-x-6 data-disabled:text-muted"
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2 font-medium">
            {t.instantMeetings}
            <Changed field="use_pmi" />
          </span>
        </span>
        <span className="flex h-6 w-11 shrink-0 forced-color-adjust-none items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors group-data-disabled:opacity-50 group-data-focus-visible:outline-2 group-data-focus-visible:outline-focus group-data-focus-visible:outline-offset-2 group-data-selected:border-text group-data-selected:bg-text motion-reduce:transition-none">
          <span className="size-4.5 rounded-full bg-muted transition-transform group-data-selected:translate-x-5 group-data-selected:bg-bg motion-reduce:transition-none" />
        </span>
      </Switch>
      <FieldNotes field="use_pmi" id={words} help={t.instantMeetingsHelp} />
    </div>
  );
}
