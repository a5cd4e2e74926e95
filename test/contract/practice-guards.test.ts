import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startPractice } from '../../electron/practice/server.ts';
import { authorizeUrl } from '../support/oauth.ts';
import { type Rig, rigFor, withPractice } from '../support/practice-client.ts';

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** A request with exactly these headers, which `fetch` would not send. */
function raw(rig: Rig, path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, rig.practice.oauthUrl), { method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

const own = (rig: Rig) => ({ authorization: `Bearer ${rig.practice.accessToken}` });
const port = (rig: Rig) => Number(new URL(rig.practice.oauthUrl).port);

describe('a server on loopback', () => {
  it('is reached on 127.0.0.1 and on no other address of the machine', async () => {
    await withPractice({}, async (rig) => {
      expect(rig.practice.oauthUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .map(({ address }) => address)
        .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
      for (const host of [...others, '127.0.0.2', '::1']) {
        const outcome = await new Promise((resolve) => {
          const socket = connect({ port: port(rig), host }, () => resolve('connected'));
          socket.on('error', () => resolve('refused'));
          socket.on('connect', () => socket.destroy());
        });
        expect(`${host} ${outcome}`).toBe(`${host} refused`);
      }
    });
  });

  it('answers 421 to every other Host', async () => {
    await withPractice({}, async (rig) => {
      for (const host of [
        'elsewhere.example',
        `localhost:${port(rig)}`,
        '127.0.0.1',
        `127.0.0.1:${port(rig) + 1}`,
      ]) {
        for (const path of ['/v2/users/me', '/oauth/authorize', '/practice/state', '/nothing']) {
          expect((await raw(rig, path, { ...own(rig), host })).status).toBe(421);
        }
      }
      expect((await rig.state()).requests).toEqual([]);
    });
  });

  it('answers 403 to web pages of other origins, and gives none of them leave', async () => {
    await withPractice({}, async (rig) => {
      const foreign: OutgoingHttpHeaders[] = [
        { origin: 'https://elsewhere.example' },
        { origin: `http://localhost:${port(rig)}` },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      ];
      for (const headers of foreign) {
        const answer = await raw(rig, '/v2/users/me', { ...own(rig), ...headers });
        expect(answer.status).toBe(403);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
      const preflight = { origin: 'https://elsewhere.example', 'access-control-request-method': 'PUT' };
      const asked = await raw(rig, '/v2/users/me/presence_status', preflight, 'OPTIONS');
      expect(asked.status).toBe(403);
      expect((await raw(rig, '/v2/users/me', { ...own(rig), 'sec-fetch-site': 'none' })).status).toBe(200);
    });
  });

  it('lets a browser open the consent page from anywhere, but no page embed it or fetch it', async () => {
    await withPractice({}, async (rig) => {
      const { pathname, search } = new URL(authorizeUrl(rig.practice, { code_challenge: 'abc' }));
      const visit = {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      };
      const page = await raw(rig, pathname + search, visit);
      expect(page.status).toBe(200);
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(page.headers['cache-control']).toBe('no-store');
      expect((await raw(rig, pathname + search, { ...visit, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
      expect((await raw(rig, pathname + search, { ...visit, 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
      expect((await raw(rig, pathname, visit, 'POST')).status).toBe(403);
    });
  });

  it('wants a bearer: 401 with 124 on the API, 401 on the control calls', async () => {
    await withPractice({}, async (rig) => {
      for (const authorization of [
        undefined,
        'Bearer ',
        'Bearer wrong',
        `Basic ${rig.practice.accessToken}`,
      ]) {
        const response = await fetch(`${rig.practice.apiUrl}/users/me`, {
          headers: authorization === undefined ? {} : { authorization },
        });
        expect(response.status).toBe(401);
        expect(await response.json()).toEqual({ code: 124, message: 'Invalid access token.' });
      }
      for (const token of ['wrong', rig.practice.accessToken, rig.practice.adminAccessToken]) {
        expect((await raw(rig, '/practice/state', { authorization: `Bearer ${token}` })).status).toBe(401);
      }
    });
  });

  it('puts a tracking id on every answer', async () => {
    await withPractice({}, async (rig) => {
      const answers = [
        await raw(rig, '/v2/users/me', own(rig)),
        await raw(rig, '/v2/users/me'),
        await raw(rig, '/v2/nothing'),
        await raw(rig, '/oauth/token', {}, 'POST'),
        await raw(rig, '/', { host: 'elsewhere.example' }),
      ];
      const ids = answers.map(({ headers }) => String(headers['x-zm-trackingid']));
      for (const id of ids) expect(id).toMatch(/^v=2\.0;clid=us02;rid=WEB_[0-9a-f]{32}$/);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('takes no body over 16 MB, announced or not', async () => {
    await withPractice({}, async (rig) => {
      const path = '/v2/users/me/settings/virtual_backgrounds';
      const announced = {
        ...own(rig),
        'content-length': String(17 * 1024 * 1024),
        'content-type': 'multipart/form-data',
      };
      const status = await new Promise((resolve, reject) => {
        const sent = request(
          new URL(path, rig.practice.oauthUrl),
          { method: 'POST', headers: announced },
          (response) => {
            resolve(response.statusCode);
            sent.destroy();
          },
        );
        sent.on('error', reject);
        sent.write(Buffer.alloc(1024));
      });
      expect(status).toBe(413);

      const streamed = await fetch(new URL(path, rig.practice.oauthUrl), {
        method: 'POST',
        headers: own(rig),
        body: new ReadableStream({
          start: (controller) => {
            for (let count = 0; count < 17; count += 1) controller.enqueue(new Uint8Array(1024 * 1024));
            controller.close();
          },
        }),
        duplex: 'half',
      } as RequestInit).then(
        (response) => response.status,
        () => 413,
      );
      expect(streamed).toBe(413);
      expect((await rig.state()).me.backgrounds).toHaveLength(3);
      expect((await rig.call('user')).status).toBe(200);
    });
  });

  it('closes connections that send no request', async () => {
    const practice = await startPractice({ headersTimeoutMs: 200 });
    try {
      const socket = connect(port(rigFor(practice)), '127.0.0.1');
      socket.write('GET /v2/users/me HTTP/1.1\r\nHost: ');
      const ended = await new Promise<string>((resolve) => {
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk.toString();
        });
        socket.on('close', () => resolve(text));
      });
      expect(ended).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      await practice.close();
    }
  });

  it('leaves nothing listening or waiting when it is closed', async () => {
    const practice = await startPractice();
    const rig = rigFor(practice);
    const waiting = rig.control('GET', '/wait?after=0').catch(() => 'ended');
    await rig.state();
    await practice.close();
    await waiting;
    await expect(fetch(practice.apiUrl)).rejects.toThrow();
  });

  it('rejects when its port is taken', async () => {
    await withPractice({}, async (rig) => {
      await expect(startPractice({ port: port(rig) })).rejects.toThrow('EADDRINUSE');
    });
  });
});
