import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron';
import { channelName, contract, type DroppedFile } from '../shared/ipc/channels.ts';
import { mostPasted } from '../shared/media.ts';

// The one bridge: window.tally, one function for each entry of the IPC contract that is not of the kind `files`.
const bridge: Record<string, Record<string, (argument?: unknown) => unknown>> = {};
const fileChannels: string[] = [];
for (const [group, entries] of Object.entries(contract)) {
  const functions: (typeof bridge)[string] = {};
  for (const [method, { kind }] of Object.entries(entries)) {
    const name = channelName(group, method);
    if (kind === 'files') fileChannels.push(name);
    else functions[method] = kind === 'invoke' ? (input) => ipcRenderer.invoke(name, input) : listenTo(name);
  }
  // A group of files alone has nothing that the page can call.
  if (Object.keys(functions).length > 0) bridge[group] = functions;
}
contextBridge.exposeInMainWorld('tally', bridge);

/** Milliseconds from the page's load until its first screen is drawn and nothing of the start goes on. */
const resting = 1_500;

// What the start needed once (its garbage, functions that ran once) would stay for as long as the window does: 4 MB.
window.addEventListener('load', () =>
  setTimeout(() => requestIdleCallback(() => webFrame.clearCache()), resting),
);

function listenTo(name: string) {
  return (listener: unknown) => {
    // The event object stays here: it would hand ipcRenderer to the page.
    const forward = (_event: unknown, payload: unknown) => (listener as (payload: unknown) => void)(payload);
    ipcRenderer.on(name, forward);
    return () => ipcRenderer.off(name, forward);
  };
}

// Files go from here to main, so that the page can name none: only what a person really dropped, chosen or pasted within an
// element whose `data-files` names a channel of the kind `files` is sent there.

/** The channel of the region that `target` is in. */
function channelOf(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target : (target as Node | null)?.parentElement;
  const name = element?.closest('[data-files]')?.getAttribute('data-files') ?? '';
  return fileChannels.includes(name) ? name : undefined;
}

async function send(channel: string, files: readonly File[]): Promise<void> {
  let room = mostPasted;
  const sent: DroppedFile[] = [];
  for (const file of files) {
    const path = webUtils.getPathForFile(file);
    if (path !== '') sent.push({ path });
    else if (file.size > room) sent.push({ name: file.name });
    else {
      room -= file.size;
      const bytes = await file.arrayBuffer().catch(() => undefined);
      sent.push({ name: file.name, ...(bytes && { bytes: new Uint8Array(bytes) }) });
    }
  }
  // What comes of it shows in the next snapshot.
  await ipcRenderer.invoke(channel, sent);
}

const holdsFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true;

/** Left to itself, a file that is dropped would take the page's place. */
function over(event: DragEvent): void {
  if (!holdsFiles(event.dataTransfer)) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = channelOf(event.target) ? 'copy' : 'none';
}

window.addEventListener('dragenter', over, true);
window.addEventListener('dragover', over, true);
window.addEventListener(
  'drop',
  (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    const channel = channelOf(event.target);
    if (event.isTrusted && channel) void send(channel, [...(event.dataTransfer?.files ?? [])]);
  },
  true,
);
window.addEventListener(
  'change',
  (event) => {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.type !== 'file') return;
    const channel = channelOf(target);
    if (!event.isTrusted || !channel || !target.files?.length) return;
    void send(channel, [...target.files]);
    // Else the same file could not be chosen again.
    target.value = '';
  },
  true,
);
window.addEventListener(
  'paste',
  (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // With nothing focused, a paste goes to the body: it is meant for the one region there is.
    const regions = document.querySelectorAll('[data-files]');
    const nowhere = event.target === document.body && regions.length === 1;
    const channel = channelOf(nowhere ? (regions[0] ?? null) : event.target);
    if (!event.isTrusted || !channel || files.length === 0) return;
    event.preventDefault();
    void send(channel, files);
  },
  true,
);
