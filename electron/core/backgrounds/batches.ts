import type { UploadPhase, UploadView } from '../../../shared/backgrounds.ts';

const working: readonly UploadPhase[] = [
  'inspecting',
  'making',
  'waiting',
  'sending',
  'zoom',
  'checking',
  'paused',
];
/** The names of the uploads of a round that is over, by what came of them. */
interface EndedUploads {
  readonly done: readonly string[];
  readonly failed: readonly string[];
  /** They wait for the person's answer. */
  readonly asking: readonly string[];
}

export interface Batches {
  /** Takes in an account's queue; gives what came of it when its last upload has just come to an end. */
  update(account: string, queue: readonly UploadView[]): EndedUploads | undefined;
  /** Share of the bytes of all accounts' uploads that are handed over, 0 to 1; -1 when nothing is on its way. */
  progress(): number;
}

/** Follows queues from the first upload of each to the end of the last; what ended in an earlier round does not count again. */
export function createBatches(): Batches {
  /** The uploads of the present round by account. */
  const rounds = new Map<string, Map<string, UploadView>>();

  return {
    update(account, queue) {
      const round = rounds.get(account) ?? new Map<string, UploadView>();
      const before = round.size > 0;
      const present = new Map(queue.map((upload) => [upload.id, upload]));
      for (const id of round.keys()) if (!present.has(id)) round.delete(id);
      for (const upload of queue) {
        if (round.has(upload.id) || working.includes(upload.state)) round.set(upload.id, upload);
      }
      if ([...round.values()].some(({ state }) => working.includes(state))) {
        rounds.set(account, round);
        return undefined;
      }
      rounds.delete(account);
      return before ? ended([...round.values()]) : undefined;
    },
    progress() {
      const uploads = [...rounds.values()].flatMap((round) => [...round.values()]);
      if (uploads.length === 0) return -1;
      const counted = uploads.filter(({ state }) => state === 'done' || working.includes(state));
      const whole = counted.reduce((sum, { bytes }) => sum + bytes, 0);
      const sent = counted.reduce((sum, upload) => sum + handedOver(upload), 0);
      return whole === 0 ? 0 : Math.min(1, sent / whole);
    },
  };
}

function handedOver({ state, bytes, sent = 0 }: UploadView): number {
  return state === 'done' ? bytes : Math.min(sent, bytes);
}

function ended(uploads: readonly UploadView[]): EndedUploads | undefined {
  const named = (...states: UploadPhase[]) =>
    uploads.filter(({ state }) => states.includes(state)).map(({ name }) => name);
  const found = { done: named('done'), failed: named('failed', 'refused'), asking: named('question') };
  return Object.values(found).some((names) => names.length > 0) ? found : undefined;
}
