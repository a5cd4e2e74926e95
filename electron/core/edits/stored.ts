import * as z from 'zod';
import { type Change, type Edit, type Edits, type Kept, omit, type Saved } from './state.ts';

/** Most characters of JSON: the file of all accounts stays far below what Tally reads at its next start. */
const largest = { history: 100_000, value: 20_000, edits: 60_000 } as const;
const mostChanges = 1_000;

/**
 * How something that is edited is kept on the disk.
 * @param mostSaves how many saves can be undone
 * @param isSecret what never goes there: neither as an edit nor as a change that could be undone
 */
export function formatOf<V>(
  isKey: (text: string) => boolean,
  value: z.ZodType<V>,
  mostSaves: number,
  isSecret: (key: string, value: V | undefined) => boolean,
) {
  const record = z.record(z.string(), z.unknown()).catch({});
  const list = z.array(z.unknown()).catch([]);
  const edit = z.object({ value, base: value.exactOptional() });
  const change = z.object({
    key: z.string().refine(isKey),
    before: value.exactOptional(),
    after: value.exactOptional(),
  });
  const saved = z
    .object({
      id: z.string().min(1).max(100),
      at: z.number().int().min(0).max(8.64e15),
      changes: z.array(change).min(1).max(mostChanges),
      undoes: z.string().max(100).exactOptional(),
    })
    .optional()
    .catch(undefined);

  const isOpen = ({ key, before, after }: Change<V>) => !isSecret(key, before) && !isSecret(key, after);
  const withoutSecrets = (one: Saved<V>): Saved<V>[] => {
    const changes = one.changes.filter(isOpen);
    return changes.length > 0 ? [{ ...one, changes }] : [];
  };

  function openPart({ edits, history, intent }: Kept<V>): Kept<V> {
    const secret = Object.entries(edits).filter(
      ([key, { value, base }]) => isSecret(key, value) || isSecret(key, base),
    );
    const [begun] = intent ? withoutSecrets(intent) : [];
    return {
      edits: omit(
        edits,
        secret.map(([key]) => key),
      ),
      history: history.flatMap(withoutSecrets),
      ...(begun && { intent: begun }),
    };
  }

  return {
    /** Whether there is something that does not belong on the disk. A former version kept it there. */
    hasSecrets: (kept: Kept<V>): boolean => JSON.stringify(openPart(kept)) !== JSON.stringify(kept),
    /** What survives a restart, as JSON; undefined when there is nothing. */
    store(kept: Kept<V>): object | undefined {
      const { edits, history, intent } = openPart(kept);
      if (Object.keys(edits).length === 0 && history.length === 0 && !intent) return undefined;
      return { edits, history, ...(intent && { intent }) };
    },
    /** Reads what `store` wrote. Each part that is not that is left out, and the others are kept. Never throws. */
    read(json: unknown): Kept<V> {
      const stored = record.parse(json);
      const edits: Record<string, Edit<V>> = {};
      for (const [key, content] of Object.entries(record.parse(stored.edits)).slice(0, mostChanges)) {
        const { data } = edit.safeParse(content);
        if (isKey(key) && data) edits[key] = data;
      }
      const history = list
        .parse(stored.history)
        .slice(0, mostSaves)
        .flatMap((one) => saved.parse(one) ?? []);
      const intent = saved.parse(stored.intent);
      return { edits, history: trim(history, mostSaves), ...(intent && { intent }) };
    },
  };
}

/** The newest saves: at most so many, and no more than fit. */
export function trim<V>(history: readonly Saved<V>[], mostSaves: number): readonly Saved<V>[] {
  let room: number = largest.history;
  const fitting: Saved<V>[] = [];
  for (const entry of history.slice(0, mostSaves)) {
    room -= JSON.stringify(entry).length;
    if (room < 0) break;
    fitting.push(entry);
  }
  return fitting;
}

/** Whether an edit is too large to be kept, by itself or together with the others. */
export function tooLarge<V>(edits: Edits<V>, key: string, wanted: V): boolean {
  if (JSON.stringify(wanted).length > largest.value) return true;
  const { [key]: _former, ...others } = edits;
  return JSON.stringify(others).length + JSON.stringify(wanted).length > largest.edits;
}
