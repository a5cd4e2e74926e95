import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Action } from '../../shared/actions.ts';
import { common } from '../../shared/words/en/common.ts';
import { useRun } from '../lib/actions.ts';
import { Button } from './button.tsx';

/** How long "Copied" stands, in ms. */
const shownFor = 2_000;

interface CopyButtonProps {
  /** What puts the text on the clipboard. */
  readonly action: Action;
  readonly label: string;
  /** What is copied, in words, where the label alone does not say it. */
  readonly what?: string;
  readonly look?: NonNullable<Parameters<typeof Button>[0]['look']>;
  readonly isLow?: boolean;
  /** There is nothing to copy yet. */
  readonly isDisabled?: boolean;
}

/** Copies, and says so once the clipboard has it. */
export function CopyButton({ action, label, what, look = 'plain', ...button }: CopyButtonProps) {
  const run = useRun();
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return;
    const timer = setTimeout(() => setCopied(0), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const shown = copied ? common.copied : label;
  const Icon = copied ? Check : Copy;
  return (
    <>
      <Button
        {...button}
        look={look}
        icon={Icon}
        {...(what ? { 'aria-label': common.about(shown, what) } : {})}
        onPress={async () => {
          if (await run(action)) setCopied((times) => times + 1);
        }}
      >
        {shown}
      </Button>
      <span role="status" className="sr-only">
        {copied > 0 && common.copied}
      </span>
    </>
  );
}
