import { contextBridge, ipcRenderer } from 'electron';
import type { ChannelName } from '../shared/ipc.ts';

// The one bridge: window.tally, one function for each entry of the IPC contract, whose names main hands over.
const prefix = '--tally-channels=';
const given = process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? '[]';
const channels = JSON.parse(given) as { name: ChannelName; kind: 'invoke' | 'notify' }[];

const bridge: Record<string, Record<string, (argument?: unknown) => unknown>> = {};
for (const { name, kind } of channels) {
  const [group, method] = name.split('.') as [string, string];
  bridge[group] ??= {};
  bridge[group][method] =
    kind === 'invoke'
      ? (input) => ipcRenderer.invoke(name, input)
      : (listener) => {
          // The event object stays here: it would hand ipcRenderer to the page.
          const forward = (_event: unknown, payload: unknown) =>
            (listener as (payload: unknown) => void)(payload);
          ipcRenderer.on(name, forward);
          return () => ipcRenderer.off(name, forward);
        };
}
contextBridge.exposeInMainWorld('tally', bridge);
