import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { canary, clientIdCanary, jwtShaped, numberCanary } from '../../../electron/practice/tokens.ts';
import { findMarks, findSecrets, searchFiles, withoutSecrets } from '../../support/desktop/canaries.ts';

const folder = mkdtempSync(join(tmpdir(), 'tally-canaries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const percent = (text: string) => [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');

describe.each([
  ['a secret', canary, findSecrets],
  ['a host key', numberCanary, findSecrets],
  ['a client id', clientIdCanary, findMarks],
])('%s is found', (_kind, make, find) => {
  const secret = make();
  it.each([
    ['as it is', secret, ['plain']],
    ['in a line of a log', `GET /v2/users/me Bearer ${secret} 200`, ['plain']],
    ['in lower case, as in a host name', secret.toLowerCase(), ['plain']],
    ['with one character URL-encoded', secret.replace(/[-2]/, (c) => percent(c)), ['URL-encoded']],
    ['with everything URL-encoded', percent(secret), ['URL-encoded']],
    ['URL-encoded twice', encodeURIComponent(percent(secret)), ['URL-encoded']],
    ['in base64', Buffer.from(secret).toString('base64'), ['base64']],
    ['in hex', Buffer.from(secret).toString('hex'), ['hex']],
    ['in hex in capitals', Buffer.from(secret).toString('hex').toUpperCase(), ['hex']],
    ['in UTF-16', Buffer.from(secret, 'utf16le'), ['UTF-16']],
    ['URL-encoded in UTF-16', Buffer.from(percent(secret), 'utf16le'), ['UTF-16']],
    ['in base64 in UTF-16', Buffer.from(Buffer.from(secret).toString('base64'), 'utf16le'), ['UTF-16']],
    ['in two forms', `${secret} ${btoa(secret)}`, ['plain', 'base64']],
    ['beside its URL-encoded form', `${secret} ${percent(secret)}`, ['plain', 'URL-encoded']],
  ])('%s', (_, text, forms) => expect(find(text)).toEqual(forms));

  it('in base64 and base64url at each of the three places in a group, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (before, after) => {
        const payload = Buffer.concat([before, Buffer.from(make()), after]);
        for (const form of ['base64', 'base64url'] as const) {
          expect(find(`id=${payload.toString(form)};`)).toContain('base64');
        }
      }),
    );
  });

  it('in UTF-16 at even and odd places of a binary file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), (before) => {
        const bytes = Buffer.concat([before, Buffer.from(make(), 'utf16le')]);
        expect(find(bytes)).toContain('UTF-16');
      }),
    );
  });
});

describe('no secret is seen', () => {
  it.each([
    [
      'in the mark without its uuid, as the source of the practice Zoom has it',
      'CANARY-$' + '{randomUUID()}',
    ],
    ['in the mark alone in base64', btoa('CANARY-'.repeat(5))],
    ['in the mark alone, URL-encoded', percent('CANARY-not-a-secret')],
    ['in an empty text', ''],
    ['in a number that is shorter than a host key', '735194200 73519420'],
    ['in the mark alone in hex', Buffer.from('CANARY-'.repeat(5)).toString('hex')],
    ['in a client id', clientIdCanary()],
  ])('%s', (_, text) => expect(findSecrets(text)).toEqual([]));

  it('in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        expect(findSecrets(bytes)).toEqual([]);
        expect(findSecrets(Buffer.from(bytes).toString('base64'))).toEqual([]);
      }),
    );
  });
});

describe('files', () => {
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('are searched below a folder; the report has the path and the form, and no secret', () => {
    const secret = canary();
    const path = write('000003.log', Buffer.concat([Buffer.from([0, 1, 2, 255]), Buffer.from(secret)]));
    write('clean.json', '{}');
    const leaks = searchFiles(folder);
    expect(leaks).toEqual([{ place: path, form: 'plain' }]);
    expect(findSecrets(JSON.stringify(leaks))).toEqual([]);
    expect(searchFiles(folder, [path])).toEqual([]);
    rmSync(path);
  });

  it('are searched by their names', () => {
    const path = write(canary(), '');
    const [leak] = searchFiles(folder);
    expect(leak).toEqual({ place: `the name of a file in ${folder}`, form: 'plain' });
    rmSync(path);
  });

  it('are unpacked: gzip, and the entries of a zip with and without sizes', () => {
    const gzip = write('dump.gz', gzipSync(`x ${canary()} x`));
    expect(searchFiles(gzip)).toEqual([{ place: gzip, form: 'plain' }]);
    const zip = write('trace.zip', Buffer.concat([entry('a.txt', 'nothing'), entry('b.txt', canary())]));
    expect(searchFiles(zip)).toEqual([{ place: zip, form: 'plain' }]);
    rmSync(gzip);
    rmSync(zip);
  });

  it('that are not there have nothing', () => {
    expect(searchFiles(join(folder, 'none'))).toEqual([]);
  });
});

describe('a report', () => {
  it('loses the secret and keeps the rest', () => {
    expect(withoutSecrets(`refused: token=${canary()} (401)`)).toBe('refused: token=(a secret) (401)');
    const jwt = jwtShaped({ alg: 'HS512' }, { ver: 10 });
    expect(withoutSecrets(`Bearer ${jwt}, twice ${jwt}`)).toBe('Bearer (a secret), twice (a secret)');
    expect(withoutSecrets('nothing to see')).toBe('nothing to see');
  });
});

/** A local entry of a zip file; the sizes are zero, as in one that was streamed. */
function entry(name: string, text: string): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), deflateRawSync(text.repeat(3))]);
}
