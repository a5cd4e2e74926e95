/**
 * Makes every icon of the app from the drawings in resources/svg. `node scripts/icons.ts` writes them;
 * `--check` writes nothing and fails where a file is missing, different or no longer made.
 *
 * The drawings have a shape and no colour (`currentColor`): the colours of the statuses are here alone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const green = '#1f9d4d';
const amber = '#bf7d00';
const red = '#e5383b';
const violet = '#9b5de5';
const blue = '#2f80ed';
const orange = '#dd6110';
const grey = '#848a93';

/** The colour of each status in the tray. At least 3:1 on white and on #1e1e1e, as panels are either. */
export const trayColours = {
  available: green,
  away: amber,
  'do-not-disturb': red,
  calendar: violet,
  presenting: red,
  meeting: blue,
  call: blue,
  busy: orange,
  'out-of-office': grey,
  offline: grey,
  unknown: grey,
} as const;

/** What stands in the corner of a status that is not the one that was asked for: open and round, or a cross. */
export const trayMarks = {
  waiting: {
    colour: amber,
    shape: '<circle cx="17.5" cy="17.5" r="4.25" fill="none" stroke="currentColor" stroke-width="3"/>',
  },
  refused: {
    colour: red,
    shape:
      '<path d="M13.25 13.25l8.5 8.5m0 -8.5l-8.5 8.5" fill="none" stroke="currentColor" stroke-width="3.5"/>',
  },
} as const;
/** Keeps the mark apart from the drawing, whatever their colours. */
const markGap = `<mask id="gap"><rect width="24" height="24" fill="#fff"/><circle cx="17.5" cy="17.5" r="8" fill="#000"/></mask>`;

/** Pixels: Linux panels take 22 or 24, small ones 16, Windows 16 to 32; `@2x` is what Electron shows on dense screens. */
const traySizes = [16, 22, 24, 32];
const trayIcoSizes = [16, 24, 32, 48];
/** The height macOS gives a menu bar icon. */
const templateSize = 16;
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512];
/** An ICO entry holds at most 256 pixels. */
const appIcoSizes = appSizes.filter((size) => size <= 256);

/** What the practice account looks like, and how wide: its backgrounds, and the face of its person. */
const practicePictures = { dunes: 1_280, fjord: 1_280, 'night-hills': 1_280, face: 320 };

const resources = join(import.meta.dirname, '../resources');
/** The folders in resources that hold nothing but what is made here. */
const madeFolders = ['tray', 'app', 'practice'];

/** Every icon and picture, by its path in resources. The same bytes each time. */
function renderIcons(): Map<string, Buffer> {
  const icons = new Map<string, Buffer>();
  for (const [slug, colour] of Object.entries(trayColours)) {
    const drawing = readFileSync(join(resources, `svg/${slug}.svg`), 'utf8');
    drawTray(icons, slug, (template) => paint(drawing, template ?? colour));
    for (const [name, mark] of Object.entries(trayMarks)) {
      const shape = (template?: string) => mark.shape.replace('currentColor', template ?? mark.colour);
      drawTray(icons, `${slug}-${name}`, (template) =>
        withMark(paint(drawing, template ?? colour), shape(template)),
      );
    }
  }
  const app = readFileSync(join(resources, 'svg/app.svg'), 'utf8');
  for (const size of appSizes) icons.set(`app/${size}.png`, render(app, size));
  icons.set('app/app.ico', ico(app, appIcoSizes));
  for (const [name, width] of Object.entries(practicePictures)) {
    const drawing = readFileSync(join(resources, `svg/practice/${name}.svg`), 'utf8');
    icons.set(`practice/${name}.png`, render(drawing, width));
  }
  return icons;
}

/** All files of one tray icon; `draw` gives it in its own colours, or in the one that is given. */
function drawTray(icons: Map<string, Buffer>, name: string, draw: (template?: string) => string): void {
  for (const size of traySizes) {
    icons.set(`tray/${name}-${size}.png`, render(draw(), size));
    icons.set(`tray/${name}-${size}@2x.png`, render(draw(), size * 2));
  }
  icons.set(`tray/${name}.ico`, ico(draw(), trayIcoSizes));
  // macOS colours a template itself, for a light, a dark or a tinted menu bar, from its opacity alone.
  const template = draw('#000000');
  icons.set(`tray/${name}Template.png`, render(template, templateSize));
  icons.set(`tray/${name}Template@2x.png`, render(template, templateSize * 2));
}

function withMark(drawing: string, shape: string): string {
  const [head] = /^<svg[^>]*>/.exec(drawing) ?? [''];
  const inside = drawing.slice(head.length, drawing.lastIndexOf('</svg>'));
  return `${head}${markGap}<g mask="url(#gap)">${inside}</g>${shape}</svg>`;
}

/** Paths in resources that are missing, differ from the drawings, or are no longer made. */
export function staleIcons(): string[] {
  const icons = renderIcons();
  const leftOver = madeFiles().filter((path) => !icons.has(path));
  const different = [...icons].filter(([path, bytes]) => {
    const file = join(resources, path);
    return !existsSync(file) || !readFileSync(file).equals(bytes);
  });
  return [...different.map(([path]) => path), ...leftOver];
}

function madeFiles(): string[] {
  return madeFolders
    .filter((folder) => existsSync(join(resources, folder)))
    .flatMap((folder) => readdirSync(join(resources, folder)).map((name) => `${folder}/${name}`));
}

function paint(drawing: string, colour: string): string {
  return drawing.replace('<svg ', `<svg color="${colour}" `);
}

function render(svg: string, size: number): Buffer {
  const font = { loadSystemFonts: false };
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font }).render().asPng();
}

/**
 * A Windows icon with one PNG per size (Windows Vista and later read these): a header of 6 bytes, a directory entry of
 * 16 bytes per picture, the pictures. https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 */
function ico(svg: string, sizes: readonly number[]): Buffer {
  const pictures = sizes.map((size) => ({ size, png: render(svg, size) }));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2); // 1 is an icon, 2 a cursor
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(size % 256, entry); // 256 is written as 0
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4); // colour planes
    head.writeUInt16LE(32, entry + 6); // bits a pixel
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

function write(): void {
  const icons = renderIcons();
  for (const path of madeFiles()) if (!icons.has(path)) rmSync(join(resources, path));
  for (const [path, bytes] of icons) {
    mkdirSync(dirname(join(resources, path)), { recursive: true });
    writeFileSync(join(resources, path), bytes);
  }
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) write();
  const stale = staleIcons();
  if (stale.length > 0) {
    process.stderr.write(
      `Icons differ from their drawings, run node scripts/icons.ts: ${stale.join(', ')}\n`,
    );
    process.exitCode = 1;
  }
}
