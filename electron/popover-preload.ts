import { contextBridge, ipcRenderer } from 'electron';
import {
  type PopoverBridge,
  type PopoverCall,
  type PopoverMessage,
  popoverChannel,
} from '../shared/ipc/popover.ts';

// All that the page of the popover can reach.

const call = (name: PopoverCall) => (input?: unknown) => ipcRenderer.invoke(popoverChannel(name), input);

function listenTo<Payload>(name: PopoverMessage) {
  return (listener: (payload: Payload) => void) => {
    // The event object stays here: it would hand ipcRenderer to the page.
    const forward = (_event: unknown, payload: Payload) => listener(payload);
    ipcRenderer.on(popoverChannel(name), forward);
    return () => void ipcRenderer.off(popoverChannel(name), forward);
  };
}

contextBridge.exposeInMainWorld('popover', {
  state: { get: call('get'), changed: listenTo('changed') },
  actions: { run: call('run') },
  picture: { shown: call('face') },
  popover: { opening: call('opening'), opened: listenTo('opened'), drawn: call('drawn'), hide: call('hide') },
} satisfies PopoverBridge);
