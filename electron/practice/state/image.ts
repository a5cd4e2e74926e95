import { deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG (8-bit RGB, W3C PNG specification) painted point by point. */
export function paintPng(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width * 3 + 1));
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    at += 1;
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = colourAt(x, y);
      rows[at] = red;
      rows[at + 1] = green;
      rows[at + 2] = blue;
      at += 3;
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A head and shoulders on a coloured ground: the practice user's picture. */
export function portrait(size: number, ground: Colour): Buffer {
  return paintPng(size, size, (x, y) => {
    const inHead = Math.hypot(x - size / 2, y - size * 0.4) < size * 0.18;
    const inShoulders = Math.hypot((x - size / 2) * 0.8, y - size) < size * 0.34;
    return inHead || inShoulders ? [250, 244, 234] : ground;
  });
}

/** A sky over two hills: a virtual background. */
export function landscape(width: number, height: number, sky: Colour, hill: Colour): Buffer {
  return paintPng(width, height, (x, y) => {
    const far = height * (0.62 + 0.1 * Math.sin((x / width) * 5));
    const near = height * (0.8 + 0.08 * Math.sin((x / width) * 3 + 2));
    if (y > near) return hill;
    if (y > far) return [hill[0] + 30, hill[1] + 30, hill[2] + 30];
    const fade = Math.round((y / height) * 40);
    return [Math.min(255, sky[0] + fade), Math.min(255, sky[1] + fade), Math.min(255, sky[2] + fade)];
  });
}
