import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeFile, codeOf } from '../../electron/core/advanced/code.ts';
import { prepare } from '../../electron/core/zoom/request.ts';
import type { CallInput, CodeFormat, Json } from '../../shared/advanced.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { type AdvancedRig, withAdvanced } from '../support/advanced-rig.ts';
import { ended } from '../support/program.ts';

const ids = Object.keys(operations) as OperationId[];

const folder = mkdtempSync(join(tmpdir(), 'tally-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(command: string, args: readonly string[], token: string): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ZOOM_TOKEN: token } });
  const { code, out, err } = await ended(child);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${err}`);
  return out;
}

/** Runs the text as it is in bash, where curl is made to tell the status after the body. */
const runCurl = (text: string, token: string) =>
  run(
    'bash',
    ['-c', `curl() { command curl --silent --write-out '\\n%{http_code}\\n' "$@"; }\n${text}`],
    token,
  );

/** The token of the advanced that sends the call. */
function tokenFor(rig: AdvancedRig, input: CallInput): string {
  const isForOthers = operations[input.operation].adminOnly || (input.path.userId ?? 'me') !== 'me';
  return isForOthers ? rig.practice.adminAccessToken : rig.practice.accessToken;
}

/** Without what differs between two practice Zooms: ports, and the random parts of tokens and addresses. */
function comparable(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, 'host')
    .replace(/CANARY-[\w-]+|7351942\d{3}|(?<="next_page_token":")[\w-]+|(?<=\/p\/v2\/)[\w/-]+/g, 'random');
}

/** What the client itself gets, and what Zoom knows of the request. */
async function byClient(id: OperationId) {
  return withAdvanced({}, async (rig) => {
    const { advanced, input } = await rig.validInput(id);
    await rig.send(advanced, input);
    const { text, status } = rig.wire.at(-1) ?? { text: '', status: 0 };
    return { status, body: comparable(text), request: await requestIn(rig) };
  });
}

async function requestIn(rig: AdvancedRig) {
  const { method, operationId, status, body } = (await rig.state()).requests.at(-1) ?? {};
  return { method, operationId, status, body };
}

describe('the curl command', () => {
  it.each(ids)('of %s does the same', async (id) => {
    const expected = await byClient(id);
    await withAdvanced({}, async (rig) => {
      const { advanced, input } = await rig.validInput(id);
      const code = advanced.code(input, 'curl');
      if (!code.ok) throw new Error(code.error.what);
      expect(code.value).not.toContain(rig.practice.accessToken);
      expect(code.value).toContain('"Authorization: Bearer $ZOOM_TOKEN"');
      const [, body, status] = /^(.*)\n(\d+)\n$/s.exec(await runCurl(code.value, tokenFor(rig, input))) ?? [];
      expect({ status: Number(status), body: comparable(body ?? ''), request: await requestIn(rig) }).toEqual(
        expected,
      );
    });
  });
});

describe('the program', () => {
  it.each<OperationId>(['users', 'userUpdate', 'userDelete', 'uploadVBuser'])(
    'of %s does the same',
    async (id) => {
      const expected = await byClient(id);
      await withAdvanced({}, async (rig) => {
        const { advanced, input } = await rig.validInput(id);
        const code = advanced.code(input, 'fetch');
        if (!code.ok) throw new Error(code.error.what);
        const path = join(folder, `${id}.mjs`);
        writeFileSync(path, code.value);
        const out = await run(process.execPath, [path], tokenFor(rig, input));
        const [, status, body] = /^(\d+) (.*)\n$/s.exec(out) ?? [];
        expect({
          status: Number(status),
          body: comparable(body ?? ''),
          request: await requestIn(rig),
        }).toEqual(expected);
      });
    },
  );
});

interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly body: string;
}

describe('hostile values', () => {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url } = request;
      const body = Buffer.concat(chunks).toString();
      arrived.push({ method, url, token: request.headers.authorization, body });
      response.end('ok');
    });
  });
  let base = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const evil = fc.constantFrom(
    `'; touch ${folder}/pwned; '`,
    `"; touch ${folder}/pwned; "`,
    `$(touch ${folder}/pwned)`,
    `\`touch ${folder}/pwned\``,
    '$ZOOM_TOKEN',
    '!!',
    "it's!",
    '\\',
    "\\'",
    '@/etc/passwd',
    '\n',
    '\r\n',
    '--next',
    '\u2028',
    '😀',
    `\${process.env.ZOOM_TOKEN}`,
    '</script>',
  );
  const text = fc
    .array(fc.oneof(evil, fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(''))
    // Tally itself refuses these in a path.
    .filter((value) => !['', '.', '..'].includes(value));
  const body = fc.dictionary(fc.oneof(text, fc.constant('__proto__')), fc.oneof(text, fc.jsonValue()), {
    maxKeys: 4,
  });
  const input = fc.record({ userId: text, login: text, body }).map(
    ({ userId, login, body: fields }): CallInput => ({
      operation: 'userUpdate',
      path: { userId },
      query: { login_type: login },
      body: JSON.parse(JSON.stringify(fields)) as Json,
    }),
  );

  function expected(given: CallInput): Arrived {
    const { path, query, body: fields } = given;
    const prepared = prepare(operations[given.operation], { path, query, body: fields });
    if (!prepared.ok) throw new Error(prepared.error.what);
    const { target, json } = prepared;
    return { method: 'PATCH', url: `/v2${target}`, token: 'Bearer t0ken', body: json ?? '' };
  }

  const code = (given: CallInput, format: CodeFormat, file?: CodeFile) => {
    const made = codeOf(given, format, base, file);
    if (!made.ok) throw new Error(made.error.what);
    return made.value;
  };

  const unharmed = () => expect(() => readFileSync(join(folder, 'pwned'))).toThrow();

  it('arrive through curl as they are, and nothing else is run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: 10, maxLength: 10 }), async (inputs) => {
        arrived.length = 0;
        await runCurl(inputs.map((given) => code(given, 'curl')).join('\n'), 't0ken');
        expect(arrived).toEqual(inputs.map(expected));
        unharmed();
      }),
      { numRuns: 6 },
    );
  });

  it('arrive through the program as they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: 40, maxLength: 40 }), async (inputs) => {
        arrived.length = 0;
        const path = join(folder, 'hostile.mjs');
        writeFileSync(path, inputs.map((given) => `{\n${code(given, 'fetch')}\n}`).join('\n'));
        await run(process.execPath, [path], 't0ken');
        // fetch writes a quotation mark of an address in another of the ways there are.
        const json = ({ url = '', body: sent, ...one }: Arrived) => ({
          ...one,
          url: decodeURIComponent(url),
          body: JSON.parse(sent) as unknown,
        });
        expect(arrived.map(json)).toEqual(inputs.map(expected).map(json));
        unharmed();
      }),
      { numRuns: 2 },
    );
  });

  it('stand in the HTTP text within their line', () => {
    fc.assert(
      fc.property(input, (given) => {
        const [head = '', shown = ''] = code(given, 'http').split(/\n\n(.*)/s);
        const { host } = new URL(base);
        expect(head.split('\n')).toEqual([
          `PATCH ${expected(given).url} HTTP/1.1`,
          `Host: ${host}`,
          'Authorization: Bearer $ZOOM_TOKEN',
          'Content-Type: application/json',
        ]);
        expect(JSON.parse(shown)).toEqual(given.body);
      }),
    );
  });

  it.each(['plain.png', "it's $(here).png", 'a"b;c,d.png', 'back\\slash.png', '-x @y.png', 'Büro 😀.png'])(
    'are the name of a file: %s',
    async (name) => {
      const path = join(mkdtempSync(join(folder, 'f ')), name);
      writeFileSync(path, 'content of the file');
      const given: CallInput = { operation: 'uploadVBuser', path: { userId: 'me' }, query: {}, file: 'f' };
      const file = { path, name, type: 'image/png' };
      const program = join(folder, 'upload.mjs');
      writeFileSync(program, code(given, 'fetch', file));
      arrived.length = 0;
      await runCurl(code(given, 'curl', file), 't0ken');
      await run(process.execPath, [program], 't0ken');
      expect(arrived.length).toBe(2);
      for (const { url, body: sent } of arrived) {
        expect(url).toBe('/v2/users/me/settings/virtual_backgrounds');
        const [, field, filename] = /name="(file)"; filename="(.*)"\r\n/.exec(sent) ?? [];
        expect([field, decodeURIComponent(filename ?? '').replaceAll('\\\\', '\\')]).toEqual(['file', name]);
        expect(sent).toContain('Content-Type: image/png\r\n\r\ncontent of the file\r\n--');
      }
    },
  );
});
