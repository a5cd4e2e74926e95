import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from './processes.ts';

/**
 * The page of an app's window, worked through Chromium's debugging port. Playwright is not used: it needs an inspector in the
 * main process, which would be measured along, and does not connect to Electron by this port.
 */
export interface Page {
  /** What an expression gives in the page, its promise awaited. Rejects when it throws. */
  run<T>(expression: string): Promise<T>;
  /** Waits until an expression is true. */
  until(expression: string): Promise<void>;
  /** Drops files on the middle of an element as the system does: a trusted event with real paths. */
  drop(selector: string, files: readonly string[]): Promise<void>;
  close(): void;
}

/** What an app has to be started with. */
export const debugged = '--remote-debugging-port=0';

/** Milliseconds for a window to come up, and for a page to get as far as it is waited for. */
const patience = 20_000;

/** The longest that an expression may take, in ms: a hundred megapixels on a busy machine and more. */
const longest = 300_000;

/** Connects to the first window of an app. Rejects when it has none in time. */
export async function openPage(app: App): Promise<Page> {
  const deadline = performance.now() + patience;
  let address = await pageAddress(app);
  while (!address) {
    if (performance.now() > deadline) throw new Error('The app opened no window');
    await delay(50);
    address = await pageAddress(app);
  }
  return connect(address);
}

/** Connects to the main process of an app that was started with `--inspect=PORT`. */
export async function openMain(port: number): Promise<Pick<Page, 'run' | 'close'>> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
  return connect(targets[0]?.webSocketDebuggerUrl ?? '');
}

async function connect(address: string): Promise<Page> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('The window does not answer'));
  });

  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  };
  socket.onclose = () => {
    for (const answer of waiting.values()) answer({ id: 0, error: { message: 'the window has gone' } });
  };

  async function ask(method: string, params: object): Promise<unknown> {
    const id = ++last;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await Promise.race([answered, overdue(method)]);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async function run<T>(expression: string): Promise<T> {
    // The last gives `require` in a main process.
    const params = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
    const { result, exceptionDetails: thrown } = (await ask('Runtime.evaluate', params)) as Evaluated;
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return result.value as T;
  }

  return {
    run,
    async until(expression) {
      const end = performance.now() + patience;
      while (!(await run<boolean>(`Boolean(${expression})`))) {
        if (performance.now() > end) throw new Error(`The window did not get so far: ${expression}`);
        await delay(20);
      }
    },
    async drop(selector, files) {
      const { x, y } = await run<{ x: number; y: number }>(
        `(({ left, top, width, height }) => ({ x: left + width / 2, y: top + Math.min(height, innerHeight - top) / 2 }))
          (document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`,
      );
      const data = { items: [], files, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop']) {
        await ask('Input.dispatchDragEvent', { type, x, y, data });
      }
    },
    close: () => socket.close(),
  };
}

async function overdue(method: string): Promise<never> {
  await delay(longest, undefined, { ref: false });
  throw new Error(`${method}: no answer in ${longest / 1000} s`);
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

/** Undefined while the port, or the window, is not there yet. */
async function pageAddress({ userData }: App): Promise<string | undefined> {
  try {
    const [port] = (await readFile(join(userData, 'DevToolsActivePort'), 'utf8')).split('\n');
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
    return targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
  } catch {
    return undefined;
  }
}

interface Target {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
}
