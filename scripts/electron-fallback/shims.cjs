// What the fallback runtime (Electron 25.1.1, Node 18) lacks and Tally and its libraries expect. It is filled in here, never in
// the app.
const electron = require('electron');
const events = require('node:events');
const { readFileSync } = require('node:fs');
const tls = require('node:tls');
const zlib = require('node:zlib');
const workerThreads = require('node:worker_threads');
const { File } = require('node:buffer');
const { webcrypto } = require('node:crypto');

const { app, clipboard } = electron;

Symbol.dispose ??= Symbol.for('Symbol.dispose');
globalThis.File ??= File;
globalThis.crypto ??= webcrypto;
Promise.withResolvers ??= function withResolvers() {
  let resolve;
  let reject;
  const promise = new this((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};
events.addAbortListener ??= (signal, listener) => {
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
};
workerThreads.markAsUncloneable ??= () => {};
// Node 18 never ends where the last garbage collection left something to finalize: V8 posts the clean-up again and again, and
// Node waits for it (github.com/nodejs/node/issues/47748; mended in Node 24). A language without finalization is allowed, and the
// built-in fetch, which registers each request, frees nothing with it that it needs.
globalThis.FinalizationRegistry = class {
  register() {}
  unregister() {
    return false;
  }
};
// undici 8 reads these when it is loaded; it calls them only for answers in zstd, which Tally does not ask for.
for (const name of ['createZstdCompress', 'createZstdDecompress']) {
  zlib[name] ??= () => {
    throw new Error(`${name} does not exist on this fallback runtime`);
  };
}

// Node takes these authorities besides its own; Electron 25 leaves the variable unread.
const extraAuthorities = process.env.NODE_EXTRA_CA_CERTS;
if (extraAuthorities) {
  const pem = readFileSync(extraAuthorities);
  const { createSecureContext } = tls;
  tls.createSecureContext = (options) => {
    const made = createSecureContext(options);
    if (!options?.ca) made.context.addCACert(pem);
    return made;
  };
}

// Electron 45 has the selection as a clipboard of its own; here it is a word given to each function. Of several formats only the
// text is written: here each call that writes replaces what the one before wrote, and none takes both text and another format.
electron.ClipboardItem ??= class {
  constructor(items) {
    this.items = items;
  }
};
app.whenReady().then(() => {
  const board = (type) => ({
    readText: () => clipboard.readText(type),
    writeText: (text) => clipboard.writeText(text, type),
    write: async ([{ items }]) => clipboard.writeText(items['text/plain'], type),
    clear: () => clipboard.clear(type),
  });
  if (clipboard.selection) return;
  clipboard.selection = board('selection');
  clipboard.write = board('clipboard').write;
});

// As the app makes its session, not before: it is Tally that decides which dictionaries are loaded.
app.on('session-created', (session) => session.setPreloads([require.resolve('./web-utils.cjs')]));
