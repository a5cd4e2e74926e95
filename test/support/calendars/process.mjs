// What Electron gives a process of its own, in a plain one of Node's. The argument is the module that it runs.
Object.assign(process, {
  parentPort: {
    once: (_event, listener) => process.once('message', (data) => listener({ data })),
    postMessage: (message) => process.send?.(message),
  },
});
await import(process.argv[2] ?? '');
