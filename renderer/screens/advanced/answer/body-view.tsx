import { ChevronDown, ChevronUp, Download } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { CallAnswer } from '../../../../shared/advanced.ts';
import { readJson } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { common } from '../../../../shared/words/en/common.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { wholeWords } from '../../../../shared/words/sizes.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { ask } from '../../../lib/bridge.ts';
import { Choice } from '../choice.tsx';
import { SearchLine } from '../search-line.tsx';
import { findInRaw, rawLines } from './raw.ts';
import { RawView } from './raw-view.tsx';
import { findInTree, treeOf } from './tree.ts';
import { TreeView } from './tree-view.tsx';

interface BodyViewProps {
  readonly http: NonNullable<CallAnswer['http']>;
  readonly call: string;
  readonly children: ReactNode;
}

const forms = { tree: t.tree, raw: t.raw } as const;

/** Of one character of the raw body, px; it is set in one font of fixed width. */
const characterWidth = 7.3;

/** A body: as a tree where it is JSON, as it came, and searched. */
export function BodyView({ http, call, children }: BodyViewProps) {
  const { body, form } = http;
  const value = useMemo(() => (form === 'json' ? readJson(body) : undefined), [body, form]);
  const lines = useMemo(() => (value === undefined ? undefined : treeOf(value)), [value]);
  const [isRaw, setRaw] = useState(false);
  const asTree = lines !== undefined && !isRaw;
  const [columns, setColumns] = useState(100);
  const raw = useMemo(() => (asTree ? [] : rawLines(body, columns)), [asTree, body, columns]);
  const [query, setQuery] = useState('');
  // Large bodies take a moment; what is typed does not wait for it.
  const wanted = useDeferredValue(query);
  const found = useMemo(
    () => (asTree ? findInTree(lines, wanted) : findInRaw(raw, wanted)),
    [asTree, lines, raw, wanted],
  );
  const hits = useMemo(() => new Set(found), [found]);
  const [step, setStep] = useState(0);
  const [unsaved, setUnsaved] = useState<string>();
  const at = found.length === 0 ? 0 : ((step % found.length) + found.length) % found.length;
  const onWidth = (px: number) => setColumns(Math.max(20, Math.floor((px - 24) / characterWidth)));
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        {lines && (
          <Choice
            label={t.body}
            choices={forms}
            chosen={isRaw ? 'raw' : 'tree'}
            onChoose={(one) => setRaw(one === 'raw')}
          />
        )}
        <div className="ml-auto flex flex-wrap gap-1">
          {children}
          <CopyButton
            look="quiet"
            label={common.copy}
            what={t.theBody}
            action={{ type: 'clipboard.copy', text: body }}
          />
          <Button
            look="quiet"
            icon={Download}
            onPress={async () => {
              const result = await ask(window.tally.advanced.save({ call }));
              setUnsaved(result.ok ? undefined : spoken(result.error.what));
            }}
          >
            {common.save}
          </Button>
          {unsaved && (
            <span role="alert" className="self-center text-danger text-xs">
              {unsaved}
            </span>
          )}
        </div>
      </div>
      <SearchLine
        label={t.searchBody}
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setStep(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey)
            setStep(event.shiftKey ? at - 1 : at + 1);
        }}
      >
        {query.trim() !== '' && (
          <>
            <span role="status" className="text-muted text-xs tabular-nums">
              {found.length === 0 ? t.notFound : t.hitOf(at + 1, wholeWords(found.length))}
            </span>
            <Button
              look="quiet"
              icon={ChevronUp}
              aria-label={t.oneBefore}
              isDisabled={found.length < 2}
              onPress={() => setStep(at - 1)}
            />
            <Button
              look="quiet"
              icon={ChevronDown}
              aria-label={t.theNext}
              isDisabled={found.length < 2}
              onPress={() => setStep(at + 1)}
            />
          </>
        )}
      </SearchLine>
      {asTree ? (
        <TreeView lines={lines} found={hits} hit={found[at]} />
      ) : (
        <RawView lines={raw} found={hits} hit={found[at]} onWidth={onWidth} />
      )}
    </div>
  );
}
