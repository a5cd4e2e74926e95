import './theme.css';
import { createSnapshotStore } from './lib/bridge.ts';
import { mount } from './lib/mount.tsx';
import { Popover } from './screens/popover/popover.tsx';

mount(<Popover bridge={window.popover} store={createSnapshotStore(window.popover)} />);
