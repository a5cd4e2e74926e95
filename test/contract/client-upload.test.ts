import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileOf, part } from '../support/multipart.ts';
import { clientAt, hangUp, reply, serve } from '../support/scripted-server.ts';
import { gate, nextTurn } from '../support/waiting.ts';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('uploads', () => {
  it('sends the file as one named part of exact length', async () => {
    const { server, client } = await serve(reply(201, { id: 'vb1' }));
    const content = randomBytes(3_000_001);
    const file = fileOf(content, { name: 'C:\\me\\say "hi"\r\n.png' });
    const result = await client.call('uploadVBuser', { file });
    expect(result).toMatchObject({ ok: true, status: 201, data: { id: 'vb1' } });
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'POST', url: '/v2/users/me/settings/virtual_backgrounds' });
    expect(request?.headers['content-length']).toBe(String(request?.body.byteLength));
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    const sent = part(request);
    expect(sent.headers).toEqual([
      'Content-Disposition: form-data; name="file"; filename="say %22hi%22%0D%0A.png"',
      'Content-Type: image/png',
    ]);
    expect(sha(sent.content)).toBe(sha(content));
    expect(file).toMatchObject({ opened: 1, closed: 1 });
  });

  it('streams a file from the disk', async () => {
    const { server, client } = await serve(reply(201));
    const path = new URL(import.meta.url);
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(path)) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    const file = {
      name: 'a.png',
      type: 'image/png',
      size: content.length,
      open: () => createReadStream(path),
    };
    expect((await client.call('userPicture', { file })).ok).toBe(true);
    const sent = part(server.seen[0]);
    expect(sent.headers[0]).toBe('Content-Disposition: form-data; name="pic_file"; filename="a.png"');
    expect(sha(sent.content)).toBe(sha(content));
  });

  it('sends the whole file again after a 429 and after a refresh, with another boundary', async () => {
    const busy = reply(429, { code: 429, message: 'per-second rate limit' }, { 'x-ratelimit-type': 'QPS' });
    const { server, client, refreshes } = await serve(
      busy,
      reply(401, { code: 124, message: '' }),
      reply(201, {}),
    );
    const content = randomBytes(700_000);
    const file = fileOf(content);
    const progress: number[] = [];
    const result = await client.call('userPicture', { file }, { onProgress: (sent) => progress.push(sent) });
    expect(result.ok).toBe(true);
    const parts = server.seen.map(part);
    expect(parts.map((entry) => sha(entry.content))).toEqual([1, 2, 3].map(() => sha(content)));
    expect(new Set(parts.map((entry) => entry.boundary)).size).toBe(3);
    expect(refreshes).toHaveLength(1);
    expect(file).toMatchObject({ opened: 3, closed: 3 });
    const once = [0, 262_144, 524_288, 700_000];
    expect(progress).toEqual([...once, ...once, ...once]);
  });

  it('sends it once when the connection breaks', async () => {
    const { server, client } = await serve(hangUp, reply(201));
    const result = await client.call('userPicture', { file: fileOf(randomBytes(100_000)) });
    expect(result).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['shrank', 99_999, 'The file changed while it was sent.'],
    ['grew', 100_001, 'The file changed while it was sent.'],
    ['grew a lot', 200_000, 'The file changed while it was sent.'],
    ['was emptied', 0, 'The file changed while it was sent.'],
  ])('stops when the file %s', async (_, length, what) => {
    const { server, client } = await serve(reply(201));
    const file = fileOf(randomBytes(length), { size: 100_000 }, 1000);
    expect(await client.call('userPicture', { file })).toMatchObject({
      ok: false,
      error: { kind: 'file', action: 'choose-file', what },
    });
    expect(server.seen).toHaveLength(0);
    expect(file.opened).toBe(1);
  });

  it.each([
    ['ENOENT', 'The file is no longer there.'],
    ['EACCES', 'The file couldn’t be read.'],
  ])('stops when reading fails with %s', async (code, what) => {
    const { server, client } = await serve(reply(201));
    const open = async function* () {
      yield new Uint8Array(1000);
      throw Object.assign(new Error('/home/someone/secret.png'), { code });
    };
    const result = await client.call('userPicture', { file: fileOf(new Uint8Array(2000), { open }) });
    expect(result).toMatchObject({ ok: false, error: { kind: 'file', what } });
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(server.seen).toHaveLength(0);
  });

  it('stops when the file cannot be opened', async () => {
    const { client } = await serve(reply(201));
    const open = () => createReadStream('/nonexistent/file.png');
    const result = await client.call('userPicture', { file: fileOf(new Uint8Array(2000), { open }) });
    expect(result).toMatchObject({ error: { kind: 'file', what: 'The file is no longer there.' } });
  });

  it('reads a refusal that comes before the file is through', async () => {
    const server = createServer((request, response) => {
      response.writeHead(413, { 'content-length': 0 }).end();
      request.on('error', () => {}).resume();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const { client } = clientAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const file = fileOf(new Uint8Array(15_000_000));
    expect(await client.call('uploadVBuser', { file })).toMatchObject({
      error: { kind: 'file', zoom: { http: 413 } },
    });
  });

  it('is cancelled at once, closes the file and sends no more', async () => {
    const halfway = gate();
    const arrived = gate();
    const gone = gate();
    let bytes = 0;
    let readOn = () => {};
    const server = createServer((request) => {
      request.on('error', () => {}).on('close', gone.open);
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
      // A server that reads slowly: the connection's buffers fill up.
      request.pause();
      readOn = () => request.resume();
      arrived.open();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const { client } = clientAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stop = new AbortController();
    const file = fileOf(new Uint8Array(64_000_000));
    const progress: number[] = [];
    const onProgress = (sent: number) => {
      progress.push(sent);
      if (sent > 0) halfway.open();
    };
    const call = client.call('uploadVBuser', { file }, { signal: stop.signal, onProgress });
    await Promise.all([halfway.opened, arrived.opened]);
    stop.abort();
    const reported = progress.length;
    expect(await nextTurn(call)).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    readOn();
    await gone.opened;
    expect(bytes).toBeLessThan(64_000_000);
    expect(file).toMatchObject({ opened: 1, closed: 1 });
    expect(progress).toHaveLength(reported);
  });
});
