import type { UploadPhase, UploadView } from '../../../shared/backgrounds.ts';

const working: readonly UploadPhase[] = ['inspecting', 'waiting', 'sending', 'zoom', 'checking', 'paused'];
/** Names told in a notification; the rest is counted. */
const mostNames = 4;

/** What a person is told at the end of a queue. */
export interface Summary {
  readonly title: string;
  readonly body: string;
}

export interface Batches {
  /** Takes in an account's queue; gives what to tell when its last upload has just come to an end. */
  update(account: string, queue: readonly UploadView[]): Summary | undefined;
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
      return before ? summary([...round.values()]) : undefined;
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

function summary(uploads: readonly UploadView[]): Summary | undefined {
  const named = (states: readonly UploadPhase[]) => uploads.filter(({ state }) => states.includes(state));
  const done = named(['done']);
  const failed = named(['failed', 'refused']);
  const open = named(['question']);
  if (done.length + failed.length + open.length === 0) return undefined;
  const lines = [
    ...(done.length > 0 && failed.length + open.length > 0 ? [`Uploaded: ${names(done)}`] : []),
    ...(failed.length > 0 ? [`Not uploaded: ${names(failed)}`] : []),
    ...(open.length > 0 ? [`Waiting for your answer: ${names(open)}`] : []),
  ];
  if (lines.length === 0) {
    return { title: done.length === 1 ? 'Background uploaded' : 'Backgrounds uploaded', body: names(done) };
  }
  const title = failed.length > 0 ? 'Not every background was uploaded' : 'Tally needs an answer';
  return { title, body: lines.join('\n') };
}

function names(uploads: readonly UploadView[]): string {
  const told = uploads.slice(0, mostNames).map(({ name }) => name);
  const rest = uploads.length - told.length;
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ');
}
