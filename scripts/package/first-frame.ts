import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Plugin, runnerImport } from 'vite';
import { root } from '../electron.mjs';

/** Where the window is drawn, in renderer/index.html, and the end of what is shown. */
const place = '<div id="root">';
const end = '</body>';

/**
 * Draws the window's first frame into its page, by the window's own components: it is painted once page and style are there, before
 * the window's code has been read. The script that reads it stands behind it, as Vite would have it asked for before the style, and
 * does not wait for the style: main looks for the code while the frame is painted.
 */
export function drawFirstFrame(): Plugin {
  return {
    name: 'tally-first-frame',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { path }) {
        if (path !== '/index.html') return html;
        const script = /<script .*<\/script>\s*/.exec(html)?.[0];
        if (!script || !html.includes(place)) throw new Error('The page is not as first-frame.ts knows it');
        const { module } = await runnerImport<{ firstFrame(): string }>(
          join(root, 'renderer/first-frame.tsx'),
          { configFile: false, plugins: [react()], logLevel: 'error' },
        );
        return html
          .replace(script, '')
          .replace(place, () => place + module.firstFrame())
          .replace(end, () => `  ${script.trim().replace('<script', '<script async')}\n  ${end}`);
      },
    },
  };
}
