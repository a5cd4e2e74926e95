import { withDisplay } from '../x-display.ts';

/**
 * Whether a panel of the older kind (XEmbed: tint2, i3bar, polybar, trayer, stalonetray) shows icons on the X display of `env`.
 * Electron puts its icon there where no panel is on the bus (electron#36815). The panel owns a selection, which is asked of the X
 * server itself. False without a display; never rejects.
 */
export function hasXTray(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  return withDisplay(env, async ({ screen, atom, hasOwner }) => {
    // Nobody has ever had the selection of a name that nobody has used.
    const selection = await atom(`_NET_SYSTEM_TRAY_S${screen}`);
    return selection !== 0 && (await hasOwner(selection));
  }).catch(() => false);
}
