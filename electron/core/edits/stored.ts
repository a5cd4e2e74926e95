import * as z from 'zod';
import type { Edit, Edits, Kept, Saved } from './state.ts';

/** Most characters of JSON: the file of all accounts stays far below what Tally reads at its next start. */
const largest = { history: 100_000, value: 20_000, edits: 60_000 } as const;
const mostChanges = 1_000;

/**
 * How something that is edited is kept on the disk.
 * @param mostSaves how many saves can be undone
 */
export function formatOf<V>(isKey: (text: string) => boolean, value: z.ZodType<V>, mostSaves: number) {
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

  return {
    /** What survives a restart, as JSON; undefined when there is nothing. */
    store({ edits, history, intent }: Kept<V>): object | undefined {
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
