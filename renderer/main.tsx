import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createSnapshotStore } from './lib/bridge.ts';
import './theme.css';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <App bridge={window.tally} store={createSnapshotStore(window.tally)} />
  </StrictMode>,
);
