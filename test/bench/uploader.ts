/** A worker, or a process of its own: the app's client by itself, in plain Node. Sends each file that it is told of, and tells how that went. */
import { statSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { checkedFile } from '../../electron/core/backgrounds/queue-file.ts';
import type { MakeDispatcher } from '../../electron/core/http/connections.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import { clock } from '../../electron/desktop/clock.ts';
import { disk } from '../../electron/desktop/files/disk.ts';

/** What became of a file, and the ms that it took. */
export interface Sent {
  readonly took: number;
  readonly problem?: string;
}

const { hostname, port, pathname } = new URL((parentPort ? workerData : process.argv[2]) as string);
/** Without TLS the client takes servers of this computer alone, so another one is reached by such a name. */
const apiUrl = `http://localhost:${port}${pathname}`;
const makeDispatcher: MakeDispatcher = async (options) => {
  const { Agent } = await import('undici');
  const lookup: LookupFunction = (_name, { all }, found) =>
    all ? found(null, [{ address: hostname, family: 4 }]) : found(null, hostname, 4);
  return new Agent({ ...options, connect: { ...options.connect, lookup } });
};
const answer = async () => ({ ok: true as const, token: 'bench' });
const session = { accessToken: answer, refresh: answer };
const zoom = createZoomClient({ clock, session, apiUrl: () => apiUrl, random: Math.random, makeDispatcher });

async function send(path: string): Promise<Sent> {
  const { size, mtimeMs } = statSync(path);
  const { file } = checkedFile(disk, path, 'bench.mp4', { sha256: '', size, mtimeMs });
  const began = performance.now();
  const sent = await zoom.call('uploadVBuser', { file });
  const took = performance.now() - began;
  return { took, ...(!sent.ok && { problem: sent.error.what }) };
}

if (parentPort) parentPort.on('message', async (path: string) => parentPort?.postMessage(await send(path)));
else process.on('message', async (path: string) => process.send?.(await send(path)));
