import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { staleIcons, trayColours, trayMarks } from '../../../scripts/icons.ts';
import { type Status, settableStatuses, statusSlug } from '../../../shared/zoom/presence.ts';

const resources = join(import.meta.dirname, '../../../resources');
const every: readonly Status[] = [...settableStatuses, 'Offline', 'Unknown'];
const slugs = every.map((status) => statusSlug(status));
const marked = slugs.flatMap((slug) => Object.keys(trayMarks).map((mark) => `${slug}-${mark}`));

/** What WCAG 2.2 asks of graphics: https://www.w3.org/TR/WCAG22/#non-text-contrast */
const leastContrast = 3;
const panels = { light: [255, 255, 255], dark: [0x1e, 0x1e, 0x1e] };

/** Of 256 pixels; a bar in a circle at 16 pixels is 16 of them. */
const leastDifference = 14;

describe('tray icons', () => {
  it('are the ones the drawings give', () => {
    expect(staleIcons()).toEqual([]);
  });

  it('have a colour for each status, and for nothing else', () => {
    expect(Object.keys(trayColours).sort()).toEqual([...slugs].sort());
  });

  describe.each([...slugs, ...marked])('%s', (slug) => {
    it.each([16, 22, 24, 32])('has %i pixels, and twice as many for dense screens', (size) => {
      expect(dimensions(file(`tray/${slug}-${size}.png`))).toEqual([size, size]);
      expect(dimensions(file(`tray/${slug}-${size}@2x.png`))).toEqual([size * 2, size * 2]);
    });

    it('is readable on light and dark panels', () => {
      const solid = pixels(`tray/${slug}-16.png`).filter(([, , , alpha]) => alpha === 255);
      expect(solid.length).toBeGreaterThan(20);
      for (const colour of solid) {
        expect(contrast(colour, panels.light)).toBeGreaterThanOrEqual(leastContrast);
        expect(contrast(colour, panels.dark)).toBeGreaterThanOrEqual(leastContrast);
      }
    });

    it('is not small in its square', () => {
      expect(inkedRows(slug)).toBeGreaterThanOrEqual(8);
    });

    it('is black alone as a macOS template', () => {
      expect(dimensions(file(`tray/${slug}Template.png`))).toEqual([16, 16]);
      expect(dimensions(file(`tray/${slug}Template@2x.png`))).toEqual([32, 32]);
      const inked = pixels(`tray/${slug}Template.png`).filter(([, , , alpha]) => alpha > 0);
      expect(inked.length).toBeGreaterThan(20);
      for (const [red, green, blue] of inked) expect([red, green, blue]).toEqual([0, 0, 0]);
    });

    it('has every size Windows asks for', () => {
      expect(icoSizes(file(`tray/${slug}.ico`))).toEqual([16, 24, 32, 48]);
    });
  });

  const pairs = slugs.flatMap((one, index) => slugs.slice(index + 1).map((other) => [one, other] as const));
  it.each(pairs)('%s and %s differ in shape, not only in colour', (one, other) => {
    expect(shapeDifference(one, other)).toBeGreaterThanOrEqual(leastDifference);
  });

  it.each(slugs)('%s says by shape alone whether a change waits or was refused', (slug) => {
    const [waiting, refused] = [`${slug}-waiting`, `${slug}-refused`];
    for (const [one, other] of [
      [slug, waiting],
      [slug, refused],
      [waiting, refused],
    ] as const)
      expect(shapeDifference(one, other)).toBeGreaterThanOrEqual(leastDifference);
  });
});

describe('the app icon', () => {
  it.each([16, 24, 32, 48, 64, 128, 256, 512])('has %i pixels', (size) => {
    expect(dimensions(file(`app/${size}.png`))).toEqual([size, size]);
  });

  it('has every size Windows asks for', () => {
    expect(icoSizes(file('app/app.ico'))).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });
});

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

function file(path: string): Buffer {
  return readFileSync(join(resources, path));
}

/** Width and height from a PNG's header. */
function dimensions(png: Buffer): [number, number] {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The sizes of an ICO's pictures, each checked against the PNG that its directory points to. */
function icoSizes(ico: Buffer): number[] {
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    const size = ico.readUInt8(entry) || 256;
    const start = ico.readUInt32LE(entry + 12);
    const picture = ico.subarray(start, start + ico.readUInt32LE(entry + 8));
    expect(dimensions(picture)).toEqual([size, size]);
    expect(picture.toString('latin1', picture.length - 8, picture.length - 4)).toBe('IEND');
    return size;
  });
}

/** The pixels of a PNG file, row by row. Resvg decodes it when it is drawn at its own size. */
function pixels(path: string): Pixel[] {
  const png = file(path);
  const [width, height] = dimensions(png);
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <image width="${width}" height="${height}" href="${href}" image-rendering="optimizeSpeed"/></svg>`;
  const rgba = new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
  return Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(index * 4, index * 4 + 4);
    return [red, green, blue, alpha];
  });
}

/** In pixels of 16 x 16: how much ink is in one and not in the other. */
function shapeDifference(one: string, other: string): number {
  const others = pixels(`tray/${other}-16.png`);
  return pixels(`tray/${one}-16.png`).reduce(
    (sum, [, , , alpha], index) => sum + Math.abs(alpha - (others[index]?.[3] ?? 0)) / 255,
    0,
  );
}

/** Of 16 rows: how many have ink. */
function inkedRows(slug: string): number {
  const all = pixels(`tray/${slug}-16.png`);
  const inked = all.flatMap(([, , , alpha], index) => (alpha > 128 ? [Math.floor(index / 16)] : []));
  return new Set(inked).size;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
