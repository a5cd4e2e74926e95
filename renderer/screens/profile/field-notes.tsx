import { LockKeyhole } from 'lucide-react';
import type { ProfileField, ProfileValue } from '../../../shared/profile.ts';
import { profileFields, profile as t } from '../../../shared/words/en/profile.ts';
import { Conflict } from '../../components/conflict.tsx';
import { FieldWords } from '../../components/field-words.tsx';
import { sentence } from '../../lib/sentence.tsx';
import { meetingIdWords } from './checks.ts';
import { audiences, languageName, zoneName } from './choices.ts';
import { useForm } from './form.ts';

/** A value as one would say it. */
function valueWords(field: ProfileField, value: ProfileValue | undefined): string {
  if (value === undefined || value === '') return t.valueNothing;
  if (typeof value === 'boolean') return value ? t.valueOn : t.valueOff;
  if (field === 'pronouns_option')
    return audiences.find((audience) => audience.value === value)?.word ?? String(value);
  if (field === 'language') return languageName(String(value));
  if (field === 'timezone') return zoneName(String(value));
  if (field === 'pmi') return meetingIdWords(String(value));
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? t.valueNone : value.map(({ code, number }) => `${code} ${number}`).join(', ');
}

export interface FieldNotesProps {
  readonly field: ProfileField;
  /** Names the words, so that the field can be described by them. */
  readonly id: string;
  readonly help?: string | undefined;
  /** What is wrong with what is typed. */
  readonly problem?: string | undefined;
  /** At the far end of the line: how much may still be typed. */
  readonly room?: string | undefined;
}

/** Everything there is to say below a field: what is wrong, who locked it, what became of the last save. */
export function FieldNotes({ field, id, help, problem, room }: FieldNotesProps) {
  const { view, edit, revert, readOnly } = useForm();
  const locked = view.locked[field];
  const wrong = locked === undefined ? (view.invalid[field] ?? problem) : undefined;
  const conflict = view.conflicts.includes(field) && view.edits[field] !== undefined;
  const kept = view.kept[field];
  const mine = view.edits[field];
  return (
    <div className="flex flex-col gap-2 text-xs">
      <div className="flex flex-wrap justify-between gap-x-4">
        <FieldWords id={id} problem={wrong} className="min-w-0 flex-1">
          {locked === undefined ? help : <Locked words={locked} />}
        </FieldWords>
        {room && (
          <p className={`shrink-0 tabular-nums ${problem === room ? 'text-danger' : 'text-muted'}`}>{room}</p>
        )}
      </div>
      {conflict && mine !== undefined && (
        <Conflict
          title={profileFields[field]}
          onResolve={(take) => (take === 'mine' ? edit(field, mine) : revert(field))}
        >
          <p className="[overflow-wrap:anywhere]">
            {sentence(
              t.changedInZoom,
              <bdi className="font-medium">{valueWords(field, view.values[field])}</bdi>,
            )}
          </p>
        </Conflict>
      )}
      {kept !== undefined && (
        <p className="[overflow-wrap:anywhere]">
          {sentence(t.zoomKept, <bdi className="font-medium">{valueWords(field, kept)}</bdi>)}
        </p>
      )}
      {locked !== undefined && mine !== undefined && !readOnly && (
        <p className="[overflow-wrap:anywhere]">
          {sentence(t.notSaved, <bdi className="font-medium">{valueWords(field, mine)}</bdi>)}
        </p>
      )}
    </div>
  );
}

function Locked({ words }: { readonly words: string }) {
  return (
    <span className="flex gap-1.5 text-text">
      <LockKeyhole className="mt-0.5 size-3.5 shrink-0" />
      <span>{t.locked(words)}</span>
    </span>
  );
}
