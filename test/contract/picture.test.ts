import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { direct } from '../../electron/core/http/network.ts';
import { downloadPicture, isPictureAddress } from '../../electron/core/picture/download.ts';
import { createPicture, type Picture } from '../../electron/core/picture/picture.ts';
import type { Image } from '../../electron/core/ports.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { openCopies } from '../../electron/desktop/media/copies.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { withFeature } from '../support/feature-rig.ts';
import { smallPng } from '../support/files.ts';
import { otherPictures } from '../support/media-corpus-other.ts';
import type { Rig } from '../support/practice-client.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { patchTiff } from '../support/tiff-files.ts';

const folderOf = tempFolders();
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A picture without pixels: its encodings are as long as its area and quality make them. */
function fakeImage(width: number, height: number): Image {
  return {
    width,
    height,
    opaque: true,
    async encode({ width, height, quality = 0, most }) {
      const size = 3 + Math.floor(width * height * quality * 0.02);
      if (size > most) return { size };
      return { size, bytes: Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(size - 3)]) };
    },
    close() {},
  };
}

async function withPicture(
  use: (picture: Picture, rig: Rig, folder: string) => Promise<void>,
  kept: Uint8Array[] = [],
) {
  const folder = folderOf();
  await withFeature({ skip: 4_500 }, async (rig) => {
    const { clock, zoom } = rig;
    const picture = createPicture({
      clock: createFakeClock(),
      network: direct,
      zoom,
      apiUrl: () => rig.practice.apiUrl,
      key: 'me',
      disk,
      media: {
        codec: { open: async () => fakeImage(4_000, 3_000) },
        copies: openCopies(join(folder, 'copies'), clock.now, disk).of,
      },
      keep: async (bytes) => void kept.push(bytes),
      shell: { chooseFiles: async () => [], openWindow() {}, crop() {} },
      changed() {},
    });
    try {
      await use(picture, rig, folder);
    } finally {
      picture.stop();
    }
  });
}

/** Reads the picture at Zoom, and resolves when it is shown. */
async function opened(picture: Picture): Promise<void> {
  picture.run({ type: 'picture.open' });
  await expect.poll(() => picture.view()?.phase).toBe('shown');
}

/** Begins a change, and resolves when it has ended. */
async function ended(picture: Picture, type: 'picture.remove'): Promise<void> {
  picture.run({ type });
  await expect.poll(() => picture.view()?.busy).toBeUndefined();
}

const atZoom = async (rig: Rig) => (await rig.state()).me.picture?.sha256;
const posts = async (rig: Rig) =>
  (await rig.state()).requests.filter(({ operationId }) => operationId === 'userPicture').length;

