/**
 * The panels of Debian's desktops, and how each is started; where that can be told, with nothing but its tray, so that no list of
 * windows moves the icon.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { xfcePanelFiles } from '../support/desktop/xfce-panel.ts';

export interface PanelKind {
  /** As the table names it. */
  readonly title: string;
  /** Debian packages that bring it. */
  readonly packages: readonly string[];
  /** By which way it takes icons. */
  readonly protocol: 'StatusNotifier' | 'XEmbed';
  /** What a left click on the icon does there. */
  readonly leftClick: 'the window' | 'the menu';
  /** What it is drawn by, where not by Xvfb. */
  readonly compositor?: 'sway' | 'gnome';
  /** Further lines of sway's configuration. */
  readonly swayConfig?: string;
  /** Further arguments of Tally's. */
  readonly args?: readonly string[];
  /** Whether the program shows tooltips of icons, and their menus, at all. */
  readonly tooltips?: false;
  readonly menus?: false;
  /** The keys that lead into the submenu of the line that is chosen; one to the right where absent. Null: its menus take no keys. */
  readonly intoSubmenu?: readonly string[] | null;
  /** What locks the screen as this desktop does, and unlocks it. `takesPanel`: it takes the panel away meanwhile; else the trial does. */
  readonly lock?: {
    readonly lock: readonly string[];
    readonly unlock: readonly string[];
    readonly takesPanel?: true;
  };
  /** Configuration files, by their place in the home folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Programs that stay while the panel restarts, one after the other. */
  readonly before: readonly (readonly string[])[];
  readonly panel: readonly string[];
  /** What takes the panel away, where it is no program that can be ended. */
  readonly panelEnd?: readonly string[];
}

const lxqtPanel = `panels=panel1

[panel1]
alignment=-1
iconSize=22
panelSize=32
plugins=statusnotifier
position=Top
width=100
width-percent=true

[statusnotifier]
alignment=Right
type=statusnotifier
`;

const tint2Panel = `panel_items = S
panel_size = 100% 32
panel_position = top center horizontal
panel_background_id = 0
systray_padding = 4 4 4
systray_sort = ascending
systray_icon_size = 22
`;

const waybar: Omit<PanelKind, 'title'> = {
  packages: ['waybar', 'sway', 'xwayland', 'x11-xserver-utils', 'grim', 'wtype'],
  compositor: 'sway',
  protocol: 'StatusNotifier',
  leftClick: 'the window',
  intoSubmenu: null,
  files: {
    '.config/waybar/config': JSON.stringify({
      layer: 'top',
      position: 'top',
      height: 32,
      'modules-right': ['tray'],
      tray: { 'icon-size': 22, spacing: 10 },
    }),
    '.config/waybar/style.css': '* { font-family: sans; } window#waybar { background: #353535; }',
  },
  before: [],
  panel: ['waybar'],
};

/** Of the settings store in a file, which needs no daemon. */
const gnomeSettings = `[org/gnome/shell]
enabled-extensions=['ubuntu-appindicators@ubuntu.com']
welcome-dialog-last-shown-version='999'

[org/gnome/desktop/interface]
enable-animations=false

[org/gnome/desktop/notifications]
show-banners=false
`;

/** Plasma's session does this when it starts; kded5 itself comes by the call. */
const loadWatcher = [
  ...['gdbus', 'call', '--session', '--dest', 'org.kde.kded5', '--object-path', '/kded'],
  ...['--method', 'org.kde.kded5.loadModule', 'statusnotifierwatcher'],
];

/** GNOME's lock screen itself needs GDM; what it does to panels is this. */
function shellEval(script: string): string[] {
  const shell = ['--dest', 'org.gnome.Shell', '--object-path', '/org/gnome/Shell'];
  return ['gdbus', 'call', '--session', ...shell, '--method', 'org.gnome.Shell.Eval', script];
}

/** The shell is the compositor there, and ends with its session; what can go and come is its extension. */
const extension = (member: 'EnableExtension' | 'DisableExtension') => [
  ...['gdbus', 'call', '--session', '--dest', 'org.gnome.Shell', '--object-path', '/org/gnome/Shell'],
  ...['--method', `org.gnome.Shell.Extensions.${member}`, 'ubuntu-appindicators@ubuntu.com'],
];

const gnomeWayland: Omit<PanelKind, 'title'> = {
  packages: ['gnome-shell', 'gnome-shell-extension-appindicator', 'xwayland'],
  compositor: 'gnome',
  protocol: 'StatusNotifier',
  leftClick: 'the menu',
  tooltips: false,
  files: { '.config/glib-2.0/settings/keyfile': gnomeSettings },
  env: { GSETTINGS_BACKEND: 'keyfile', XDG_CURRENT_DESKTOP: 'GNOME', LIBGL_ALWAYS_SOFTWARE: '1' },
  before: [],
  panel: extension('EnableExtension'),
  panelEnd: extension('DisableExtension'),
  lock: {
    lock: shellEval("Main.sessionMode.pushMode('unlock-dialog')"),
    unlock: shellEval("Main.sessionMode.popMode('unlock-dialog')"),
    takesPanel: true,
  },
};

