import { App } from './app.tsx';
import { createSnapshotStore } from './lib/bridge.ts';
import { mount } from './lib/mount.tsx';

const store = createSnapshotStore(window.tally);
// Until there is something to show, the page's own first frame stands.
const stop = store.subscribe(() => {
  stop();
  mount(<App bridge={window.tally} store={store} />);
});