describe('the profile picture', () => {
  it('is read from Zoom, replaced, removed and put back, byte for byte', async () => {
    await withPicture(async (picture, rig) => {
      expect(picture.shown()).toBeNull();
      await opened(picture);
      const first = picture.shown()?.bytes ?? new Uint8Array();
      expect(sha(first)).toBe(await atZoom(rig));
      expect(picture.view()).toMatchObject({ phase: 'shown' });
      const version = picture.view()?.version ?? 0;

      const { bytes } = smallPng(77);
      expect(await picture.save(bytes)).toBeUndefined();
      expect(await atZoom(rig)).toBe(sha(bytes));
      expect(sha(picture.shown()?.bytes ?? first)).toBe(sha(bytes));
      expect(picture.view()?.version).toBeGreaterThan(version);

      await ended(picture, 'picture.remove');
      expect(await atZoom(rig)).toBeUndefined();
      expect(picture.view()).toMatchObject({ phase: 'none', undo: true });
      expect(picture.shown()).toBeNull();

      picture.run({ type: 'picture.undo' });
      await expect.poll(() => picture.view()?.undo).toBeUndefined();
      expect(await atZoom(rig)).toBe(sha(bytes));
      expect(picture.view()).toMatchObject({ phase: 'shown' });
      expect(picture.view()).not.toHaveProperty('undo');
      expect(picture.view()).not.toHaveProperty('busy');
    });
  });

  it('is made smaller than 2 MB before it is sent', async () => {
    await withPicture(async (picture, rig) => {
      const large = Buffer.concat([smallPng().bytes, Buffer.alloc(0)]);
      // A chunk nobody reads makes a small picture a large file.
      const padding = Buffer.alloc(2_500_012);
      padding.writeUInt32BE(2_500_000, 0);
      padding.write('tEXt', 4);
      const end = large.subarray(-12);
      const bytes = Buffer.concat([large.subarray(0, -12), padding, end]);
      expect(await picture.save(bytes)).toBeUndefined();
      const stored = (await rig.state()).me.picture;
      expect(stored?.type).toBe('image/jpeg');
      expect(stored?.size).toBeLessThanOrEqual(2_000_000);
      expect(stored?.size).toBeGreaterThan(1_500_000);
    });
  });

  it('may be of a kind that the window opens by itself, or one that has to be opened for it', async () => {
    await withPicture(async (picture, _rig, folder) => {
      const offer = async (name: string, bytes: Buffer) => {
        writeFileSync(join(folder, name), bytes);
        return picture.offer({ paths: [join(folder, name)] });
      };
      const webp = otherPictures['stripes.webp'];
      expect(await offer('a.webp', webp)).toEqual({ bytes: webp, type: 'image/webp', name: 'a.webp' });
      const image = await offer('a.tif', patchTiff());
      expect(image).toMatchObject({ type: 'image/jpeg', name: 'a.tif' });
      expect(Buffer.from(image?.bytes ?? []).subarray(0, 3)).toEqual(Buffer.from('\xff\xd8\xff', 'latin1'));
    });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a text', Buffer.from('only called a picture')],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00', 'latin1')],
    ['half a PNG', smallPng().bytes.subarray(0, 30)],
  ])('is not %s', async (_what, bytes) => {
    await withPicture(async (picture, rig) => {
      expect(await picture.save(bytes)).toMatchObject({ kind: 'file' });
      expect(picture.view()).toMatchObject({ error: { kind: 'file' } });
      expect(await posts(rig)).toBe(0);
    });
  });

  it('that Zoom refuses stays as it was, with the reason in words', async () => {
    await withPicture(async (picture, rig) => {
      await opened(picture);
      const before = await atZoom(rig);
      const refuse = (code: number, message: string) =>
        rig.fault({ kind: 'status', status: 400, code, message }, { operationId: 'userPicture' });
      await refuse(300, 'The picture has explicit content.');
      expect(await picture.save(smallPng().bytes)).toMatchObject({
        what: expect.stringContaining('explicit'),
      });
      await refuse(300, 'Validation Failed.');
      expect(await picture.save(smallPng().bytes)).toMatchObject({
        what: 'Zoom didn’t accept what was entered.',
      });
      const fault = { kind: 'status', status: 400, code: 300, message: 'No content.' } as const;
      await rig.fault(fault, { operationId: 'userPictureDelete' });
      await ended(picture, 'picture.remove');
      expect(picture.view()).toMatchObject({ error: { what: 'Zoom refused this.' } });
      await refuse(120, 'File is empty.');
      expect(await picture.save(smallPng().bytes)).toMatchObject({ kind: 'file', action: 'choose-file' });
      await rig.patch({ adminOnly: ['picture'] });
      expect(await picture.save(smallPng().bytes)).toMatchObject({ action: 'ask-administrator' });
      await ended(picture, 'picture.remove');
      expect(picture.view()).toMatchObject({ phase: 'shown', error: { action: 'ask-administrator' } });
      expect(picture.view()).not.toHaveProperty('undo');
      expect(await atZoom(rig)).toBe(before);
    });
  });

  it('that Zoom took although its answer was lost is not called a failure', async () => {
    await withPicture(async (picture, rig) => {
      await opened(picture);
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'userPicture' });
      const { bytes } = smallPng(9);
      expect(await picture.save(bytes)).toBeUndefined();
      expect(await atZoom(rig)).toBe(sha(bytes));
      expect(await posts(rig)).toBe(1);
      await rig.fault({ kind: 'drop' }, { operationId: 'userPicture' });
      expect(await picture.save(smallPng(10).bytes)).toMatchObject({ kind: 'network' });
      expect(await atZoom(rig)).toBe(sha(bytes));
    });
  });

  it('can be removed where it could not be read, and then not be put back', async () => {
    await withPicture(async (picture, rig) => {
      await rig.patch({ pictureUrl: 'https://pictures.example/robin.png' });
      picture.run({ type: 'picture.open' });
      await expect.poll(() => picture.view()?.phase).toBe('failed');
      expect(picture.view()).toMatchObject({ unread: true, error: { kind: 'bad-answer' } });
      await ended(picture, 'picture.remove');
      expect(await atZoom(rig)).toBeUndefined();
      expect(picture.view()).toEqual({ phase: 'none', version: expect.any(Number) });
    });
  });

  it.each(['zoom', 'zoom-former'])('is read at the paths of Zoom: %s', async (pictureHome) => {
    await withPicture(async (picture, rig) => {
      await rig.patch({ pictureHome });
      await opened(picture);
      expect(sha(picture.shown()?.bytes ?? new Uint8Array())).toBe(await atZoom(rig));
    });
  });

  it('is not offered to be removed where it is not known whether there is one', async () => {
    await withPicture(async (picture, rig) => {
      await rig.fault({ kind: 'status', status: 400, code: 300, message: 'No.' }, { operationId: 'user' });
      picture.run({ type: 'picture.open' });
      await expect.poll(() => picture.view()?.phase).toBe('failed');
      expect(picture.view()).not.toHaveProperty('unread');
    });
  });

  it('is offered to be cropped: small ones as they are, large ones smaller, others not at all', async () => {
    await withPicture(async (picture, _rig, folder) => {
      const file = (name: string, bytes: Uint8Array) => {
        writeFileSync(join(folder, name), bytes);
        return join(folder, name);
      };
      const small = file('small.png', smallPng().bytes);
      const crop = await picture.offer({ paths: [small] });
      expect(crop).toMatchObject({ name: 'small.png', type: 'image/png' });
      expect(sha(crop?.bytes ?? new Uint8Array())).toBe(sha(smallPng().bytes));
      for (const paths of [[], [small, small], [folder], [file('note.png', Buffer.from('text'))]]) {
        expect(await picture.offer({ paths })).toBeUndefined();
        expect(picture.view()).toMatchObject({ error: { kind: 'file' } });
      }
      await picture.offer({ paths: [small] });
      expect(picture.view()).not.toHaveProperty('error');
    });
  });
});

