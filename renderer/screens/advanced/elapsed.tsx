import { useEffect, useState } from 'react';
import { elapsedWords } from './words.ts';

/** How often it is drawn anew, in ms. */
const step = 100;

/** How long something has been under way. */
export function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), step);
    return () => window.clearInterval(timer);
  }, []);
  // Whole tenths: more would only flicker.
  const tenths = Math.floor(Math.max(0, now - since) / step) * step;
  return <span className="tabular-nums">{elapsedWords(tenths)}</span>;
}
