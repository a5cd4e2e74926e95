import { createAdvanced } from '../../../electron/core/advanced/advanced.ts';
import { openCalls } from '../../../electron/desktop/advanced/call-files.ts';
import { disk } from '../../../electron/desktop/files/disk.ts';
import { createFakeClipboard } from '../fake-clipboard.ts';
import type { ClientAt } from '../scripted-server.ts';

/** The Advanced screen's half in main at a client, with its history in a folder. */
export function advancedAt({ client, clock }: Pick<ClientAt, 'client' | 'clock'>, folder: string) {
  return createAdvanced({
    key: 'own',
    own: { id: 'me', email: 'me@example.org' },
    clock,
    zoom: client,
    apiUrl: () => 'http://127.0.0.1',
    clipboard: createFakeClipboard().clipboard,
    documents: { save: async () => ({ ok: true, value: true }) },
    calls: openCalls(folder),
    files: { preferences: () => ({ keepHistory: true }) },
    disk,
    changedAtZoom: () => {},
  });
}
