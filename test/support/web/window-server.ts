import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { pagePolicy } from '../../../electron/desktop/page-policy.ts';
import { root } from '../../../scripts/electron.mjs';
import { createBridge, withBridge } from './bridge.ts';
import { type CoreOptions, startCore } from './core.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface WindowServer {
  readonly address: string;
  close(): Promise<void>;
}

/** The built window and popover (out/renderer) for any browser, under the policy that they have in the app, over core at a practice Zoom. */
export async function serveBuiltWindow(options: CoreOptions): Promise<WindowServer> {
  const core = await startCore(options);
  const bridge = createBridge(core);
  const server = createServer(async (request, response) => {
    if (await bridge.serve(request, response)) return;
    const path = normalize(new URL(request.url ?? '/', 'http://window').pathname);
    const name = path === '/' ? '/index.html' : path;
    // Asked for by every browser; the app's window has none.
    if (name === '/favicon.ico') return void response.writeHead(204).end();
    try {
      const content = await readFile(join(root, 'out/renderer', name));
      response.writeHead(200, {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        'content-security-policy': pagePolicy,
      });
      response.end(name.endsWith('.html') ? withBridge(content.toString()) : content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      bridge.close();
      server.closeAllConnections();
      server.close();
      await core.close();
    },
  };
}
