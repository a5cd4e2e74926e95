import { useEffect, useRef, useState } from 'react';

/** How long after the last key what is typed goes to main, in ms. */
const pause = 150;

interface Draft {
  readonly text: string;
  readonly change: (text: string) => void;
  /** Sends at once what is typed and was not sent yet: the field is left, or Enter pressed. */
  readonly leave: () => void;
}

/**
 * What is typed, before main knows it. While the field is in use it shows the draft, so that an answer on its way back
 * never takes a letter away; when it is left it shows what main has.
 * @param known what main has
 * @param send resolves when main has taken it
 */
export function useDraft(known: string, send: (text: string) => Promise<unknown>): Draft {
  const [draft, setDraft] = useState<string>();
  const unsent = useRef<string>(undefined);
  const timer = useRef<number>(undefined);
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  const flush = async () => {
    window.clearTimeout(timer.current);
    const text = unsent.current;
    unsent.current = undefined;
    if (text !== undefined) await latest.current(text);
  };
  const left = useRef(flush);
  // What was typed just before the screen was changed counts, too.
  useEffect(() => () => void left.current(), []);
  return {
    text: draft ?? known,
    change: (text) => {
      setDraft(text);
      unsent.current = text;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(flush, pause);
    },
    leave: async () => {
      await flush();
      if (unsent.current === undefined) setDraft(undefined);
    },
  };
}
