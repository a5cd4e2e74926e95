import type { CallProblem, Json } from '../../../../shared/advanced.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { sentence } from '../../../lib/sentence.tsx';
import { type EditorProps, fieldId, useFormContext } from './context.ts';
import { EditButton, LeaveOut } from './edit-button.tsx';
import {
  ChoiceEditor,
  NumberEditor,
  OtherEditor,
  SecretEditor,
  SwitchEditor,
  TextEditor,
} from './editors.tsx';
import { FieldName } from './field-name.tsx';
import { type Field, fits, textOf } from './fields.ts';

interface FieldRowProps {
  readonly field: Field;
  readonly pointer: string;
  /** Undefined: not sent. */
  readonly value: Json | undefined;
  /** What it is at Zoom now, as far as that is known. */
  readonly now: Json | undefined;
  readonly problems: readonly CallProblem[] | undefined;
  readonly secret: string | undefined;
}

/** One line of a form: what it is, its editor, what is wrong with it, and what Zoom has now. */
export function FieldRow(props: FieldRowProps) {
  const { field, pointer, value, now, problems } = props;
  const id = fieldId(pointer);
  const touched = value !== undefined;
  const hasNow = now !== undefined && field.kind !== 'secret' && !touched;
  const words = textOf(now);
  // The choices have "Not sent" among them.
  const canLeave = touched && !field.required && field.kind !== 'choice' && field.kind !== 'switch';
  return (
    <div
      data-field={pointer}
      className={`flex flex-col gap-1 border-l-2 py-1.5 pl-3 [contain-intrinsic-height:auto_7rem] [content-visibility:auto] ${touched ? 'border-text' : 'border-line'}`}
    >
      <div className="flex min-h-6 items-start justify-between gap-2">
        <FieldName field={field} id={id} />
        {canLeave && <LeaveOut field={field} pointer={pointer} />}
      </div>
      <Editor {...props} id={id} />
      <div id={`${id}-words`} className="flex flex-col gap-0.5 text-xs">
        <ProblemLines of={problems} look="[overflow-wrap:anywhere]" />
        {field.help && <p className="text-muted">{field.help}</p>}
        {field.initial !== undefined && <p className="text-muted">{t.initialValue(textOf(field.initial))}</p>}
      </div>
      {hasNow && (
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-muted text-xs">
          <span className="min-w-0 truncate">
            {sentence(t.now, <bdi className="selectable">{words === '' ? t.empty : words}</bdi>)}
          </span>
          <EditButton word={t.takeOver} what={field.name} pointer={pointer} value={now} />
        </p>
      )}
    </div>
  );
}

interface ProblemLinesProps {
  readonly of: FieldRowProps['problems'];
  readonly look: string;
}

/** What is wrong with a field, a line each. */
export function ProblemLines({ of, look }: ProblemLinesProps) {
  return of?.map(({ message }) => (
    <p key={message} className={`text-danger ${look}`}>
      {spoken(message)}
    </p>
  ));
}

function Editor({ field, problems, secret, ...rest }: FieldRowProps & { readonly id: string }) {
  const { edit, isFixed } = useFormContext();
  const props: EditorProps = { ...rest, isInvalid: problems !== undefined, isFixed, edit };
  const { value } = rest;
  if (value !== undefined && value !== null && !fits(field, value) && field.kind !== 'choice')
    return <p className="text-muted text-xs">{t.ofAnotherKind}</p>;
  switch (field.kind) {
    case 'text':
      return <TextEditor {...props} field={field} />;
    case 'number':
      return <NumberEditor {...props} field={field} />;
    case 'secret':
      return <SecretEditor {...props} secret={secret} />;
    case 'switch':
      return <SwitchEditor {...props} field={field} />;
    case 'choice':
      return <ChoiceEditor {...props} field={field} />;
    default:
      return <OtherEditor {...props} />;
  }
}
