import type { Operation } from '../../../shared/zoom/operations.gen.ts';

/** The method of a call, as a word of its own width. */
export function Method({ method }: { readonly method: Operation['method'] }) {
  return <span className="shrink-0 font-mono font-semibold text-text text-xs">{method}</span>;
}
