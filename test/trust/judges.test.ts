import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { privateFiles, secret } from '../support/media-corpus-private.ts';
import { sentOf } from '../support/sent-file.ts';
import { tempFolders } from '../support/temp-folder.ts';

/** ImageMagick and ffmpeg, who know nothing of Tally, judge what it sends without place and camera. */

const folderOf = tempFolders();

function run(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  return { status, out: stdout, err: stderr };
}

/** Writes what is sent of a file beside it. */
async function sentBeside(path: string): Promise<string> {
  const sent = path.replace(/[^/]+$/, 'sent-$&');
  writeFileSync(sent, (await sentOf(path)).bytes);
  return sent;
}

const pictures = (await privateFiles()).filter(({ name }) => name !== 'scans.jpg');

describe('ImageMagick', () => {
  it.each(pictures)(
    'finds every pixel of $name in what is sent, and nothing that was to be left out',
    async ({ name, bytes, what }) => {
      const path = join(folderOf(), name.replace('.mpo', '.jpg'));
      writeFileSync(path, bytes);
      const sent = await sentBeside(path);
      const compared = run('compare', '-metric', 'AE', `${path}[0]`, `${sent}[0]`, 'null:');
      expect(compared).toMatchObject({ status: 0, err: expect.stringMatching(/^0(?!\d)/) });
      const seen = run('identify', '-verbose', sent).out;
      expect(seen).toContain('Geometry:');
      expect(seen).not.toContain(secret);
      if (what.includes('place')) expect(seen).not.toMatch(/exif:GPS/i);
    },
  );

  it('sees each picture of a GIF, as long and as often as before, without its comment', async () => {
    const path = join(folderOf(), 'moving.gif');
    const made = run(
      'convert',
      ...['-size', '60x40', '-delay', '20', 'xc:red', 'plasma:', 'xc:blue', '-loop', '3'],
      ...['-set', 'comment', secret, path],
    );
    expect(made.status, made.err).toBe(0);
    const told = (file: string) => run('identify', '-format', '%wx%h %T %[loop] %[signature]\n', file).out;
    const sent = await sentBeside(path);
    expect(told(sent)).toBe(told(path));
    expect(told(sent).trim().split('\n')).toHaveLength(3);
    expect(run('identify', '-verbose', path).out).toContain(secret);
    expect(run('identify', '-verbose', sent).out).not.toContain(secret);
  });
});

describe('ffmpeg', () => {
  const tags = {
    mov: ['location=+41.4030+002.1740/', `make=${secret}`, `model=${secret}`],
    mp4: ['location=+41.4030+002.1740/'],
  } as const;
  const ways = (['mov', 'mp4'] as const).flatMap((ending) =>
    [[], ['-movflags', '+faststart'], ['-movflags', 'use_metadata_tags']].map((flags) => ({ ending, flags })),
  );

  it.each(ways)(
    'decodes the same pictures and sound of a $ending with $flags, without its place',
    async ({ ending, flags }) => {
      const path = join(folderOf(), `phone.${ending}`);
      const inputs = ['testsrc=duration=1:size=320x240:rate=10', 'sine=duration=1'];
      const made = run(
        'ffmpeg',
        ...['-v', 'error', ...inputs.flatMap((one) => ['-f', 'lavfi', '-i', one])],
        ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', ...flags],
        ...tags[ending].flatMap((tag) => ['-metadata', tag]),
        path,
      );
      expect(made.status, made.err).toBe(0);
      const sent = await sentBeside(path);
      const frames = (file: string) => run('ffmpeg', '-v', 'error', '-i', file, '-f', 'framemd5', '-');
      const [before, after] = [frames(path), frames(sent)];
      expect(after).toEqual(before);
      expect(after.out.split('\n').length).toBeGreaterThan(20);
      expect(after.err).toBe('');
      const probed = (file: string) => run('ffprobe', '-v', 'error', '-show_format', '-show_streams', file);
      expect(probed(path).out).toContain('+41.4030');
      expect(probed(sent).out).not.toContain('+41.4030');
      expect(probed(sent).out).not.toContain(secret);
      expect(probed(sent).err).toBe('');
    },
  );
});
