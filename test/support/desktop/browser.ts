/**
 * The desktop's browser: a real Chromium, and the `xdg-open` by which the system hands an address to it. That program is the
 * only thing that stands in for the desktop, and Tally finds it as it finds the real one, by the PATH.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { watchPage, watchRequests } from './problems.ts';

/** Milliseconds a test waits for an address. */
const patience = 15_000;

export interface DesktopBrowser {
  /** For `LaunchOptions.path`: the folder with `xdg-open`. */
  readonly path: string;
  /** The next address that was handed over and not asked for yet; waits for it. No page is opened. */
  address(): Promise<URL>;
  /** The next address as above, and a page that has been taken there. */
  opened(): Promise<{ readonly url: URL; readonly page: Page }>;
  /** A page at any address, in the same profile: cookies and history are shared by all pages of a test. */
  visit(url: string | URL): Promise<Page>;
  /** How many addresses were handed over so far. */
  count(): number;
  /** The arguments by which they were. */
  handed(): readonly string[];
  /** From now on `xdg-open` ends with this code and no address arrives; 3 is its "no program found", 0 makes it work again. */
  breakWith(exitCode: number): void;
}

/** Debian's Chromium with a profile of its own; throws with the remedy where it is not installed. */
export function startChromium(): Promise<Browser> {
  // No sandbox for root, as Chromium asks for; the pages are the test's own.
  return chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: process.getuid?.() !== 0 });
}

/** `problems` gets what goes wrong in a page. `close` ends its pages and takes `xdg-open` away. */
export async function startDesktopBrowser(
  browser: Browser,
  problems: string[],
): Promise<DesktopBrowser & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-browser-'));
  const context = await browser.newContext();
  context.on('page', (page) => {
    watchPage(page, 'browser', problems);
    watchRequests(page, 'browser', problems);
  });
  const addresses: URL[] = [];
  const handed: string[] = [];
  let taken = 0;
  let exitCode = 0;
  const waiting = new Set<() => void>();

  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    let address = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      address += data;
    });
    socket.on('error', () => {});
    socket.on('end', async () => {
      if (exitCode === 0) {
        handed.push(address);
        addresses.push(await whereItLeads(new URL(address)));
        for (const wake of waiting) wake();
      }
      socket.end(String(exitCode));
    });
  });
  const socketPath = join(folder, 'socket');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  const path = join(folder, 'bin');
  writeXdgOpen(folder, path, socketPath);

  async function visit(url: string | URL): Promise<Page> {
    const page = await context.newPage();
    await page.goto(String(url));
    return page;
  }
  async function address(): Promise<URL> {
    const deadline = Date.now() + patience;
    for (;;) {
      const next = addresses[taken];
      if (next) {
        taken++;
        return next;
      }
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No address was handed to the browser (waited ${patience} ms).`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
  }
  return {
    path,
    address,
    async opened() {
      const url = await address();
      return { url, page: await visit(url) };
    },
    visit,
    count: () => addresses.length,
    handed: () => handed,
    breakWith(code) {
      exitCode = code;
    },
    async close() {
      await context.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Tally hands over an address of its own, which leads to the other one once. */
async function whereItLeads(address: URL): Promise<URL> {
  if (address.hostname !== '127.0.0.1' || !/^\/[\w-]{22}$/.test(address.pathname)) return address;
  const { headers } = await fetch(address, { redirect: 'manual' });
  return new URL(headers.get('location') ?? address);
}

/** Hands its argument to the socket and ends with the code that comes back. */
function writeXdgOpen(folder: string, path: string, socketPath: string): void {
  const script = join(folder, 'hand-over.cjs');
  writeFileSync(
    script,
    `const socket = require('node:net').connect(${JSON.stringify(socketPath)});
socket.on('data', (code) => { process.exitCode = Number(String(code)); });
socket.on('error', () => { process.exitCode = 4; });
socket.end(process.argv[2] ?? '');
`,
  );
  mkdirSync(path);
  const program = join(path, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(program, 0o755);
}
