import type { SettingChange, SettingKey, SettingValue } from '../../../shared/settings.ts';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';
import type { Edits, Kept, Saved } from '../edits/state.ts';
import type { Batch } from '../edits/subject.ts';
import { type Values, viewOf } from './values.ts';

/** Today's names by the former ones. */
const renamed: ReadonlyMap<string, SettingKey> = new Map(
  settingLeaves.flatMap(({ key, former }) => (former ? [[former, key]] : [])),
);

const todaysName = (key: string) => (renamed.get(key) ?? key) as SettingKey;

/** The same by today's names; where there are both, today's counts. */
export function withTodaysNames<T>(record: Readonly<Record<string, T>>): Readonly<Record<SettingKey, T>> {
  const entries = Object.entries(record);
  const former = entries.filter(([key]) => renamed.has(key));
  if (former.length === 0) return record;
  const others = entries.filter(([key]) => !renamed.has(key));
  return Object.fromEntries([...former.map(([key, value]) => [todaysName(key), value]), ...others]);
}

/** What was kept on the disk, by today's names. */
export function keptByTodaysNames(kept: Kept<SettingValue>): Kept<SettingValue> {
  const rename = ({ changes, ...saved }: Saved<SettingValue>) => ({
    ...saved,
    changes: changes.map((change) => ({ ...change, key: todaysName(change.key) })),
  });
  return {
    ...kept,
    edits: withTodaysNames(kept.edits) as Edits<SettingValue>,
    history: kept.history.map(rename),
    ...(kept.intent && { intent: rename(kept.intent) }),
  };
}

/** Remembers which settings the account tells by a former name: it takes them by that name. */
export function createNames() {
  /** Former names by today's. */
  const former = new Map<SettingKey, SettingKey>();
  const asTold = (key: SettingKey) => former.get(key) ?? key;
  return {
    asTold,
    /** What was told of a view, by today's names. */
    read(view: string, told: Values): Values {
      for (const [name, key] of renamed) {
        if (viewOf(key) !== view) continue;
        const once = name as SettingKey;
        if (told[once] !== undefined && told[key] === undefined) former.set(key, once);
        else former.delete(key);
      }
      return withTodaysNames(told);
    },
    /** The batches that are made of changes by the names that the account tells, for keys of today. */
    batches(
      changes: readonly SettingChange[],
      first: ReadonlySet<SettingKey>,
      make: (changes: readonly SettingChange[], first: ReadonlySet<SettingKey>) => readonly Batch[],
    ): readonly Batch[] {
      const told = changes.map((change) => ({ ...change, key: asTold(change.key) }));
      return make(told, new Set([...first].map(asTold))).map(({ keys, send }) => ({
        keys: keys.map(todaysName),
        send: (some) => send(some.map((key) => asTold(key as SettingKey))),
      }));
    },
  };
}
