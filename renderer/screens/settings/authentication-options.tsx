import { isObject } from '../../../shared/json.ts';
import type { SettingValue } from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { lineLook } from '../../components/looks.ts';
import { useDraft } from '../../lib/draft.ts';
import { Switch } from './editors.tsx';
import { type EditorProps, useForm } from './form.ts';
import { asTold } from './words.ts';

type Entry = { readonly [key: string]: SettingValue };

/** A Map, as Zoom may name a way as every object inherits ('constructor'). */
const kinds: ReadonlyMap<SettingValue | undefined, string> = new Map([
  ['enforce_login', t.anybodySignedIn],
  ['enforce_login_with_domains', t.signedInWithDomains],
  ['enforce_login_with_same_account', t.signedInToSameAccount],
  ['internally', t.signedInToSameAccount],
]);

function entriesOf(value: SettingValue | undefined): readonly Entry[] {
  const all: readonly SettingValue[] = Array.isArray(value) ? value : [];
  return all.filter((entry) => isObject(entry));
}

/** The ways to sign in: which is usual, which are offered, and for which domains. */
export function AuthenticationOptions({ leaf, value, fixed, id, labels }: EditorProps) {
  const { edit } = useForm();
  const entries = entriesOf(value);
  if (entries.length === 0) return <p className="text-muted">{t.none}</p>;
  const change = (at: number, part: Entry, others: Entry = {}) =>
    edit(
      leaf.key,
      entries.map((entry, one) => (one === at ? { ...entry, ...part } : { ...entry, ...others })),
    );
  return (
    <ul {...labels} className="divide-y divide-line rounded-lg border border-line">
      {entries.map((entry, at) => {
        const own = `${id}-${at}`;
        const isDefault = entry.default_option === true;
        return (
          <li key={asTold(entry.id) || at} className="flex flex-col gap-2 p-3">
            <div>
              <bdi id={`${own}-name`} className="font-medium [overflow-wrap:anywhere]">
                {asTold(entry.name)}
              </bdi>
              <p className="text-muted text-xs">{kinds.get(entry.type) ?? asTold(entry.type)}</p>
            </div>
            {asTold(entry.type).endsWith('_with_domains') && (
              <Domains
                id={`${own}-domains`}
                value={asTold(entry.domains)}
                fixed={fixed}
                onChange={(domains) => change(at, { domains })}
              />
            )}
            <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
              <label className="flex min-h-11 items-center gap-2 sm:min-h-6">
                <input
                  type="radio"
                  name={id}
                  checked={isDefault}
                  disabled={fixed}
                  aria-describedby={`${own}-name`}
                  onChange={() => change(at, { default_option: true }, { default_option: false })}
                  className="size-4 accent-[var(--text)]"
                />
                {t.usual}
              </label>
              {typeof entry.visible === 'boolean' && (
                <span className="flex items-center gap-2">
                  <span id={`${own}-shown`}>{t.offered}</span>
                  <Switch
                    id={`${own}-visible`}
                    aria-labelledby={`${own}-shown ${own}-name`}
                    isOn={entry.visible}
                    isDisabled={fixed}
                    onChange={(visible) => change(at, { visible })}
                  />
                </span>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface DomainsProps {
  readonly id: string;
  readonly value: string;
  readonly fixed: boolean;
  readonly onChange: (domains: string) => Promise<boolean>;
}

function Domains({ id, value, fixed, onChange }: DomainsProps) {
  const { line } = useDraft(value, onChange);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs">
        {t.domains}
      </label>
      <input
        {...line}
        id={id}
        readOnly={fixed}
        autoComplete="off"
        spellCheck={false}
        className={`${lineLook} w-full`}
      />
    </div>
  );
}
