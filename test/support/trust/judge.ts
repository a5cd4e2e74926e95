import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Colour, profile } from '../colour-files.ts';

/** Programs of Debian that know nothing of Tally. */

function run(program: string, args: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, args, { maxBuffer: 500_000_000 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

export interface Judged {
  /** As ImageMagick names it: JPEG, PNG. */
  readonly format: string;
  /** As it is seen, pixels. */
  readonly width: number;
  readonly height: number;
  /** In sRGB, whatever profile the picture has; at a place given in parts of its width and height. */
  at(x: number, y: number): Colour;
  /** Whether anything shows through. */
  readonly opaque: boolean;
}

/** A folder for pictures that are judged. */
export function judgeIn() {
  const folder = mkdtempSync(join(tmpdir(), 'tally-judge-'));
  const srgb = join(folder, 'srgb.icc');
  writeFileSync(srgb, profile('srgb'));
  let count = 0;
  const write = (bytes: Buffer, ending: string) => {
    const path = join(folder, `${count++}.${ending}`);
    writeFileSync(path, bytes);
    return path;
  };

  return {
    /** A picture made of another by ImageMagick, as `convert` is told to. */
    made(
      bytes: Buffer,
      { from, to }: { readonly from: string; readonly to: string },
      ...how: string[]
    ): Buffer {
      return run('/usr/bin/convert', [write(bytes, from), ...how, `${to}:-`]);
    },
    /** The same bytes with what exiftool is told to write into them. */
    tagged(bytes: Buffer, ending: string, ...tags: string[]): Buffer {
      return run('/usr/bin/exiftool', [...tags, '-o', '-', write(bytes, ending)]);
    },
    /** What exiftool finds in a file, by group and name; of numbers the numbers. */
    tags(bytes: Buffer, ending: string): Readonly<Record<string, unknown>> {
      const [found] = JSON.parse(
        String(run('/usr/bin/exiftool', ['-json', '-G1', '-a', '-u', '-n', '-ee', write(bytes, ending)])),
      );
      return found;
    },
    /** What ImageMagick sees. */
    seen(bytes: Buffer): Judged {
      const path = write(bytes, 'picture');
      const told = String(run('/usr/bin/identify', ['-format', '%m %[opaque]\n', path])).trim();
      const [format = '', opaque = ''] = told.split('\n')[0]?.split(' ') ?? [];
      const upright = join(folder, `${count++}.ppm`);
      run('/usr/bin/convert', [
        `${path}[0]`,
        '-auto-orient',
        '-profile',
        srgb,
        '-alpha',
        'off',
        '-depth',
        '8',
        upright,
      ]);
      const pixels = run('/usr/bin/convert', [upright, 'rgb:-']);
      const [width = 0, height = 0] = String(run('/usr/bin/identify', ['-format', '%w %h', upright]))
        .split(' ')
        .map(Number);
      return {
        format,
        width,
        height,
        opaque: /^true$/i.test(opaque),
        at(x, y) {
          const place = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
          return [pixels[place] ?? 0, pixels[place + 1] ?? 0, pixels[place + 2] ?? 0];
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Judge = ReturnType<typeof judgeIn>;
