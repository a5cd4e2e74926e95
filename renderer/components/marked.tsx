import { highlight } from '../lib/terms.ts';

/** A text in which the words that were searched for are marked. */
export function Marked({ text, terms }: { readonly text: string; readonly terms: readonly string[] }) {
  return highlight(text, terms).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
      <mark key={at} className="rounded-sm bg-[var(--stripe-b)] text-[var(--stripe-text)]">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
