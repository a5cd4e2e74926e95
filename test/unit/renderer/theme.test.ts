import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('renderer/theme.css', 'utf8');

/** The colors of a part of the sheet that begins with `start`, by their names. */
function colors(start: string): Readonly<Record<string, string>> {
  const from = css.indexOf(start);
  const part = css.slice(from, css.indexOf('\n}', from));
  return Object.fromEntries(
    [...part.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, color]) => [name, color]),
  );
}

/** WCAG's relative luminance. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = '', other = ''): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', ':root {'],
  ['dark', '@utility dark-tokens {'],
])('the colors of the %s theme', (_, start) => {
  const { surface, bg, sunken, chosen, text, muted, brand, frame } = colors(start);

  it('tell what is chosen from what the pointer is over', () => {
    expect(contrast(chosen, surface)).toBeGreaterThan(1.25);
    expect(contrast(chosen, surface)).toBeGreaterThan(contrast(sunken, surface) + 0.1);
    // The bar beside it.
    expect(contrast(brand, chosen)).toBeGreaterThan(3);
  });

  it('can be read, on whatever they stand', () => {
    for (const below of [surface, bg, sunken, chosen]) expect(contrast(text, below)).toBeGreaterThan(7);
    for (const below of [surface, bg, sunken]) expect(contrast(muted, below)).toBeGreaterThan(4.5);
    expect(contrast(frame, surface)).toBeGreaterThan(1.5);
  });
});
