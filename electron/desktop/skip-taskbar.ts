import { withDisplay } from './x-display.ts';

/** Of a window's states: it is to have them. */
const add = 1;

/**
 * Takes a window that is shown on the X display of `env` out of lists of windows; Electron's `skipTaskbar` does nothing on Linux.
 * Window managers forget it when the window is hidden. Never rejects.
 */
export function skipTaskbar(handle: Buffer, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  return withDisplay(env, async ({ atom, ask }) => {
    const state = await atom('_NET_WM_STATE', true);
    const taskbar = await atom('_NET_WM_STATE_SKIP_TASKBAR', true);
    const pager = await atom('_NET_WM_STATE_SKIP_PAGER', true);
    await ask(handle.readUInt32LE(0), state, [add, taskbar, pager, 1]);
  }).catch(() => {});
}
