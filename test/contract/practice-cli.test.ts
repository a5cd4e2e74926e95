import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { ended } from '../support/program.ts';

const keys = [
  'apiUrl',
  'oauthUrl',
  'marketplaceUrl',
  'accessToken',
  'refreshToken',
  'clientId',
  'userId',
  'email',
  'adminAccessToken',
  'controlToken',
];

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['electron/practice/cli.ts', ...args]);
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<Record<string, string>> {
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(line);
}

describe('practice on the command line', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says where it is on its first line and runs until %s',
    async (signal) => {
      const child = start('--plan', 'business', '--no-limits', '--seed', '9', '--vintage', '2022');
      try {
        const line = await firstLine(child);
        expect(Object.keys(line)).toEqual(keys);
        expect(line.apiUrl).toBe(`${line.oauthUrl}/v2`);
        const marketplace = await fetch(line.marketplaceUrl ?? '');
        expect(await marketplace.text()).toContain('Practice Marketplace');
        const read = await fetch(`${line.apiUrl}/users/me`, {
          headers: { authorization: `Bearer ${line.accessToken}` },
        });
        expect(await read.json()).toMatchObject({ id: line.userId, email: line.email });
        expect(read.headers.get('x-ratelimit-limit')).toBe('80');
        const all = await fetch(`${line.apiUrl}/users`, {
          headers: { authorization: `Bearer ${line.adminAccessToken}` },
        });
        expect(all.status).toBe(200);
        const settings = await fetch(`${line.apiUrl}/users/me/settings`, {
          headers: { authorization: `Bearer ${line.accessToken}` },
        });
        expect(await settings.json()).not.toHaveProperty('whiteboard');
        const end = ended(child);
        child.kill(signal);
        expect(await end).toEqual({ code: 0, out: '', err: '' });
      } finally {
        child.kill('SIGKILL');
      }
    },
  );

  it('is the kind of account that it is told to be', async () => {
    const child = start('--account', 'google');
    try {
      const line = await firstLine(child);
      const headers = { authorization: `Bearer ${line.accessToken}` };
      const user = (await (await fetch(`${line.apiUrl}/users/me`, { headers })).json()) as object;
      expect(user).toMatchObject({
        type: 1,
        role_name: 'Owner',
        login_types: [1],
        verified: 0,
        timezone: '',
        pic_url: expect.stringMatching(/^https:\/\/lh3\.googleusercontent\.com\/a\//),
      });
      for (const unset of ['phone_numbers', 'pronouns', 'company', 'vanity_url', 'custom_attributes'])
        expect(user).not.toHaveProperty(unset);
      const settings = await fetch(`${line.apiUrl}/users/me/settings`, { headers });
      expect(await settings.text()).not.toMatch(/webinar|audio_conferencing|cloud_recording/);
    } finally {
      child.kill();
    }
  });

  it.each([
    [['--port', 'many'], '--port'],
    [['--vintage', '2023'], '--vintage'],
    [['--account', 'school'], '--account'],
    [['--port', '70000'], '--port'],
    [['--plan', 'gold'], '--plan'],
    [['--seed', '-1'], '--seed'],
    [['--colour'], '--colour'],
    [['stray'], 'stray'],
  ])('refuses %j with a reason and status 2', async (args, named) => {
    const { code, out, err } = await ended(start(...args));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(named);
    expect(err).toContain('Usage:');
  });

  it('says so when its port is taken, with status 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { code, err } = await ended(start('--port', String(port)));
    other.close();
    expect(code).toBe(1);
    expect(err).toContain('EADDRINUSE');
  });

  it('ends when npm, which started it, is ended', async () => {
    const npm = spawn('npm', ['run', '--silent', 'practice'], { shell: process.platform === 'win32' });
    const { oauthUrl } = await firstLine(npm);
    npm.kill('SIGTERM');
    // The server holds npm's standard output too, so it closes only when the server is gone.
    await ended(npm);
    await expect(fetch(`${oauthUrl}/oauth/authorize`)).rejects.toThrow();
  });
});
