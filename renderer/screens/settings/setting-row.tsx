import { ExternalLink, TriangleAlert, Undo2 } from 'lucide-react';
import { memo, useContext, useEffect, useState } from 'react';
import { sameJson } from '../../../shared/json.ts';
import type { SettingLeaf } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { sentence } from '../../lib/sentence.tsx';
import { AuthenticationOptions } from './authentication-options.tsx';
import { apiKey, isAuthentication, whyReadOnly } from './catalogue.ts';
import { ChoiceEditor, hasSegments, NumberEditor, SwitchEditor, TextEditor } from './editors.tsx';
import { DetailsContext, type EditorProps, rowId, useForm } from './form.ts';
import { FixedList, ListEditor } from './list-editor.tsx';
import { PickedList } from './picked-list.tsx';
import type { RowState } from './row-state.ts';
import { SettingNotes } from './setting-notes.tsx';
import { TableEntries } from './table-entries.tsx';
import { valueWords } from './words.ts';

interface SettingRowProps {
  readonly leaf: SettingLeaf;
  /** Nothing can be changed at all. */
  readonly readOnly: boolean;
  readonly state: RowState;
}

/** One setting: what it is called and does, its editor, and what became of it. */
export const SettingRow = memo(
  function SettingRow({ leaf, readOnly, state }: SettingRowProps) {
    const [warned, setWarned] = useState(false);
    const id = rowId(leaf.key);
    const why = whyReadOnly(leaf);
    const closed = readOnly || why !== undefined || state.locked !== undefined;
    const warns = leaf.unknown === true && !closed && !warned && !state.edited;
    const fixed = closed || warns;
    const editor: EditorProps = {
      leaf,
      value: state.locked === undefined ? state.value : state.before,
      offered: state.offered,
      fixed,
      invalid: state.invalid !== undefined,
      id: `${id}-editor`,
      labels: { 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-help ${id}-notes` },
    };
    const beside = isBeside(editor);
    return (
      <div
        id={id}
        tabIndex={-1}
        data-setting={leaf.key}
        className={`relative flex scroll-mt-20 scroll-mb-32 flex-col gap-2 p-4 outline-none focus:bg-sunken sm:px-6 ${
          state.edited ? 'shadow-[inset_3px_0_var(--text)]' : ''
        }`}
      >
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <div className="min-w-0 flex-1 basis-56">
            <div className="flex items-start gap-2">
              {/* biome-ignore lint/a11y/noLabelWithoutControl: where there is no editor, it goes to none */}
              <label
                id={`${id}-title`}
                {...(isLabelled(editor) ? { htmlFor: editor.id } : {})}
                className="min-w-0 font-medium [overflow-wrap:anywhere]"
              >
                {leaf.title}
              </label>
              {leaf.deprecated && (
                <span className="shrink-0 rounded-md bg-sunken px-1.5 text-muted text-xs">{t.old}</span>
              )}
            </div>
            <p id={`${id}-help`} className="text-muted">
              {leaf.help}
            </p>
          </div>
          {beside && <Editor {...editor} />}
        </div>
        {!beside && <Editor {...editor} />}
        {warns && <Warning leaf={leaf} onGoOn={() => setWarned(true)} />}
        {warned && <FocusOnce id={editor.id} />}
        <div className={isElsewhere(leaf) ? 'flex flex-wrap items-center gap-x-3 text-xs' : 'contents'}>
          <SettingNotes leaf={leaf} state={state} id={`${id}-notes`} readOnly={readOnly} fixedBecause={why} />
          {isElsewhere(leaf) && <OpenPortal leaf={leaf} />}
        </div>
        <Details leaf={leaf} />
        {state.edited && state.locked === undefined && !readOnly && <Changed leaf={leaf} state={state} />}
      </div>
    );
  },
  (a, b) => a.leaf === b.leaf && a.readOnly === b.readOnly && sameJson(a.state, b.state),
);

/** Whether the editor is small enough to stand at the end of the first line. */
function isBeside({ leaf, value, fixed }: EditorProps): boolean {
  switch (leaf.type) {
    case 'switch':
    case 'number':
    case 'choice':
      return true;
    case 'text':
      return (leaf.maxLength ?? 1_000) <= 40 || leaf.secret === true || (fixed && typeof value !== 'string');
    default:
      return false;
  }
}

/** Whether the editor is one field that a click on the title goes to. */
function isLabelled(editor: EditorProps): boolean {
  const { leaf, fixed } = editor;
  if (leaf.type === 'choice') return !fixed && !hasSegments(leaf);
  if (leaf.type === 'list') return !fixed && !leaf.choices && !leaf.from && !isPlain(editor);
  return leaf.type !== 'table' && !isPlain(editor);
}

/** Whether the value is shown as words, as it cannot be changed or is not what the catalogue says. */
function isPlain({ leaf, value, fixed }: EditorProps): boolean {
  const { type, access } = leaf;
  if (value === undefined) return access !== 'write' || fixed;
  if (type === 'switch') return typeof value !== 'boolean';
  if (type === 'list') return !Array.isArray(value);
  if (type === 'table') return false;
  if (type === 'choice') return fixed;
  return fixed || typeof value === 'object';
}

function Editor(props: EditorProps) {
  const { leaf, value, labels, fixed } = props;
  if (isPlain(props))
    return (
      <span className="min-w-0 max-w-full text-muted [overflow-wrap:anywhere]">
        <bdi className="selectable">{valueWords(leaf, value)}</bdi>
      </span>
    );
  switch (leaf.type) {
    case 'switch':
      return <SwitchEditor {...props} />;
    case 'choice':
      return <ChoiceEditor {...props} />;
    case 'number':
      return <NumberEditor {...props} />;
    case 'text':
      return <TextEditor {...props} />;
    case 'list':
      if (leaf.from) return <PickedList {...props} />;
      return fixed || leaf.choices ? <FixedList {...props} /> : <ListEditor {...props} />;
    case 'table':
      return isAuthentication(leaf) ? (
        <AuthenticationOptions {...props} />
      ) : (
        <TableEntries leaf={leaf} value={value} labelledBy={labels['aria-labelledby']} />
      );
  }
}

/** Whether a setting can be changed, if at all, on Zoom's website alone. */
function isElsewhere({ access, type }: SettingLeaf): boolean {
  return access === 'read' && type !== 'table';
}

function OpenPortal({ leaf }: { readonly leaf: SettingLeaf }) {
  const { openPortal } = useForm();
  return (
    <button
      type="button"
      aria-label={t.openZoomsSettingsFor(leaf.title)}
      onClick={openPortal}
      className="inline-flex min-h-6 items-center gap-1 rounded font-medium underline decoration-edge underline-offset-2 hover:decoration-text"
    >
      {t.openZoomsSettings}
      <ExternalLink className="size-3" />
    </button>
  );
}

/** Before a setting is changed of which nothing is known but its name and value. */
function Warning({ leaf, onGoOn }: { readonly leaf: SettingLeaf; readonly onGoOn: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      <p className="flex min-w-0 flex-1 basis-56 gap-1.5">
        <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0">{t.unknownSetting}</span>
      </p>
      <Button aria-label={t.changeAnywayOne(leaf.title)} onPress={onGoOn}>
        {t.changeAnyway}
      </Button>
    </div>
  );
}

/** Takes the focus to an editor that was opened just now: the button that had it is gone. */
function FocusOnce({ id }: { readonly id: string }) {
  useEffect(() => document.getElementById(id)?.focus(), [id]);
  return null;
}

function Changed({ leaf, state }: { readonly leaf: SettingLeaf; readonly state: RowState }) {
  const { revert } = useForm();
  return (
    <div className="-mb-1 flex flex-wrap items-center gap-x-2 text-muted text-xs">
      <p className="min-w-0 [overflow-wrap:anywhere]">
        {leaf.access === 'write'
          ? common.changed
          : sentence(t.changedNow, <bdi className="font-medium">{valueWords(leaf, state.before)}</bdi>)}
      </p>
      <Button
        look="quiet"
        icon={Undo2}
        aria-label={t.revertOne(leaf.title)}
        onPress={() => revert([leaf.key])}
      >
        {t.revert}
      </Button>
    </div>
  );
}

/** What Zoom calls it and starts with, where the person wants to know. */
function Details({ leaf }: { readonly leaf: SettingLeaf }) {
  const key = apiKey(leaf.key);
  if (!useContext(DetailsContext)) return null;
  return (
    <div className="-mb-1 flex flex-wrap items-center gap-x-3 text-muted text-xs">
      <code className="selectable min-w-0 font-mono [overflow-wrap:anywhere]">{key}</code>
      <CopyButton
        action={{ type: 'clipboard.copy', text: key }}
        label={common.copy}
        what={key}
        look="quiet"
      />
      {leaf.since !== undefined && <span>{t.laterAddition(leaf.since)}</span>}
      {leaf.initial !== undefined && <span>{t.zoomsDefault(valueWords(leaf, leaf.initial))}</span>}
    </div>
  );
}
