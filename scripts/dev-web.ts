// `npm run dev:web`: the window in any browser, for whoever works on it: reloaded as its files are saved, over core at a practice Zoom.
// What only the app itself has (files, the system's dialogs) says so; every background shows the same picture.
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { createServer, type Plugin } from 'vite';
import { createBridge, withBridge } from '../test/support/web/bridge.ts';
import { startCore } from '../test/support/web/core.ts';

const bridge = createBridge(await startCore({ hasAccount: true }));
const bridged: Plugin = {
  name: 'tally-bridge',
  configureServer({ middlewares }) {
    middlewares.use(async (request, response, next) => {
      if (!(await bridge.serve(request, response))) next();
    });
  },
  transformIndexHtml: withBridge,
};
const server = await createServer({
  configFile: false,
  root: 'renderer',
  plugins: [react(), tailwindcss(), bridged],
});
await server.listen();
server.printUrls();
