import type { BackgroundsView, UploadView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { clockTime } from '../../lib/time.ts';

/** Nothing more happens to it by itself. */
export function isFinished({ state }: UploadView): boolean {
  return state === 'done' || state === 'refused' || state === 'failed' || state === 'cancelled';
}

/** How much of a file was made or handed over, 0 to 1; undefined where nothing is on its way. */
export function fractionSent({ state, sent = 0, bytes, making }: UploadView): number | undefined {
  if (state === 'making') return making?.share ?? 0;
  if (state === 'zoom' || state === 'checking') return 1;
  if (state !== 'sending') return undefined;
  return bytes > 0 ? Math.min(1, sent / bytes) : 0;
}

/** Where an upload is. `now` is epoch ms. */
export function stateWords(upload: UploadView, now: number): string {
  const { state, sent = 0, bytes, why } = upload;
  switch (state) {
    case 'inspecting':
      return t.checkingFile;
    case 'question':
      return t.needsYourAnswer;
    case 'waiting':
      return t.waitingForTurn;
    case 'sending':
      return t.sendingBytes(sizeWords(Math.min(sent, bytes)), sizeWords(bytes));
    case 'zoom':
      return t.waitingForZoom;
    case 'checking':
      return why === undefined ? t.checkingWithZoom : pauseWords(upload, now);
    case 'paused':
      return pauseWords(upload, now);
    case 'done':
      return t.uploaded;
    case 'making':
      return makingWords(upload);
    case 'refused':
      return t.unsupportedFile;
    case 'failed':
      return t.notSent;
    case 'cancelled':
      return t.skipped;
  }
}

function makingWords({ making }: UploadView): string {
  const share = new Intl.NumberFormat('en-US', { style: 'percent' }).format(making?.share ?? 0);
  return making?.again ? t.makingAgain(share) : t.making(share);
}

function pauseWords({ until, why }: UploadView, now: number): string {
  if (why === 'offline') return t.waitingForConnection;
  const when = until === undefined ? t.later : clockTime(until, now);
  return why === 'limit' ? t.pausedByLimit(when) : t.pausedByZoom(when);
}

/** How far the whole queue is, in files and bytes. What waits for an answer or will not be sent is not counted; undefined while fewer than two are left. */
export function overall(queue: readonly UploadView[]) {
  const left = queue.filter((one) =>
    ['waiting', 'sending', 'zoom', 'checking', 'paused'].includes(one.state),
  );
  const done = queue.filter(({ state }) => state === 'done');
  if (left.length === 0 || left.length + done.length < 2) return undefined;
  const total = (uploads: readonly UploadView[]) => uploads.reduce((sum, { bytes }) => sum + bytes, 0);
  const handed = left.reduce((sum, one) => sum + (fractionSent(one) ?? 0) * one.bytes, 0);
  return {
    done: done.length,
    of: left.length + done.length,
    sent: total(done) + handed,
    bytes: total(done) + total(left),
  };
}

/** What a screen reader is told when the queue changes; it holds nothing that counts bytes. */
export function announcement({ queue }: Pick<BackgroundsView, 'queue'>): string {
  const among = (...states: UploadView['state'][]) =>
    queue.filter(({ state }) => states.includes(state)).length;
  const questions = among('question');
  const onTheWay = among('inspecting', 'making', 'waiting', 'sending', 'zoom', 'checking', 'paused');
  const failed = among('failed', 'refused');
  const parts = [
    ...(questions > 0 ? [t.filesAsk(questions)] : []),
    ...(onTheWay > 0 ? [t.filesUploading(onTheWay)] : []),
    ...(among('done') > 0 ? [t.filesUploaded(among('done'))] : []),
    ...(failed > 0 ? [t.filesNotUploaded(failed)] : []),
  ];
  return parts.length > 0 ? `${parts.join(', ')}.` : '';
}

/** What deleting means where not all of it can be undone; undefined where all of it can. */
export function lossWords(chosen: readonly { readonly copy?: string }[]): string | undefined {
  const lost = chosen.filter(({ copy }) => copy === undefined).length;
  if (lost === 0) return undefined;
  if (chosen.length === 1) return t.oneIsLost;
  return lost === chosen.length ? t.allAreLost : t.someAreLost(lost, chosen.length);
}
