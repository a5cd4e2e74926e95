import type { BackgroundsView } from '../../../shared/backgrounds.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import type { Copies } from '../ports.ts';
import { asksTurned, type KeptFile, type QueueState, type Upload, viewUpload } from './queue-state.ts';

/** The local copy of a background, when there is one. */
export function keptCopyOf(state: QueueState, copies: Copies, id: string): KeptFile | undefined {
  const file = state.list.files.find((one) => one.id === id);
  const sha256 = state.contents.get(id);
  if (!file || sha256 === undefined || !copies.has(sha256)) return undefined;
  return { path: copies.path(sha256), name: file.name, print: { sha256, size: file.bytes } };
}

/** What the window shows. */
export function viewQueue(state: QueueState, copies: Copies): BackgroundsView {
  const { list, undo, hold } = state;
  const alike = state.uploads.filter(asksTurned).length - 1;
  const viewOf = (upload: Upload) => {
    const { question, ...view } = viewUpload(upload, hold);
    if (!question) return view;
    const more = alike > 0 && asksTurned(upload) ? { alike } : {};
    return { ...view, question: { ...question, ...more } };
  };
  return {
    phase: list.phase,
    ...(list.error && { error: list.error }),
    files: list.files.map((file) => {
      const copy = keptCopyOf(state, copies, file.id)?.print.sha256;
      return { ...file, ...(copy !== undefined && { copy }) };
    }),
    quota: { used: list.files.length, max: uploads.uploadVBuser.maxFiles },
    allowed: list.allowed,
    queue: state.uploads.map(viewOf),
    ...(undo && { undo: { count: undo.files.length, until: undo.until } }),
  };
}
