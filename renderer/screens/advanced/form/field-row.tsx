import { X } from 'lucide-react';
import type { CallProblem, Json } from '../../../../shared/advanced.ts';
import { SmallButton } from '../small-button.tsx';
import { type EditorProps, fieldId, useFormContext } from './context.ts';
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
  const { edit, isFixed } = useFormContext();
  const id = fieldId(pointer);
  const touched = value !== undefined;
  const hasNow = now !== undefined && field.kind !== 'secret' && !touched;
  const words = textOf(now);
  // The choices have "Not sent" among them.
  const canLeave = touched && field.kind !== 'choice' && field.kind !== 'switch';
  return (
    <div
      data-field={pointer}
      className={`flex flex-col gap-1 border-l-2 py-1.5 pl-3 [contain-intrinsic-height:auto_7rem] [content-visibility:auto] ${touched ? 'border-text' : 'border-line'}`}
    >
      <div className="flex min-h-6 items-start justify-between gap-2">
        <FieldName field={field} id={id} />
        {canLeave && (
          <SmallButton
            label={`Leave out: ${field.name}`}
            isDisabled={isFixed}
            onPress={() => edit(pointer, undefined)}
          >
            <X className="size-3.5" />
            Leave out
          </SmallButton>
        )}
      </div>
      <Editor {...props} id={id} />
      <div id={`${id}-words`} className="flex flex-col gap-0.5 text-xs">
        {problems?.map(({ message }) => (
          <p key={message} className="text-danger [overflow-wrap:anywhere]">
            {message}
          </p>
        ))}
        {field.help && <p className="text-muted">{field.help}</p>}
        {field.initial !== undefined && (
          <p className="text-muted">Not sent, Zoom takes {textOf(field.initial)}.</p>
        )}
      </div>
      {hasNow && (
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-muted text-xs">
          <span className="min-w-0 truncate">
            Now: <bdi className="selectable">{words === '' ? 'empty' : words}</bdi>
          </span>
          <SmallButton
            label={`Take over: ${field.name}`}
            isDisabled={isFixed}
            onPress={() => edit(pointer, now)}
          >
            Take over
          </SmallButton>
        </p>
      )}
    </div>
  );
}

function Editor({ field, problems, secret, ...rest }: FieldRowProps & { readonly id: string }) {
  const { edit, isFixed } = useFormContext();
  const props: EditorProps = { ...rest, isInvalid: problems !== undefined, isFixed, edit };
  const { value } = rest;
  if (value !== undefined && value !== null && !fits(field, value) && field.kind !== 'choice')
    return <p className="text-muted text-xs">Of another kind than Zoom expects. The JSON shows it.</p>;
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
