/** What a StatusNotifierItem says of its icon, and what a test asks of it. */

export interface TrayIcon {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: alpha, red, green, blue. */
  readonly argb: Uint8Array;
}

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** ToolTip is (icon name, icon pixmaps, title, description): Electron puts its text in the title. */
export function tooltipOf(properties: Record<string, unknown>): string {
  const tooltip = properties.ToolTip;
  return Array.isArray(tooltip) ? String(tooltip[2] ?? '') : '';
}

/** The largest picture the app offers: with a dense variant beside it, that one. */
export function iconOf(properties: Record<string, unknown>): TrayIcon {
  const pixmaps = properties.IconPixmap as [number, number, Uint8Array][] | undefined;
  const largest = [...(pixmaps ?? [])].sort((a, b) => b[0] - a[0])[0];
  if (!largest) throw new Error('The tray icon has no picture');
  return { width: largest[0], height: largest[1], argb: Uint8Array.from(largest[2]) };
}

/** The mean of the pixels, each counted by its opacity. */
export function averageColour({ argb }: TrayIcon): Colour {
  let weight = 0;
  const sum = [0, 0, 0];
  for (let at = 0; at < argb.length; at += 4) {
    const alpha = argb[at] ?? 0;
    weight += alpha;
    for (let channel = 0; channel < 3; channel++) {
      sum[channel] = (sum[channel] ?? 0) + alpha * (argb[at + 1 + channel] ?? 0);
    }
  }
  if (weight === 0) throw new Error('The tray icon is fully transparent');
  const [red = 0, green = 0, blue = 0] = sum.map((value) => Math.round(value / weight));
  return { red, green, blue };
}

/**
 * The mark in the lower right corner, by its pixels: the middle of a ring shows nothing, and that of a cross is red. Between the mark
 * and the drawing is a gap, which plain icons do not have.
 */
export function markOf({ width, height, argb }: TrayIcon): 'none' | 'waiting' | 'refused' {
  const pixel = (x: number, y: number) => {
    const at = 4 * (Math.floor((y / 24) * height) * width + Math.floor((x / 24) * width));
    const [alpha = 0, red = 0, green = 0, blue = 0] = argb.subarray(at, at + 4);
    return { alpha, red, green, blue };
  };
  const middle = pixel(17.5, 17.5);
  const [left, right] = [pixel(13.25, 17.5), pixel(21.75, 17.5)];
  const isAmber = ({ alpha, red, blue }: ReturnType<typeof pixel>) => alpha > 200 && red > 150 && blue < 60;
  if (middle.alpha < 50 && isAmber(left) && isAmber(right)) return 'waiting';
  const isRed = middle.alpha > 200 && middle.red > 200 && middle.green < 90;
  return isRed && left.alpha < 50 && right.alpha < 50 ? 'refused' : 'none';
}
