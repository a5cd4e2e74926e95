import type { SettingChange, SettingLeaf } from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { valueWords } from './words.ts';

interface BeforeAfterProps {
  readonly leaf: SettingLeaf | undefined;
  readonly change: SettingChange;
  readonly words?: readonly [string, string];
}

/** A change as two values, each with its word, so that it does not hang on an arrow or a colour. */
export function BeforeAfter({ leaf, change, words = [t.before, t.after] }: BeforeAfterProps) {
  const before =
    change.before === undefined && leaf?.access === 'write' ? t.notTold : valueWords(leaf, change.before);
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm">
      <dt className="text-muted">{words[0]}</dt>
      <dd className="selectable text-muted [overflow-wrap:anywhere]">
        <bdi>{before}</bdi>
      </dd>
      <dt className="text-muted">{words[1]}</dt>
      <dd className="selectable font-medium [overflow-wrap:anywhere]">
        <bdi>{valueWords(leaf, change.after)}</bdi>
      </dd>
    </dl>
  );
}
