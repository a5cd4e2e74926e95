import { LockKeyhole, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { SettingLeaf } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { Conflict } from '../../components/conflict.tsx';
import { FieldWords } from '../../components/field-words.tsx';
import { sentence } from '../../lib/sentence.tsx';
import { apiKey } from './catalogue.ts';
import { useForm } from './form.ts';
import type { RowState } from './row-state.ts';
import { needWords, valueWords } from './words.ts';

interface SettingNotesProps {
  readonly leaf: SettingLeaf;
  readonly state: RowState;
  /** Names the words, so that the editor can be described by them. */
  readonly id: string;
  readonly readOnly: boolean;
  readonly fixedBecause: string | undefined;
}

/** Below a setting: what is wrong with it, who locked it, what it needs, what became of the last save. */
export function SettingNotes({ leaf, state, id, readOnly, fixedBecause }: SettingNotesProps) {
  const { edit, resolve, jump, byKey } = useForm();
  const { locked, kept, conflict, needs, edited, before, value, warning, elsewhere } = state;
  const wrong = locked === undefined ? state.invalid : undefined;
  const fixed = locked !== undefined ? t.locked(locked) : fixedBecause;
  return (
    <div className="flex flex-col gap-2 text-xs empty:hidden [&:has(>p:only-child>span:only-child:empty)]:hidden">
      <FieldWords
        id={id}
        problem={wrong}
        warning={warning && !fixed && <WithIcon icon={TriangleAlert} words={warning} />}
        className="has-[>span:only-child:empty]:hidden [overflow-wrap:anywhere]"
      >
        {fixed && <WithIcon icon={LockKeyhole} words={fixed} />}
      </FieldWords>
      {elsewhere && (
        <p className="text-muted [overflow-wrap:anywhere]">
          {sentence(
            t.twice,
            <code className="font-mono">{apiKey(elsewhere.key)}</code>,
            <bdi className="font-medium">{valueWords(leaf, elsewhere.value)}</bdi>,
            <code className="font-mono">{apiKey(leaf.key)}</code>,
          )}
        </p>
      )}
      {needs.length > 0 && (
        <p className="flex flex-wrap items-baseline gap-x-1.5 text-muted">
          {t.needs}
          {needs.map((need) => (
            <button
              key={need.key}
              type="button"
              onClick={() => jump(need.key)}
              className="min-h-6 rounded font-medium text-text underline decoration-edge underline-offset-2 hover:decoration-text"
            >
              {needWords(byKey, need)}
            </button>
          ))}
        </p>
      )}
      {conflict && edited && !readOnly && (
        <Conflict title={leaf.title} onResolve={(take) => resolve(leaf.key, take)}>
          <p className="[overflow-wrap:anywhere]">
            {sentence(
              t.changedInZoomSince,
              <bdi className="font-medium">{valueWords(leaf, before)}</bdi>,
              <bdi className="font-medium">{valueWords(leaf, value)}</bdi>,
            )}
          </p>
        </Conflict>
      )}
      {kept && !edited && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="min-w-0 [overflow-wrap:anywhere]">
            {sentence(t.zoomKept, <bdi className="font-medium">{valueWords(leaf, kept.sent)}</bdi>)}
          </p>
          {!readOnly && (
            <Button aria-label={common.tryAgainOf(leaf.title)} onPress={() => edit(leaf.key, kept.sent)}>
              {common.tryAgain}
            </Button>
          )}
        </div>
      )}
      {locked !== undefined && edited && !readOnly && (
        <p className="[overflow-wrap:anywhere]">
          {sentence(t.notSaved, <bdi className="font-medium">{valueWords(leaf, value)}</bdi>)}
        </p>
      )}
    </div>
  );
}

function WithIcon({ icon: Icon, words }: { readonly icon: LucideIcon; readonly words: string }) {
  return (
    <span className="flex gap-1.5">
      <Icon className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0">{words}</span>
    </span>
  );
}