export const panels: Readonly<Record<string, PanelKind>> = {
  xfce: {
    title: 'XFCE (xfce4-panel)',
    packages: ['xfce4-panel', 'xfwm4'],
    protocol: 'StatusNotifier',
    leftClick: 'the window',
    files: xfcePanelFiles,
    before: [['xfwm4', '--compositor=off']],
    panel: ['xfce4-panel', '--disable-wm-check'],
  },
  lxqt: {
    title: 'LXQt (lxqt-panel)',
    packages: ['lxqt-panel', 'openbox'],
    protocol: 'StatusNotifier',
    leftClick: 'the window',
    files: { '.config/lxqt/panel.conf': lxqtPanel },
    before: [['openbox']],
    panel: ['lxqt-panel'],
  },
  mate: {
    title: 'MATE (mate-panel)',
    packages: ['mate-panel', 'openbox', 'mate-screensaver'],
    protocol: 'StatusNotifier',
    leftClick: 'the window',
    files: {},
    env: { GSETTINGS_BACKEND: 'memory' },
    before: [['openbox'], ['mate-screensaver', '--no-daemon']],
    panel: ['mate-panel'],
    lock: {
      lock: ['mate-screensaver-command', '--lock'],
      unlock: ['mate-screensaver-command', '--deactivate'],
    },
  },
  tint2: {
    title: 'tint2 (and others with the older XEmbed alone)',
    packages: ['tint2', 'openbox'],
    protocol: 'XEmbed',
    leftClick: 'the window',
    files: { '.config/tint2/tint2rc': tint2Panel },
    before: [['openbox']],
    panel: ['tint2'],
  },
  waybar: { title: 'sway with waybar', ...waybar },
  wayland: {
    title: 'sway with waybar, Tally on Wayland itself, not tiled',
    ...waybar,
    // Where its window is tiled, Electron 25 ends with SIGSEGV; see electron/electron#42179.
    swayConfig: 'for_window [app_id=".*"] floating enable',
    // Without it Electron 25 ends here, where there is no graphics card.
    args: ['--ozone-platform=wayland', '--in-process-gpu'],
  },
  swaybar: {
    title: 'sway with swaybar',
    packages: ['sway', 'xwayland', 'x11-xserver-utils', 'grim', 'wtype'],
    compositor: 'sway',
    protocol: 'StatusNotifier',
    leftClick: 'the window',
    tooltips: false,
    // 1.7 knows nothing of menus over the bus.
    menus: false,
    files: {},
    before: [],
    panel: ['swaybar', '-b', 'bar-0'],
  },
  kde: {
    title: 'KDE Plasma (plasmashell, kded5)',
    packages: ['plasma-workspace', 'plasma-desktop', 'kwin-x11', 'kded5'],
    protocol: 'StatusNotifier',
    leftClick: 'the window',
    // Plasma opens a submenu for the first time before it knows what is in it, and at the edge of the screen beyond that edge.
    intoSubmenu: ['Right', 'Left', 'Right'],
    files: { '.config/kwinrc': '[Desktops]\nNumber=2\nRows=1\n' },
    env: { QT_QUICK_BACKEND: 'software', XDG_CURRENT_DESKTOP: 'KDE', KDE_FULL_SESSION: 'true' },
    before: [['kwin_x11'], loadWatcher],
    panel: ['plasmashell', '--no-respawn'],
  },
  gnomeWayland: { title: 'GNOME Shell on Wayland, with the AppIndicator extension', ...gnomeWayland },
  gnomeNative: {
    title: 'GNOME Shell and Tally on Wayland itself',
    ...gnomeWayland,
    args: ['--ozone-platform=wayland', '--in-process-gpu'],
  },
  gnome: {
    title: 'GNOME Shell on X11, with the AppIndicator extension',
    packages: ['gnome-shell', 'gnome-shell-extension-appindicator'],
    protocol: 'StatusNotifier',
    leftClick: 'the menu',
    // The extension has none.
    tooltips: false,
    files: { '.config/glib-2.0/settings/keyfile': gnomeSettings },
    env: { GSETTINGS_BACKEND: 'keyfile', XDG_CURRENT_DESKTOP: 'GNOME', LIBGL_ALWAYS_SOFTWARE: '1' },
    before: [],
    panel: ['gnome-shell', '--x11', '--unsafe-mode'],
    lock: {
      lock: shellEval("Main.sessionMode.pushMode('unlock-dialog')"),
      unlock: shellEval("Main.sessionMode.popMode('unlock-dialog')"),
      takesPanel: true,
    },
  },
};

export function writeFiles({ files }: PanelKind, home: string): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(home, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
