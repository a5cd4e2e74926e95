import { useMemo, useState } from 'react';
import type { CallCurrent, Json } from '../../../../shared/advanced.ts';
import { isObject, pointerTo } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { SearchLine } from '../search-line.tsx';
import { Fields } from './field-group.tsx';
import type { Field } from './fields.ts';
import type { FormState } from './form.ts';
import { leafCount, operationOf } from './operation.ts';
import type { Problems } from './problems.ts';

interface FormFieldsProps {
  readonly form: FormState;
  readonly current: CallCurrent | undefined;
  readonly problems: Problems;
}

const titles: Readonly<Record<string, string>> = {
  path: t.path,
  query: t.query,
  body: t.body,
};

/** Forms with fewer fields than this need no search. */
const searchFrom = 20;

/** What there is to fill in, by where it goes. */
export function FormFields({ form, current, problems }: FormFieldsProps) {
  const { root } = operationOf(form.operation);
  const [query, setQuery] = useState('');
  const leaves = useMemo(() => leavesOf(root, ''), [root]);
  const words = query.trim().toLowerCase();
  const shown = useMemo(
    () =>
      words === ''
        ? undefined
        : new Set(
            leaves
              .filter(({ text }) => words.split(/\s+/).every((word) => text.includes(word)))
              .map(({ pointer }) => pointer),
          ),
    [leaves, words],
  );
  return (
    <div className="flex flex-col gap-4">
      {leaves.length === 0 && <p className="pt-2 text-muted">{t.nothingToFillIn}</p>}
      {leafCount(root) >= searchFrom && (
        <SearchLine label={t.searchFields} query={query} onQuery={setQuery}>
          {shown && (
            <span role="status" className="text-muted text-xs tabular-nums">
              {t.shownOf(shown.size, leaves.length)}
            </span>
          )}
        </SearchLine>
      )}
      {root.fields.map((part) => {
        const pointer = pointerTo('', part.name);
        if (part.kind !== 'object') return null;
        const value = form.values[part.name];
        if (shown && ![...shown].some((at) => at.startsWith(`${pointer}/`))) return null;
        return (
          <section key={part.name} aria-label={titles[part.name]} className="flex flex-col gap-1.5">
            <h3 className="font-semibold text-muted text-xs">{titles[part.name]}</h3>
            {value === undefined || isObject(value) ? (
              <Fields
                field={part}
                pointer={pointer}
                value={value}
                now={current?.[part.name as 'path' | 'query' | 'body'] as Json | undefined}
                problems={problems}
                secrets={form.secrets}
                shown={shown}
              />
            ) : (
              // Whatever else the JSON has in its place is told of, not overwritten.
              <p className="text-muted text-xs">{t.noObject}</p>
            )}
          </section>
        );
      })}
      {shown?.size === 0 && <p className="py-4 text-center text-muted">{t.noSuchField}</p>}
    </div>
  );
}

/** What is searched of each field: its names, where it stands, and its help. */
function leavesOf(field: Field, pointer: string): { readonly pointer: string; readonly text: string }[] {
  if (field.kind === 'object')
    return field.fields.flatMap((one) => leavesOf(one, pointerTo(pointer, one.name)));
  const { title = '', help = '' } = field;
  const names = pointer.slice(1).replaceAll('/', '.');
  return [{ pointer, text: `${title} ${names} ${names.replaceAll(/[._]/g, ' ')} ${help}`.toLowerCase() }];
}
