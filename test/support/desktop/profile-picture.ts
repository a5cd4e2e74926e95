import { Resvg } from '@resvg/resvg-js';
import { imageSize } from 'image-size';
import jpeg from 'jpeg-js';
import type { Practice } from '../../../electron/practice/server.ts';
import { controlOf } from '../practice-control.ts';

/** The profile picture as the practice Zoom has it. */
export interface StoredPicture {
  /** Of the uploaded file. */
  readonly name: string;
  readonly type: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** What the practice Zoom has as a person's picture (the practice user's, where nobody is named); undefined for none. */
export async function pictureAtZoom(practice: Practice): Promise<StoredPicture | undefined> {
  const { picture } = (await controlOf(practice).state()).me;
  if (!picture) return undefined;
  const headers = { Authorization: `Bearer ${practice.adminAccessToken}` };
  const user = await fetch(`${practice.apiUrl}/users/${practice.userId}`, { headers });
  const answer = await fetch(((await user.json()) as { pic_url: string }).pic_url);
  return { ...picture, bytes: Buffer.from(await answer.arrayBuffer()) };
}

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture's size, and the colour at a place given in parts of its width and height; nothing is turned. */
export function decode(bytes: Buffer): {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): Colour;
} {
  const { width, height, type } = imageSize(bytes);
  const address = `data:image/${type === 'png' ? 'png' : 'jpeg'};base64,${bytes.toString('base64')}`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${address}"/></svg>`;
  const { pixels } = new Resvg(drawing).render();
  return {
    width,
    height,
    at(x, y) {
      const place = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
      return [pixels[place] ?? 0, pixels[place + 1] ?? 0, pixels[place + 2] ?? 0];
    },
  };
}

/** A JPEG painted point by point. */
export function paintJpeg(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 4);
  }
  return Buffer.from(jpeg.encode({ width, height, data }, 90).data);
}
