import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createSnapshotStore } from './lib/bridge.ts';
import './theme.css';

// react-aria keeps each element that is removed while two of its properties change, for ever (adobe/react-spectrum#7326). It
// learns of transitions from this event alone, and nothing here waits for one.
window.addEventListener('transitionrun', (event) => event.stopPropagation(), true);

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <App bridge={window.tally} store={createSnapshotStore(window.tally)} />
  </StrictMode>,
);
