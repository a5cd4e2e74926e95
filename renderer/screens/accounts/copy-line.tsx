import { common } from '../../../shared/words/en/common.ts';
import { CopyButton } from '../../components/copy-button.tsx';

interface CopyLineProps {
  readonly text: string;
  /** What it is, in words. */
  readonly what: string;
}

/** A line that is typed or pasted elsewhere, letter by letter, and the button that copies it. */
export function CopyLine({ text, what }: CopyLineProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <code className="selectable flex min-h-11 min-w-0 flex-1 basis-56 items-center rounded-lg border border-line bg-sunken px-3 py-1.5 text-xs [overflow-wrap:anywhere] sm:min-h-9">
        {text}
      </code>
      <CopyButton action={{ type: 'clipboard.copy', text }} label={common.copy} what={what} />
    </div>
  );
}
