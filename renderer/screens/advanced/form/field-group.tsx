import { ChevronRight, Plus } from 'lucide-react';
import { memo, useState } from 'react';
import type { Json } from '../../../../shared/advanced.ts';
import { isList, isObject, type JsonObject, pointerTo } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { common } from '../../../../shared/words/en/common.ts';
import { Button } from '../../../components/button.tsx';
import { lineLook } from '../../../components/looks.ts';
import { Select } from '../../../components/select.tsx';
import { sentence } from '../../../lib/sentence.tsx';
import { fieldId, useFormContext } from './context.ts';
import { EditButton, LeaveOut } from './edit-button.tsx';
import { FieldName } from './field-name.tsx';
import { FieldRow, ProblemLines } from './field-row.tsx';
import {
  blankOf,
  type Field,
  fits,
  type ListField,
  type ObjectField,
  textOf,
  type VariantsField,
  variantOf,
} from './fields.ts';
import { leafCount } from './operation.ts';
import { type Problems, problemsIn } from './problems.ts';

interface NodeProps<F extends Field = Field> {
  readonly field: F;
  readonly pointer: string;
  readonly value: Json | undefined;
  readonly now: Json | undefined;
  readonly problems: Problems;
  readonly secrets: Readonly<Record<string, string>>;
  /** Pointers of the fields that are searched for; absent: all are shown. */
  readonly shown: ReadonlySet<string> | undefined;
}

/** A field and whatever it holds. Drawn anew only when that changes: a key changes one of two hundred. */
const FieldNode = memo(function FieldNode(props: NodeProps) {
  const { field, pointer, value, problems, secrets, shown } = props;
  const odd = value !== undefined && !fits(field, value);
  if (field.kind === 'object' && !odd) return <FieldGroup {...props} field={field} />;
  if (shown && !shown.has(pointer)) return null;
  if (field.kind === 'list' && !odd) return <FieldList {...props} field={field} />;
  if (field.kind === 'variants') return <FieldVariants {...props} field={field} />;
  return <FieldRow {...props} problems={problems.get(pointer)} secret={secrets[pointer]} />;
});

function touchedIn(value: Json | undefined): number {
  if (isObject(value)) return Object.values(value).reduce<number>((sum, one) => sum + touchedIn(one), 0);
  return value === undefined ? 0 : 1;
}

/** The fields of an object, folded where they are many. */
function FieldGroup(props: NodeProps<ObjectField>) {
  const { field, pointer, value, problems, shown } = props;
  const { isLarge } = useFormContext();
  const count = leafCount(field);
  const [isOpen, setOpen] = useState(!isLarge);
  const inside = [...problems.keys()].some((at) => at.startsWith(`${pointer}/`));
  if (shown && ![...shown].some((at) => at.startsWith(`${pointer}/`))) return null;
  const open = isOpen || inside || shown !== undefined;
  const touched = touchedIn(value);
  const id = fieldId(pointer);
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-1">
      <h4>
        <button
          type="button"
          id={`${id}-title`}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex min-h-9 w-full items-center gap-2 rounded-lg px-1 text-left hover:bg-sunken"
        >
          <ChevronRight className={`size-4 shrink-0 text-muted ${open ? 'rotate-90' : ''}`} />
          <code className="min-w-0 font-mono font-semibold text-xs [overflow-wrap:anywhere]">
            {field.name || t.entryOfList}
          </code>
          {field.required && <span className="font-medium text-xs">{t.required}</span>}
          <span className="ml-auto shrink-0 pr-1 text-muted text-xs tabular-nums">
            {touched > 0 ? t.sentOf(touched, Math.max(count, touched)) : count}
            {touched === 0 && <span className="sr-only"> {t.fields}</span>}
          </span>
        </button>
      </h4>
      <div id={id} hidden={!open} className="flex flex-col gap-1 pl-2.5 [&[hidden]]:hidden">
        {open && (
          <>
            {field.help && !shown && <p className="pl-3 text-muted text-xs">{field.help}</p>}
            <Fields {...props} />
          </>
        )}
      </div>
    </section>
  );
}

/** What stands in an object: its fields, what else may be in it, and what is and is not known here. */
export function Fields(props: NodeProps<ObjectField>) {
  const { field, pointer, value, now, problems } = props;
  const has: JsonObject = isObject(value) ? value : {};
  const had: JsonObject = isObject(now) ? now : {};
  const others = Object.keys(has).filter((key) => !field.fields.some(({ name }) => name === key));
  const own = (of: JsonObject, key: string) => (Object.hasOwn(of, key) ? of[key] : undefined);
  const node = (one: Field, key: string) => (
    <FieldNode
      {...props}
      key={key}
      field={one}
      pointer={pointerTo(pointer, key)}
      value={own(has, key)}
      now={own(had, key)}
      // Only its own, so that it is not drawn anew for those of others.
      problems={problemsIn(problems, pointerTo(pointer, key))}
    />
  );
  return (
    <>
      <ProblemLines of={problems.get(pointer)} look="pl-3 text-xs" />
      {field.fields.map((one) => node(one, one.name))}
      {field.rest &&
        others.map((key) => node({ ...(field.rest as Field), name: key, title: undefined }, key))}
      {field.rest && <MoreEntries pointer={pointer} rest={field.rest} taken={Object.keys(has)} />}
      {!field.rest &&
        others.map((key) => (
          <div
            key={key}
            className="flex min-w-0 flex-wrap items-center gap-x-2 border-text border-l-2 py-1.5 pl-3"
          >
            <code className="min-w-0 font-mono font-semibold text-xs [overflow-wrap:anywhere]">{key}</code>
            <span className="text-muted text-xs">{t.notInCatalogue}</span>
            <EditButton word={t.dontSend} what={key} pointer={pointerTo(pointer, key)} value={undefined} />
            <ProblemLines of={problems.get(pointerTo(pointer, key))} look="w-full text-xs" />
          </div>
        ))}
    </>
  );
}

