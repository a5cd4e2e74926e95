import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { recordBundled } from './scripts/package/bundled.ts';
import { drawFirstFrame } from './scripts/package/first-frame.ts';
import { leaveOut } from './scripts/package/left-out.ts';
import { trayFirst } from './scripts/package/tray-first.ts';

/**
 * Main is bundled whole, minified, as CommonJS: unbundled, electron-store alone costs 105 to 145 ms of start-up. Only keytar
 * stays outside (native), and x11, an optional part of dbus-next that is not installed. What is imported with `import()`
 * (undici, Ajv, oauth4webapi, dbus-next, the practice Zoom) becomes a chunk that is read on first use. V8 keeps the text of each for
 * good, at two bytes a character as soon as there is one that is not Latin-1, hence ASCII: 1.3 MB less.
 */
export default defineConfig({
  main: {
    plugins: [leaveOut(), trayFirst(), recordBundled('main')],
    build: {
      externalizeDeps: { exclude: [] },
      lib: {
        entry: {
          index: resolve('electron/main.ts'),
          reader: resolve('electron/desktop/files/reader.ts'),
          calendar: resolve('electron/desktop/calendar/worker.ts'),
        },
        formats: ['cjs'],
      },
      minify: true,
      rollupOptions: {
        external: ['electron', 'keytar', 'x11'],
        // It would have the icon wait for the app: what both need of Rolldown's own is merged into the app's chunk then.
        experimental: { chunkOptimization: { avoidRedundantChunkLoads: false } },
        // Electron 25 finds nothing in an archive by import(), only by require().
        output: {
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name].cjs',
          charset: 'ascii',
          dynamicImportInCjs: false,
        },
      },
    },
  },
  preload: {
    plugins: [recordBundled('preload')],
    build: {
      externalizeDeps: false,
      lib: {
        entry: {
          index: resolve('electron/preload.ts'),
          popover: resolve('electron/popover-preload.ts'),
          media: resolve('electron/media-process/preload.ts'),
        },
        formats: ['cjs'],
      },
      minify: true,
      rollupOptions: { external: ['electron'], output: { entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), tailwindcss(), drawFirstFrame(), recordBundled('renderer')],
    build: {
      outDir: resolve('out/renderer'),
      minify: true,
      // The oldest Electron that Tally runs on (25, the fallback for closed networks) has Chromium 114.
      target: 'chrome114',
      rollupOptions: {
        input: { index: resolve('renderer/index.html'), popover: resolve('renderer/popover.html') },
        // ASCII for V8's sake, as in main.
        output: {
          charset: 'ascii',
          codeSplitting: {
            groups: [
              // What start.ts loads the rest by; it would come with the rest.
              { name: 'loader', test: /preload-helper/ },
              // All that the window needs before it shows something in one file instead of 20: each is asked for through main.
              { name: 'window', test: /[\\/]renderer[\\/](app|lib[\\/]mount)\.tsx$/ },
            ],
          },
        },
      },
    },
  },
});
