import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountParts } from '../../../electron/desktop/startup.ts';

const app = vi.hoisted(() => ({ isPackaged: false, practice: false }));
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return app.isPackaged;
    },
    commandLine: { hasSwitch: (name: string) => name === 'practice' && app.practice },
  },
}));

const zoom = { oauthUrl: 'https://zoom.us', apiUrl: 'https://api.zoom.us/v2' };
const here = 'http://127.0.0.1:8080';

function partsWith(api?: string, oauth?: string, token?: string) {
  vi.stubEnv('TALLY_ZOOM_API', api);
  vi.stubEnv('TALLY_ZOOM_OAUTH', oauth);
  vi.stubEnv('TALLY_ZOOM_TOKEN', token);
  return accountParts();
}

beforeEach(() => {
  app.isPackaged = false;
  app.practice = true;
});
afterEach(() => vi.unstubAllEnvs());

describe('where Zoom is', () => {
  it('is where Zoom says, unless told otherwise', () => {
    const { clouds, given, startPractice } = partsWith();
    expect({ clouds, given, startPractice }).toMatchObject({
      clouds: { commercial: zoom },
      given: undefined,
      startPractice: true,
    });
  });

  it('is a server on this computer where a variable says so', async () => {
    const { clouds, given, startPractice } = partsWith(here, here, 'a token');
    expect(clouds.commercial).toEqual({ oauthUrl: here, apiUrl: here });
    expect(startPractice).toBe(false);
    expect(process.env.TALLY_ZOOM_TOKEN).toBeUndefined();
    const connection = await given?.connect(() => {});
    expect(connection?.ok && connection.value.apiUrl()).toBe(here);
    expect(partsWith(here, here).given).toBeUndefined();
  });

  it.each([
    'https://evil.example/v2',
    'http://evil.example/v2',
    'https://127.0.0.1:8080',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example/',
    'http://evil@127.0.0.1/',
    'http://127.0.0.1/?to=http://evil.example',
    'http://localhost:8080',
    'nowhere',
    '',
  ])('is never where a variable says that is not on this computer: %s', async (address) => {
    for (const [api, oauth, token] of [
      [address, undefined, 'a token'],
      [here, address, undefined],
      [undefined, address, 'a token'],
    ]) {
      const { clouds, given } = partsWith(api, oauth, token);
      expect(clouds.commercial).toEqual(zoom);
      expect(await given?.connect(() => {})).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
    }
  });

  it('needs a token, or a place to sign in at', async () => {
    const { clouds, given } = partsWith(here);
    expect(clouds.commercial).toEqual(zoom);
    expect(await given?.connect(() => {})).toMatchObject({
      ok: false,
      error: { what: expect.stringContaining('needs an access token') },
    });
  });

  it('is never where a variable says in a package', async () => {
    app.isPackaged = true;
    const { clouds, given } = partsWith(here, here, 'a token');
    expect(clouds.commercial).toEqual(zoom);
    expect(await given?.connect(() => {})).toMatchObject({
      ok: false,
      error: { what: expect.stringContaining('packaged app') },
    });
  });
});
