/** A worker: the app's client by itself, in plain Node. Sends each file that it is told of, and tells how that went. */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { checkedFile } from '../../electron/core/backgrounds/queue-file.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import { clock } from '../../electron/desktop/clock.ts';
import { disk } from '../../electron/desktop/files/disk.ts';

const apiUrl = workerData as string;
const answer = async () => ({ ok: true as const, token: 'bench' });
const session = { accessToken: answer, refresh: answer };
const zoom = createZoomClient({ clock, session, apiUrl: () => apiUrl, random: Math.random });

parentPort?.on('message', async (path: string) => {
  const { size, mtimeMs } = statSync(path);
  const { file } = checkedFile(disk, path, 'bench.mp4', { sha256: '', size, mtimeMs });
  const sent = await zoom.call('uploadVBuser', { file });
  parentPort?.postMessage(sent.ok ? 'sent' : sent.error.what);
});
