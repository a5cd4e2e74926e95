import { App } from './app.tsx';
import { createSnapshotStore } from './lib/bridge.ts';
import { mount } from './lib/mount.tsx';

mount(<App bridge={window.tally} store={createSnapshotStore(window.tally)} />);
