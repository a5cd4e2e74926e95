import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { panels } from './panels.ts';

const columns = [
  'icon',
  'left click',
  'window anywhere',
  'popover',
  'tooltip',
  'right click',
  'menu works',
  'status change',
  'lock',
  'panel restart',
  'late panel',
] as const;

const before = `# Tally on real desktops

Written by \`npm run test:desktops\`, which starts each panel of Debian on a screen, on a bus and in a home of its own,
and Tally (with \`--hidden\`) in it. What counts are the pixels of the screen; clicks and keys come by the X server, or
on Wayland (sway, and GNOME Shell where told) by a pointer and a keyboard of the compositor's own. There, too, Tally is
an X program where not told otherwise: Electron 25, which the tests fall back to, is one by itself.
`;

const after = `
- **icon**: its color is in the panel, and no window opens. GNOME Shell on X11 was in its overview, with which it starts.
- **left click**: with the preference for the window, shows it, and a second one hides it; on GNOME it opens the menu.
- **window anywhere**: a click brings the window here that is minimized (in sway: put away) or on another workspace.
- **popover**: without that preference, a click opens the popover beside the icon, in its size and with the keys, and nothing
  else on the screen changes (MATE and Plasma have a list of windows there, which must not have it); a second click and
  Escape close it. On Wayland, where no window can be placed, a click opens the window. On GNOME it opens the menu there, too.
- **tooltip**: the pointer on the icon brings one, and it goes again.
- **right click**, **menu works**: the menu comes, and _Busy > Until I change it_, chosen with keys, arrives at Zoom.
  Plasma opens a submenu for the first time before it knows what is in it, and at the edge of the screen beyond that
  edge; the second time it is right. It does so with every program's (polychromatic/polychromatic#97).
- **status change**: the icon in the panel takes the color of the new status.
- **lock**: while the screen is locked and after it, no window opens, and the icon comes back. GNOME's lock is its session
  mode for it, without the screen for the password; MATE's is the real one, during which the panel is away for more than
  half a minute. With Tally on Wayland itself, GNOME did not draw the icon again in one run of five; why is not known.
- **panel restart**: the panel ends; five seconds later it starts again. The icon is back, and no window opens. Where the
  shell is the compositor, it is the extension that is switched off and on.
- **late panel**: Tally starts before the panel, as at many logins. The icon comes, and no window opens.
- A step in which Tally ends by itself is a **no**.
- **not tiled**: where sway tiles the window of a Tally on Wayland itself, Electron 25 ended with SIGSEGV in the step of the popover, at
  the click or after it, in four runs of four; in the steps before that, with another Tally, it did not (a trial's \`tally.log\` tells
  how each ended). Where sway lets the window float, it did not in five runs of five, so in this trial it floats. It fits a wrong cast
  in Electron that a tiled window leads to, mended in Electron 30 (electron/electron#42179). The Electron of the packages is
  newer, and was not run.
- A dash: the panel has no such thing, or it was not tried there.

## Not tried

KDE on Wayland, but for the portal that gives shortcuts there (\`test/trust/portal-shortcuts.spec.ts\`: Plasma 5's, with the keys of an
X screen); GNOME's and Hyprland's, of which Debian 12 has none. MATE's panel beside marco: it was beside Openbox, as LXQt's.
Cinnamon, Budgie and COSMIC. i3bar, polybar and trayer, which take icons as tint2 does. Panels
of other versions than these. Electron 45: where it cannot be downloaded, Tally runs on Electron 25 here.
`;

/** Writes docs/desktops.md from what each panel's trial saw. */
export function writeTable(rows: readonly (readonly [name: string, seen: Record<string, string>])[]): void {
  const cells = rows.map(([name, seen]) => {
    const { title = name, packages = [], leftClick = '', compositor } = panels[name] ?? {};
    const said = columns.map((column) => {
      const what = seen[column] ?? '-';
      if (what !== 'yes') return what;
      if (column === 'left click') return `opens ${leftClick}`;
      return column === 'popover' && compositor ? 'the window' : what;
    });
    return [`${title} ${version(packages[0] ?? '')}`, ...said];
  });
  const table = aligned([['panel', ...columns], ...cells]);
  const left = Object.keys(panels).filter((name) => !rows.some(([tried]) => tried === name));
  const missing = left.map((name) => `\n${panels[name]?.title}: in the script, and not yet tried.\n`);
  writeFileSync('docs/desktops.md', [before, table, after].join('\n') + missing.join(''));
}

function version(name: string): string {
  const format = '-f=$' + '{Version}';
  const full = execFileSync('dpkg-query', ['-W', format, name], { encoding: 'utf8' });
  return full.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const row = (line: readonly string[]) =>
    `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [row(head), rule, ...body.map(row)].join('\n');
}