interface MoreEntriesProps {
  readonly pointer: string;
  readonly rest: Field;
  readonly taken: readonly string[];
}

/** Puts an entry of any name into an object. */
function MoreEntries({ pointer, rest, taken }: MoreEntriesProps) {
  const { edit, isFixed } = useFormContext();
  const { title = t.furtherEntry } = rest;
  const [name, setName] = useState('');
  const add = () => {
    if (name === '' || name === '__proto__' || taken.includes(name)) return;
    edit(pointerTo(pointer, name), blankOf(rest));
    setName('');
  };
  return (
    <details className="pl-3 text-xs">
      <summary className="min-h-6 w-fit rounded-md py-1 pr-2 text-muted">{title}</summary>
      <div className="flex flex-wrap gap-2 pt-1">
        <input
          aria-label={t.nameOf(title)}
          placeholder={common.name}
          value={name}
          readOnly={isFixed}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
          className={`${lineLook} w-40`}
        />
        <Button icon={Plus} isDisabled={isFixed || name === '' || taken.includes(name)} onPress={add}>
          {common.add}
        </Button>
      </div>
    </details>
  );
}

/** A list: its entries, each of which can be taken out, and a button for one more. */
function FieldList({ field, pointer, value, now, problems, secrets }: NodeProps<ListField>) {
  const { edit, isFixed } = useFormContext();
  const id = fieldId(pointer);
  const entries = isList(value) ? value : undefined;
  const full = field.maxItems !== undefined && (entries?.length ?? 0) >= field.maxItems;
  const inEntry = (at: number, entry: Json) => ({
    pointer: pointerTo(pointer, at),
    value: entry,
    now: undefined,
    problems,
    secrets,
    shown: undefined,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not shrink below its widest entry
    <div
      role="group"
      aria-labelledby={`${id}-name`}
      data-field={pointer}
      className={`flex flex-col gap-2 border-l-2 py-1.5 pl-3 ${entries ? 'border-text' : 'border-line'}`}
    >
      <div className="flex min-h-6 items-start justify-between gap-2">
        <FieldName field={field} id={id} />
        {entries && <LeaveOut field={field} pointer={pointer} />}
      </div>
      <ProblemLines of={problems.get(pointer)} look="text-xs" />
      {field.help && <p className="text-muted text-xs">{field.help}</p>}
      {entries?.length === 0 && <p className="text-xs">{t.emptyListSent}</p>}
      {entries?.map((entry, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other name
          key={at}
          className="flex flex-col gap-1 rounded-lg border border-line p-2"
        >
          <div className="flex items-center justify-between gap-2">
            <span className="font-medium text-muted text-xs tabular-nums">{t.entry(at + 1)}</span>
            <EditButton
              word={common.remove}
              what={field.name}
              entry={at + 1}
              pointer={pointer}
              value={entries.filter((_, one) => one !== at)}
            />
          </div>
          {field.item.kind === 'object' && isObject(entry) ? (
            <Fields {...inEntry(at, entry)} field={field.item} />
          ) : (
            <FieldNode {...inEntry(at, entry)} field={{ ...field.item, name: String(at) }} />
          )}
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          icon={Plus}
          id={id}
          aria-label={t.addEntryTo(field.name)}
          isDisabled={isFixed || full}
          onPress={() => edit(pointer, [...(entries ?? []), blankOf(field.item)])}
        >
          {common.add}
        </Button>
        {field.maxItems !== undefined && (
          <span className="text-muted text-xs tabular-nums">{t.mostEntries(field.maxItems)}</span>
        )}
        {now !== undefined && !entries && (
          <span className="flex min-w-0 items-center gap-2 text-muted text-xs">
            <span className="max-w-64 truncate">
              {sentence(t.now, <bdi className="font-mono">{textOf(now)}</bdi>)}
            </span>
            <EditButton word={t.takeOver} what={field.name} pointer={pointer} value={now} />
          </span>
        )}
      </div>
    </div>
  );
}

/** One of several shapes: which, and then its fields. */
function FieldVariants(props: NodeProps<VariantsField>) {
  const { field, pointer, value } = props;
  const { edit, isFixed } = useFormContext();
  const id = fieldId(pointer);
  const at = value === undefined ? -1 : variantOf(field, value);
  const chosen = field.variants[at];
  return (
    <div className="flex flex-col gap-2 border-line border-l-2 py-1.5 pl-3">
      <FieldName field={field} id={id} />
      <Select
        id={id}
        disabled={isFixed}
        value={String(at)}
        onChange={({ target }) => {
          const variant = field.variants[Number(target.value)];
          edit(pointer, variant && blankOf(variant));
        }}
        look="self-start"
      >
        <option value="-1">{value === undefined ? t.notSent : t.onlyInJson}</option>
        {field.variants.map((variant, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: variants have no other name
          <option key={index} value={String(index)}>
            {variant.title ?? variant.help ?? variant.kind}
          </option>
        ))}
      </Select>
      {chosen && <FieldNode {...props} field={{ ...chosen, name: field.name }} />}
    </div>
  );
}
