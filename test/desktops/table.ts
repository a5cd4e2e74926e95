import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { panels } from './panels.ts';

const columns = [
  'icon',
  'left click',
  'window anywhere',
  'right click',
  'menu works',
  'status change',
  'lock',
  'panel restart',
  'late panel',
] as const;

const before = `# Tally on real desktops

Written by \`npm run test:desktops\`, which starts each panel of Debian on an X display, on a bus and in a home of
its own, and Tally (with \`--hidden\`) in it. What counts are the pixels of the screen; clicks and keys come by the
X server.
`;

const after = `
- **icon**: its color is in the panel, and no window opens.
- **left click**: shows the window, and a second one hides it; on GNOME it opens the menu.
- **window anywhere**: a click brings the window here that is minimized or on another workspace.
- **right click**, **menu works**: the menu comes, and _Busy > Until I change it_, chosen with keys, arrives at Zoom.
- **status change**: the icon in the panel takes the color of the new status.
- **lock**: while the screen is locked and after it, no window opens, and the icon comes back. GNOME's lock is its session
  mode for it, without the screen for the password.
- **panel restart**: the panel ends; five seconds later it starts again. The icon is back, and no window opens.
- **late panel**: Tally starts before the panel, as at many logins. The icon comes, and no window opens.
- A dash: not tried there, or the trial gave no answer.

## Not tried

GNOME and KDE on Wayland, and Tally as a native Wayland program: Electron 25, which the tests fall back to, dies
there without a GPU. sway with waybar or swaybar. Cinnamon, Budgie and COSMIC. i3bar, polybar and trayer, which take icons as tint2 does.
Tooltips, and panels of other versions than these.
`;

/** Writes docs/desktops.md from what each panel's trial saw. */
export function writeTable(rows: readonly (readonly [name: string, seen: Record<string, string>])[]): void {
  const cells = rows.map(([name, seen]) => {
    const { title = name, packages = [], leftClick = '' } = panels[name] ?? {};
    const said = columns.map((column) => {
      const what = seen[column] ?? '-';
      return column === 'left click' && what === 'yes' ? `opens ${leftClick}` : what;
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
