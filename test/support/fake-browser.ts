import type { Browser, CallbackPage } from '../../electron/core/ports.ts';

/** A browser whose address bar the test can see, and the ports that it can come back to; those in `taken` are another program's. */
export function createWeb(taken: readonly number[] = []) {
  const opened: string[] = [];
  const listening = new Map<string, (address: string) => CallbackPage>();
  const browser: Browser = {
    async open(address) {
      opened.push(address);
      return true;
    },
    async listen(path, answered, port = 50_000) {
      if (taken.includes(port)) throw new Error('taken');
      listening.set(path, answered);
      return { port, close: () => void listening.delete(path) };
    },
  };
  return {
    browser,
    /** The addresses that were opened. */
    opened,
    /** How many ports are open. */
    open: () => listening.size,
    /** What the page says that the browser ends at; undefined where nobody listens. */
    goTo: (address: string) => listening.get(new URL(address).pathname)?.(address),
  };
}
