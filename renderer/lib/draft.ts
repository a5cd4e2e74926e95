import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';

/** How long after the last key what is typed goes to main, in ms. */
const pause = 150;

type Line = HTMLInputElement | HTMLTextAreaElement;

/**
 * What is typed, before main knows it. While the field is in use it shows the draft, so that an answer on its way back
 * never takes a letter away; when it is left it shows what main has.
 * @param known what main has
 * @param send resolves when main has taken it
 */
export function useDraft(known: string, send: (text: string) => Promise<unknown>) {
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
  const leave = async () => {
    await flush();
    if (unsent.current === undefined) setDraft(undefined);
  };
  const text = draft ?? known;
  return {
    text,
    /** What the line to type in is given. What is typed and was not sent yet goes at once when it is left, or Enter pressed. */
    line: {
      value: text,
      onChange: ({ target: { value } }: ChangeEvent<Line>) => {
        setDraft(value);
        unsent.current = value;
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(flush, pause);
      },
      onBlur: leave,
      // In several lines Enter makes one more.
      onKeyDown: ({ key, currentTarget }: KeyboardEvent<Line>) => {
        if (key === 'Enter' && currentTarget.tagName === 'INPUT') void leave();
      },
    },
  };
}
