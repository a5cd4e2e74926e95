import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Practice } from '../../../electron/practice/server.ts';
import { paintPng } from '../../../electron/practice/state/image.ts';

/** A folder of a person, with files to upload. */
export interface UploadFolder {
  readonly path: string;
  /** Writes a file and gives its path. */
  file(name: string, bytes: Uint8Array): string;
  /** A real picture of 16 by 16 pixels; each shade is another file. */
  picture(name: string, shade: number): string;
  /** A real picture of about so many megabytes, which no compression makes smaller. */
  large(name: string, megabytes: number): string;
  remove(): void;
}

export function uploadFolder(): UploadFolder {
  const path = mkdtempSync(join(tmpdir(), 'tally-uploads-'));
  function file(name: string, bytes: Uint8Array): string {
    const whole = join(path, name);
    writeFileSync(whole, bytes);
    return whole;
  }
  return {
    path,
    file,
    picture: (name, shade) => file(name, picture(shade)),
    large(name, megabytes) {
      const width = 2_000;
      const height = Math.ceil((megabytes * 1e6) / (width * 3));
      let state = 1;
      // xorshift32: noise that is the same in each run.
      const noise = () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state & 255;
      };
      return file(
        name,
        paintPng(width, height, () => [noise(), noise(), noise()]),
      );
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A PNG of 16 by 16 pixels. */
function picture(shade: number): Buffer {
  return paintPng(16, 16, () => [shade, 80, 60]);
}

/** Of a file's content, hex. */
export const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Puts backgrounds into the practice user's account, as another app would. */
export async function addAtZoom({ apiUrl, accessToken }: Practice, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const body = new FormData();
    body.set('file', new File([new Uint8Array(picture(index))], name, { type: 'image/png' }));
    const headers = { Authorization: `Bearer ${accessToken}` };
    const { status } = await fetch(`${apiUrl}/users/me/settings/virtual_backgrounds`, {
      method: 'POST',
      headers,
      body,
    });
    if (status !== 201) throw new Error(`Zoom answered ${status} to ${name}.`);
  }
}
