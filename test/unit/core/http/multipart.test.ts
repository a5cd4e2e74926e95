import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multipart, type UploadFile } from '../../../../electron/core/http/multipart.ts';
import { fileOf, part } from '../../../support/multipart.ts';

type Form = ReturnType<typeof multipart>;

/** Reads the whole body; the outcome is what was thrown, if anything. */
async function send(form: Form): Promise<{ body: Buffer; thrown?: unknown }> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of form.stream()) chunks.push(chunk);
    return { body: Buffer.concat(chunks) };
  } catch (thrown) {
    return { body: Buffer.concat(chunks), thrown };
  }
}

const contentOf = (form: Form, body: Buffer) => part({ headers: { 'content-type': form.contentType }, body });

describe('the form of one file', () => {
  it('tells of each chunk after the connection took it, and passes over empty ones', async () => {
    const progress: number[][] = [];
    const form = multipart(
      'file',
      fileOf(new Uint8Array(0), {
        size: 5,
        async *open() {
          yield Uint8Array.of(1, 2);
          yield new Uint8Array(0);
          yield Uint8Array.of(3, 4, 5);
        },
      }),
      (...told) => progress.push(told),
    );
    const seen: number[] = [];
    for await (const chunk of form.stream()) {
      seen.push(chunk.byteLength);
      if (chunk.byteLength === 2) expect(progress).toEqual([[0, 5]]);
      if (chunk.byteLength === 3)
        expect(progress).toEqual([
          [0, 5],
          [2, 5],
        ]);
    }
    expect(seen.slice(1, -1)).toEqual([2, 3]);
    expect(progress).toEqual([
      [0, 5],
      [2, 5],
      [5, 5],
    ]);
  });

  it.each([
    ['image/png', 'image/png'],
    ['application/vnd.a+b-c_d.e&f^g$h#i!j', 'application/vnd.a+b-c_d.e&f^g$h#i!j'],
    [`${'a'.repeat(127)}/${'b'.repeat(127)}`, `${'a'.repeat(127)}/${'b'.repeat(127)}`],
    [`${'a'.repeat(128)}/b`, 'application/octet-stream'],
    [`a/${'b'.repeat(128)}`, 'application/octet-stream'],
    ['', 'application/octet-stream'],
    ['image', 'application/octet-stream'],
    ['image/', 'application/octet-stream'],
    ['/png', 'application/octet-stream'],
    ['image/png; x=1', 'application/octet-stream'],
    [' image/png', 'application/octet-stream'],
    ['image/png\r\nX-Evil: 1', 'application/octet-stream'],
  ])('of the type %j is sent as %j', async (type, sent) => {
    const form = multipart('file', fileOf(Uint8Array.of(1), { type }), () => {});
    expect(contentOf(form, (await send(form)).body).headers[1]).toBe(`Content-Type: ${sent}`);
  });

  it.each([
    ['/home/jo/beach.png', 'beach.png'],
    ['C:\\Users\\jo\\beach.png', 'beach.png'],
    ['', 'upload'],
    ['/home/jo/', 'upload'],
    ['a"b"\rc\rd\ne\nf', 'a%22b%22%0Dc%0Dd%0Ae%0Af'],
  ])('of the name %j is called %j', async (name, called) => {
    const form = multipart('a"b', fileOf(Uint8Array.of(1), { name }), () => {});
    expect(contentOf(form, (await send(form)).body).headers[0]).toBe(
      `Content-Disposition: form-data; name="a%22b"; filename="${called}"`,
    );
  });

  it('has a boundary of its own each time', () => {
    const types = [1, 2].map(() => multipart('file', fileOf(Uint8Array.of(1)), () => {}).contentType);
    expect(new Set(types).size).toBe(2);
    for (const type of types) expect(type).toMatch(/^multipart\/form-data; boundary=tally-[\da-f-]{36}$/);
  });
});

describe('a file that fails while it is sent', () => {
  const size = 4;
  async function* failing(error: unknown): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1);
    throw error;
  }

  it.each<[string, unknown, string | undefined]>([
    ['its code', Object.assign(new Error('/home/jo/x'), { code: 'EACCES' }), 'EACCES'],
    ['no code where that is no text', Object.assign(new Error('/home/jo/x'), { code: 5 }), undefined],
    ['no code where there is none', undefined, undefined],
  ])('is unreadable, with %s', async (_, error, code) => {
    const form = multipart('file', fileOf(new Uint8Array(0), { size, open: () => failing(error) }), () => {});
    expect(form.trouble()).toBeNull();
    const { thrown } = await send(form);
    expect(thrown).toEqual(new Error('file unreadable'));
    expect(form.trouble()).toEqual({ kind: 'unreadable', code });
  });

  it.each([3, 5, 0, 9])(
    'has changed when it has %i bytes and not the four that were told',
    async (length) => {
      const told: number[] = [];
      const form = multipart('file', fileOf(new Uint8Array(length), { size }, 2), (sent) => told.push(sent));
      const { thrown, body } = await send(form);
      expect(thrown).toEqual(new Error('file changed'));
      expect(form.trouble()).toEqual({ kind: 'changed', code: undefined });
      expect(body.byteLength).toBeLessThan(form.length);
      expect(Math.max(...told)).toBeLessThanOrEqual(size);
    },
  );

  it('is sent again from the start, and what failed then is forgotten', async () => {
    let open: UploadFile['open'] = () => failing(new Error('x'));
    const form = multipart('file', fileOf(new Uint8Array(0), { size: 2, open: () => open() }), () => {});
    await send(form);
    expect(form.trouble()).toMatchObject({ kind: 'unreadable' });
    open = async function* () {
      yield Uint8Array.of(7, 8);
    };
    const { body, thrown } = await send(form);
    expect(thrown).toBeUndefined();
    expect(form.trouble()).toBeNull();
    expect([...contentOf(form, body).content]).toEqual([7, 8]);
  });
});

describe('any name and type', () => {
  it('is written as one line each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.oneof(fc.string(), fc.constant('video/mp4')),
        async (name, type) => {
          const form = multipart('file', fileOf(new Uint8Array([1, 2, 3]), { name, type }), () => {});
          const chunks: Uint8Array[] = [];
          for await (const chunk of form.stream()) chunks.push(chunk);
          const body = Buffer.concat(chunks);
          expect(body.byteLength).toBe(form.length);
          const { headers, content } = part({ headers: { 'content-type': form.contentType }, body });
          expect(headers).toHaveLength(2);
          const shown = /^Content-Disposition: form-data; name="file"; filename="([^"\r\n]+)"$/u.exec(
            headers[0] ?? '',
          )?.[1];
          const base = name.split(/[/\\]/).pop() || 'upload';
          const back = shown?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
          expect(back).toBe(
            Buffer.from(base, 'utf8')
              .toString('utf8')
              .replaceAll('%22', '"')
              .replaceAll('%0D', '\r')
              .replaceAll('%0A', '\n'),
          );
          expect(headers[1]).toMatch(/^Content-Type: [^\s/]+\/[^\s/]+$/);
          expect([...content]).toEqual([1, 2, 3]);
        },
      ),
    );
  });
});
