import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Json } from '../../../../shared/advanced.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { common } from '../../../../shared/words/en/common.ts';
import { useFormContext } from './context.ts';
import type { Field } from './fields.ts';

interface EditButtonProps {
  readonly word: string;
  /** What it is about, where the word alone does not say it: a field, or one of its entries (from 1). */
  readonly what: string;
  readonly entry?: number;
  /** What the place has afterwards; undefined: it is not sent. */
  readonly pointer: string;
  readonly value: Json | undefined;
  readonly children?: ReactNode;
}

/** Gives a place of the form another value; a button within a line of text. */
export function EditButton({ word, what, entry, pointer, value, children }: EditButtonProps) {
  const { edit, isFixed } = useFormContext();
  return (
    <button
      type="button"
      aria-label={entry === undefined ? common.about(word, what) : t.aboutEntry(word, entry, what)}
      disabled={isFixed}
      onClick={() => edit(pointer, value)}
      className="inline-flex min-h-6 shrink-0 items-center gap-1 rounded-md px-1.5 font-medium text-muted text-xs underline decoration-line underline-offset-2 hover:bg-sunken hover:text-text disabled:opacity-50"
    >
      {children}
      {word}
    </button>
  );
}

export function LeaveOut({ field, pointer }: { readonly field: Field; readonly pointer: string }) {
  return (
    <EditButton word={t.dontSend} what={field.name} pointer={pointer} value={undefined}>
      <X className="size-3.5" />
    </EditButton>
  );
}
