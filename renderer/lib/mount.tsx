import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** Draws a page. */
export function mount(page: ReactNode): void {
  // react-aria keeps each element that is removed while two of its properties change, for ever (adobe/react-spectrum#7326). It
  // learns of transitions from this event alone, and nothing here waits for one.
  window.addEventListener('transitionrun', (event) => event.stopPropagation(), true);
  const place = document.getElementById('root');
  if (!place) throw new Error('The page has no #root');
  createRoot(place).render(<StrictMode>{page}</StrictMode>);
}
