import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMultipart } from '../../electron/practice/multipart.ts';

const bytes = fc.uint8Array({ maxLength: 400 });
const boundary = fc.stringMatching(/^[A-Za-z0-9'-]{1,40}$/);
// Names as browsers write them: a quote and line breaks are percent-encoded.
const filename = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .filter((name) => !/[\\%]/.test(name));

async function formBytes(file: Uint8Array, name: string) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(file)], { type: 'image/png' }), name);
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
  return {
    type: request.headers.get('content-type') ?? '',
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

describe('a multipart body', () => {
  it('gives back every file and name that FormData sends', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.oneof(filename, fc.constantFrom('\u2028.png', 'a\u2029b')),
        async (file, name) => {
          const { type, body } = await formBytes(file, name);
          const [part] = parseMultipart(type, body) ?? [];
          expect(part).toMatchObject({ name: 'file', contentType: 'image/png' });
          expect(part && new Uint8Array(part.bytes)).toEqual(file);
          expect(part?.filename?.replace(/\r?\n/g, '\n')).toBe(name.replace(/\r\n?|\n/g, '\n'));
        },
      ),
    );
  });

  it('keeps bytes that look like a line break or a delimiter', () => {
    const file = Buffer.from('\r\n--edg\r\n--\r\n\r\n--');
    const head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--edge--\r\n')]);
    expect(parseMultipart('multipart/form-data; boundary=edge', body)?.[0]?.bytes).toEqual(file);
  });

  it('is nothing when it was cut anywhere', async () => {
    const { type, body } = await formBytes(Buffer.from('some bytes of a file'), 'a.png');
    const end = body.length - 4;
    for (let length = 0; length < end; length += 1) {
      expect(parseMultipart(type, body.subarray(0, length)), `cut at ${length}`).toBeUndefined();
    }
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          boundary.map((text) => `multipart/form-data; boundary=${text}`),
        ),
        bytes,
        (type, body) => {
          parseMultipart(type, body);
        },
      ),
    );
    fc.assert(
      fc.property(boundary, bytes, (edge, rest) => {
        parseMultipart(
          `multipart/form-data; boundary=${edge}`,
          Buffer.concat([Buffer.from(`--${edge}\r\n`), rest]),
        );
      }),
    );
  });
});
