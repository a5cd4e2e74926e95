import type { IncomingMessage, ServerResponse } from 'node:http';
import { advancedHandlers } from '../../../electron/desktop/advanced/handlers.ts';
import { landscape } from '../../../electron/practice/state/image.ts';
import type { Result } from '../../../shared/errors.ts';
import { channelName, contract, type Handlers, type WindowMessage } from '../../../shared/ipc/channels.ts';
import type { Core } from './core.ts';

/** What the page gets for what only the app itself has. */
const onlyInTheApp = (): Result<never> => ({
  ok: false,
  error: { kind: 'internal', what: 'This works only in the app itself.', action: 'none' },
});
const nothing = (): Result<null> => ({ ok: true, value: null });
/** Whatever is asked for: there is nothing here that opens pictures. */
const picture = () => {
  const bytes = new Uint8Array(landscape(320, 180, [70, 130, 210], [40, 90, 60]));
  return { ok: true, value: { bytes, type: 'image/png' } } as const;
};

/** `window.tally` and `window.popover` for a page in any browser: the contract over HTTP, answered by core. */
export function createBridge({ tally }: Core) {
  const listeners = new Set<ServerResponse>();

  function notify(...[group, method, payload]: WindowMessage): void {
    const line = `data: ${JSON.stringify({ channel: channelName(group, method), payload })}\n\n`;
    for (const listener of listeners) listener.write(line);
  }
  const unsubscribe = tally.subscribe((snapshot) => notify('state', 'changed', snapshot));

  const handlers: Handlers = {
    state: { get: () => ({ ok: true, value: tally.snapshot() }) },
    actions: { run: (action) => tally.run(action) },
    setup: { offer: onlyInTheApp },
    navigation: { shown: nothing },
    backgrounds: {
      add: onlyInTheApp,
      preview: picture,
      frame: nothing,
      original: nothing,
      crop: onlyInTheApp,
    },
    picture: { offer: onlyInTheApp, shown: picture, save: onlyInTheApp },
    library: { add: onlyInTheApp, preview: picture, drag: onlyInTheApp },
    ...advancedHandlers(tally, { notify }, { take: async () => ({ paths: [] }) }),
  };

  function answer(channel: string, input: unknown): unknown {
    const [group = '', method = ''] = channel.split('.');
    const groups: Readonly<Record<string, Readonly<Record<string, (input: never) => unknown>>>> = handlers;
    // Of the type that this handler takes: the page is the one of this contract.
    return groups[group]?.[method]?.(input as never);
  }

  return {
    notify,
    /** Answers what belongs to the bridge; false for any other address. */
    async serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const { url = '' } = request;
      if (url === '/tally/bridge.js') {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      } else if (url === '/tally/messages') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
        listeners.add(response);
        response.once('close', () => listeners.delete(response));
      } else if (url.startsWith('/tally/call/')) {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks).toString();
        const result = await answer(
          url.slice('/tally/call/'.length),
          body === '' ? undefined : JSON.parse(body),
        );
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result, asBase64));
      } else return false;
      return true;
    },
    close(): void {
      unsubscribe();
      for (const listener of listeners) listener.end();
    },
  };
}

/** The page with what its preload would have put there. */
export function withBridge(html: string): string {
  return html.replace('<head>', '<head><script src="/tally/bridge.js"></script>');
}

const asBase64 = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;

const kinds = Object.fromEntries(
  Object.entries(contract).map(([group, entries]) => [
    group,
    Object.fromEntries(Object.entries(entries).map(([method, { kind }]) => [method, kind])),
  ]),
);

/** Stands in for both preloads: a function for each entry of the contract, but for files; and the popover, which is opened once. */
const script = `{
  const listeners = {};
  new EventSource('/tally/messages').onmessage = ({ data }) => {
    const { channel, payload } = JSON.parse(data);
    for (const listener of listeners[channel] ?? []) listener(payload);
  };
  const asBytes = (key, value) =>
    typeof value?.base64 === 'string' ? Uint8Array.from(atob(value.base64), (one) => one.charCodeAt(0)) : value;
  const invoke = (channel) => async (input) => {
    const answer = await fetch('/tally/call/' + channel, { method: 'POST', body: JSON.stringify(input) });
    return JSON.parse(await answer.text(), asBytes);
  };
  const listen = (channel) => (listener) => {
    (listeners[channel] ??= new Set()).add(listener);
    return () => listeners[channel].delete(listener);
  };
  const tally = {};
  for (const [group, entries] of Object.entries(${JSON.stringify(kinds)})) {
    tally[group] = {};
    for (const [method, kind] of Object.entries(entries)) {
      const channel = group + '.' + method;
      if (kind !== 'files') tally[group][method] = kind === 'invoke' ? invoke(channel) : listen(channel);
    }
  }
  const done = async () => ({ ok: true, value: null });
  const popover = {
    opening: async () => ({ ok: true, value: { id: 1 } }),
    opened: () => () => {},
    drawn: done,
    hide: done,
  };
  const { state, actions, picture: { shown } } = tally;
  // Neither page has the other's doors.
  if (location.pathname === '/popover.html') window.popover = { state, actions, picture: { shown }, popover };
  else window.tally = tally;
}`;
