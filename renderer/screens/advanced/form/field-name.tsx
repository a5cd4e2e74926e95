import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import type { Field } from './fields.ts';

/** What a field is called: by Zoom, in words where there are some, and what has to be known before it is filled in. */
export function FieldName({ field, id }: { readonly field: Field; readonly id: string }) {
  const { name, title, required, deprecated, since, administrators } = field;
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <label htmlFor={id} id={`${id}-name`} className="min-w-0 [overflow-wrap:anywhere]">
        {title && <span className="mr-2 font-medium">{title}</span>}
        <code className={`font-mono text-xs ${title ? 'text-muted' : 'font-semibold text-text'}`}>
          {name}
        </code>
      </label>
      {required && <span className="font-medium text-xs">{t.required}</span>}
      {administrators && <span className="text-muted text-xs">{t.administratorsOnly}</span>}
      {since && <span className="text-muted text-xs">{t.laterAddition(since)}</span>}
      {deprecated && <span className="text-muted text-xs">{t.outOfDate}</span>}
    </span>
  );
}