describe('the address of a picture', () => {
  const api = 'https://api.zoom.us/v2';
  it.each([
    'https://us04web.zoom.us/p/v2/aa/b-1',
    'https://zoom.us/p/x.png',
    'https://us06web.zoom.us/p/AbC-123/0f8fad5b-d9cb-469f-a165-70867728950e-7283',
    'https://example.zoom.com/images/en-us/pictures/x.jpg?v=2',
    'https://www.zoomgov.com/p/x',
    // Who signs in with Google has it there.
    'https://lh3.googleusercontent.com/a/ACg8ocK-x_y=s96-c',
    'https://lh4.googleusercontent.com/-hsgbhFJ9RQM/photo.jpg?sz=96',
  ])('%s is opened', (address) => expect(isPictureAddress(address, api)).toBe(true));

  it.each([
    'http://us04web.zoom.us/p/v2/aa',
    'https://zoom.us.evil.example/p',
    'https://evilzoom.us/p',
    'https://zoom.us@evil.example/p',
    'https://user:secret@zoom.us/p',
    'https://zoom.us:8443/p',
    'http://lh3.googleusercontent.com/a/x',
    'https://lh3.googleusercontent.com:8443/a/x',
    'https://user:secret@lh3.googleusercontent.com/a/x',
    'https://googleusercontent.com/a/x',
    'https://7.32.108.34.bc.googleusercontent.com/a/x',
    'https://lh3.googleusercontent.com.evil.example/a/x',
    'https://evilgoogleusercontent.com/a/x',
    'http://127.0.0.1:9/p',
    'file:///etc/passwd',
    'data:image/png;base64,AA',
    'zoom.us/p',
    '',
  ])('%s is not', (address) => expect(isPictureAddress(address, api)).toBe(false));

  it('at this computer is opened only where the API itself is', () => {
    expect(isPictureAddress('http://127.0.0.1:8080/p/v2/x', 'http://127.0.0.1:8080/v2')).toBe(true);
    expect(isPictureAddress('http://127.0.0.1:8081/p/v2/x', 'http://127.0.0.1:8080/v2')).toBe(false);
    expect(isPictureAddress('http://localhost:8080/p', 'http://localhost:8080/v2')).toBe(false);
  });

  it('may be anything without harm', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (address) => {
        expect(isPictureAddress(address, api)).toBe(false);
      }),
    );
  });

  it('is read without a token, and not where it leads elsewhere, is no picture, or never ends', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization ?? 'no token'}`);
      if (request.url === '/moved') response.writeHead(302, { location: '/good' }).end();
      else if (request.url === '/page') response.end('<html>');
      else if (request.url === '/missing') response.writeHead(404).end(smallPng().bytes);
      else if (request.url === '/silent') response.write(smallPng().bytes);
      else if (request.url === '/endless') response.end(Buffer.alloc(10_000_001));
      else response.end(smallPng().bytes);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const clock = createFakeClock();
    const read = (path: string) =>
      downloadPicture(`http://127.0.0.1:${port}${path}`, clock, direct, new AbortController().signal);
    try {
      expect(await read('/good')).toMatchObject({ type: 'image/png' });
      for (const path of ['/moved', '/page', '/missing', '/endless'])
        expect(await read(path), path).toBeNull();
      const slow = read('/silent');
      await expect.poll(() => asked.length).toBe(6);
      await clock.advance(30_000);
      expect(await slow).toBeNull();
      expect(asked.filter((line) => line.startsWith('/good'))).toEqual(['/good no token']);
      expect(asked.every((line) => line.endsWith('no token'))).toBe(true);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
