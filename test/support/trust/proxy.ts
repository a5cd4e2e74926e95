import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How a connection goes wrong. Bytes are counted from the beginning of the connection. */
export type LineFault =
  /** The answer is held back so long, in ms. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The answer comes in pieces of so many bytes, one every so many ms. */
  | { readonly kind: 'trickle'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'cut-answer' | 'cut-request'; readonly after: number; readonly by: 'end' | 'reset' }
  /** The connection is closed before anything of the request is read. */
  | { readonly kind: 'reset' }
  /** The request arrives; of the answer nothing ever comes, and the connection stands. */
  | { readonly kind: 'half-open' }
  /** Nothing arrives and nothing comes, and the connection stands. */
  | { readonly kind: 'black-hole' };

/** A line to the practice Zoom, beneath HTTP, that can go wrong as networks do. */
export interface Line {
  /** For the client, in place of the practice Zoom's own. */
  readonly apiUrl: string;
  /** Of the next `times` connections; undefined takes back what was armed. */
  arm(fault: LineFault | undefined, times?: number): void;
  /** Connections on which the client has sent anything. */
  tries(): number;
  /** Bytes that the practice Zoom has sent, and the client, on the newest connection. */
  newest(): { readonly answered: number; readonly asked: number };
  /** While it is silent nothing passes on any connection, old or new, and none is closed: a network that has gone. */
  silence(silent: boolean): void;
  close(): Promise<void>;
}

/** Starts on a free port of 127.0.0.1. `target` is the base of the practice Zoom's API, asked for at each connection. */
export async function startProxy(target: () => string): Promise<Line> {
  let armed: { readonly fault: LineFault; left: number } | undefined;
  let tries = 0;
  let newest = { answered: 0, asked: 0 };
  let silent = false;
  const ends = new Set<Socket>();
  let own = '';

  function next(): LineFault | undefined {
    if (!armed || armed.left === 0) return undefined;
    armed.left -= 1;
    return armed.fault;
  }

  const server = createServer((client) => {
    const fault = next();
    const to = new URL(target());
    const zoom = connect(Number(to.port), to.hostname);
    const counts = { answered: 0, asked: 0 };
    newest = counts;
    for (const end of [client, zoom]) {
      ends.add(end);
      if (silent) end.pause();
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        client.destroy();
        zoom.destroy();
      });
    }
    const breakOff = (by: 'end' | 'reset') => {
      // What was written before still arrives, as it does on a network.
      if (by === 'end') client.end(() => client.destroySoon());
      else client.resetAndDestroy();
      zoom.destroy();
    };

    client.on('data', (data: Buffer) => {
      if (counts.asked === 0) tries += 1;
      if (fault?.kind === 'reset') return breakOff('reset');
      // The practice Zoom answers only to its own name.
      const chunk = Buffer.from(
        data.toString('latin1').replace(`host: ${own}`, `host: ${to.host}`),
        'latin1',
      );
      const before = counts.asked;
      counts.asked += chunk.length;
      if (fault?.kind === 'black-hole') return;
      if (fault?.kind !== 'cut-request' || counts.asked < fault.after) zoom.write(chunk);
      else zoom.write(chunk.subarray(0, fault.after - before), () => breakOff(fault.by));
    });
    zoom.on('data', (chunk: Buffer) => {
      const before = counts.answered;
      counts.answered += chunk.length;
      if (fault?.kind === 'half-open') return;
      if (fault?.kind === 'delay') setTimeout(() => client.write(chunk), fault.ms);
      else if (fault?.kind === 'trickle') trickle(client, chunk, fault.bytes, fault.everyMs);
      else if (fault?.kind !== 'cut-answer' || counts.answered < fault.after) client.write(chunk);
      else if (before < fault.after || fault.after === 0) {
        client.write(chunk.subarray(0, fault.after - before), () => breakOff(fault.by));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get apiUrl() {
      return `http://${own}${new URL(target()).pathname}`;
    },
    arm(fault, times = 1) {
      armed = fault && { fault, left: times };
    },
    tries: () => tries,
    newest: () => newest,
    silence(now) {
      silent = now;
      for (const end of ends) {
        if (now) end.pause();
        else end.resume();
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const end of ends) end.destroy();
      }),
  };
}

function trickle(client: Socket, chunk: Buffer, bytes: number, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < chunk.length && !client.destroyed) client.write(chunk.subarray(at, at + bytes));
    else clearInterval(timer);
    at += bytes;
  }, everyMs);
}
