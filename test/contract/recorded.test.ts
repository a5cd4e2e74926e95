import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { identify } from '../../electron/core/accounts/account.ts';
import { direct } from '../../electron/core/http/network.ts';
import type { Network } from '../../electron/core/ports.ts';
import { createOauth } from '../../electron/core/sign-in/oauth.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import { catalogueWith, isOffered, unknownLeaves } from '../../renderer/screens/settings/catalogue.ts';
import type { SettingKey } from '../../shared/settings.ts';
import type { Snapshot } from '../../shared/state.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { companyPem, startCompany } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { smallPng } from '../support/files.ts';
import { type Recorded, recorded, recordedAs, recordedOf } from '../support/recorded.ts';
import { accounts, onTheWire, openAccount } from '../support/recorded-account.ts';
import { clientAt, reply, startServer } from '../support/scripted-server.ts';
import { settingWords, wordsOf } from '../support/setting-row.tsx';
import type { AnswerTo } from '../support/trust/fuzzed-tally.ts';
import { screensOf } from '../support/trust/screens.tsx';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(catalogue, 'zoom');

process.env.SSL_CERT_FILE = companyPem;

/** Replies as an answer was recorded. */
function replyAs(one: Recorded) {
  const { status, headers, body } = onTheWire(one);
  return reply(status, body, headers);
}

/** Where an answer does not fit the catalogue, as `/users/0/email: must match format "email"`. */
function misfits({ operation, status, body }: Recorded): readonly string[] {
  const check = ajv.getSchema(`zoom#/operations/${operation}/responses/${status}`);
  if (!check) throw new Error(`The catalogue has no answer ${status} of ${operation}`);
  check(body);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

describe('the recorded answers', () => {
  it('are at least 16, each with what was recorded, where, when and what is odd about it', () => {
    expect(recorded.size).toBeGreaterThanOrEqual(16);
    for (const { name, origin, date, keeps } of recorded.values()) {
      expect({ name, origin, keeps }).toEqual({
        name,
        origin: expect.stringMatching(/.{20}/),
        keeps: expect.stringMatching(/.{8}/),
      });
      expect(date).toMatch(/^20\d\d-\d\d$/);
    }
  });

  it('are of invented people: addresses of example domains, numbers of 555 01, nothing that was public', () => {
    for (const { name, text } of recorded.values()) {
      const addresses = text.match(/[\w.+-]+ ?[\w.]*@[\w.-]+/g) ?? [];
      for (const one of addresses)
        expect(one, name).toMatch(/@(.+\.)?(example\.(com|org|net)|xmpp\.zoom\.us)$/);
      for (const pmi of text.match(/"pmi": ?\d{9,}/g) ?? []) expect(pmi, name).toMatch(/55501/);
    }
  });

  it.each(['user', 'users', 'userSettings'].flatMap(recordedOf).filter(({ status }) => status === 200))(
    '$name fits the schemas but for what is known of it',
    (one) => {
      const known: Readonly<Record<string, readonly string[]>> = {
        'users-pending': ['/users/0/email: must match format "email"'],
        'user-whole': ['license_type', 'license_option'].map(
          (name) => `/license_info_list/1/${name}: must be equal to one of the allowed values`,
        ),
        'settings-business': ['license_option', 'license_type'].map(
          (name) => `/feature/license_info_list/0/${name}: must be equal to one of the allowed values`,
        ),
      };
      expect(misfits(one)).toEqual(known[one.name] ?? []);
    },
  );
});

const now = Date.UTC(2026, 0, 15, 9);

/** Opens an account and gives what `read` makes of it. Google and Zoom's names lead nowhere, or to the company. */
async function opened<T>(
  name: keyof typeof accounts,
  read: (snapshot: Snapshot, words: ReadonlyMap<string, string>) => T,
  more: { readonly instead?: AnswerTo; readonly network?: Network } = {},
): Promise<T> {
  const clock = createFakeClock(now);
  clock.skipWaits(15_000);
  const app = await openAccount(clock, accounts[name], more);
  try {
    const snapshot = app.tally.snapshot();
    const words = new Map(screensOf(snapshot).map(([screen, drawn]) => [screen, wordsOf(drawn)]));
    return read(snapshot, words);
  } finally {
    await app.close();
  }
}

describe('who an account is', () => {
  it.each([
    ['user-basic', 'Ottilie Brandvold'],
    ['user-google', 'Ravi Tamboli'],
    ['user-pmi-zero', 'Inés Quiroga'],
    ['user-host-key', 'Folake Adeyinka'],
    ['user-two-logins', 'Calder Winslow'],
    ['user-whole', 'Wen Okafor-Lindqvist'],
  ])('of %s is %s', async (name, shown) => {
    const one = recordedAs(name);
    const { client } = clientAt((await startServer(replyAs(one))).url);
    const { id, email } = one.body;
    expect(await identify(client)).toEqual({ ok: true, value: { id, email, name: shown } });
  });
});

describe('the profile', () => {
  it('of a Basic account shows what is not set as empty, and no picture', () =>
    opened('basic', ({ profile, picture }, words) => {
      expect(picture?.phase).toBe('none');
      expect(profile?.values).toMatchObject({
        company: '',
        pronouns: '',
        phone_numbers: [],
        vanity_name: '',
      });
      const text = words.get('profile');
      expect(text).toContain('You have no picture.');
      expect(text).toContain('Phone numbers None.');
      expect(text).toContain('Time zone Not set');
      expect(text).toContain('Personal Meeting ID 555 014 2738 Copy');
      // By the zone of whoever runs this.
      const day = (time: string) => new Date(time).toLocaleDateString('en-US', { dateStyle: 'long' });
      const [signedIn, created] = [day('2025-11-04T17:05:09Z'), day('2025-11-03T08:12:40Z')];
      expect(text).toContain(`Plan Basic Role Owner Last sign-in ${signedIn} Member since ${created}`);
    }));

  it('of a Google login shows Google’s picture, and no display name', async () => {
    const google = await startServer(reply(200, smallPng().bytes, { 'content-type': 'image/png' }));
    const company = await startCompany(google.url);
    const network: Network = {
      ...direct,
      proxyFor: async (url) => (url.startsWith('http:') ? null : company.proxy),
      trustSystem: trustSystemCertificates,
    };
    try {
      await opened(
        'google',
        ({ profile, picture }, words) => {
          expect(picture?.phase).toBe('shown');
          expect(profile?.values.display_name).toBe('');
          expect(words.get('profile')).toMatch(/Change picture Remove/);
          expect(words.get('profile')).toContain('Jerusalem');
        },
        { network },
      );
    } finally {
      await company.close();
    }
    expect(google.seen.map(({ url }) => url)).toEqual(['/a/InventedPictureOfTamboli-0123456789=s96-c']);
    expect(google.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  it('without a personal meeting id shows none', () =>
    opened('pmi-zero', ({ profile }, words) => {
      expect(profile?.card).not.toHaveProperty('meetingId');
      expect(profile?.values).not.toHaveProperty('pmi');
      expect(words.get('profile')).not.toMatch(/Personal Meeting ID 0/);
      expect(words.get('profile')).toContain('Plan Licensed Role Admin');
    }));

  it('never has the host key', () =>
    opened('host-key', (snapshot, words) => {
      expect(JSON.stringify(snapshot)).not.toContain('730195');
      expect([...words.values()].join()).not.toContain('730195');
    }));

  it('with two kinds of sign-in and few facts shows these', () =>
    opened('two-logins', (_snapshot, words) => {
      const text = words.get('profile');
      expect(text).toContain('Language Not set');
      expect(text).toContain('Denver');
      expect(text).toContain('https://us05web.zoom.us/j/5550193047?pwd=InventedPasscodeOfWinslow02.1 Copy');
    }));

  it('of a business account shows all that it has', () =>
    opened('business', ({ profile }, words) => {
      expect(profile?.values).toMatchObject({ pronouns_option: 3, use_pmi: true, vanity_name: 'wen.okafor' });
      const text = words.get('profile');
      expect(text).toContain('+46 85550100 Office, Sweden');
      expect(text).toContain('+46 705550142 No label, Sweden');
      expect(text).toContain('https://example.zoom.us/my/wen.okafor');
      expect(text).toContain('Role Accessibility lead');
    }));
});

describe('the settings', () => {
  /** The rows of all settings that an account has. */
  const rows = ({ settings }: Snapshot) => {
    if (settings?.phase !== 'ready') throw new Error(`The settings are ${settings?.phase}`);
    const { leaves } = catalogueWith(unknownLeaves(settings.values));
    const offered = leaves.filter((leaf) => isOffered(leaf, settings));
    return new Map<SettingKey, string>(offered.map((leaf) => [leaf.key, settingWords(leaf, settings)]));
  };

  it('of a business account are all there, under today’s names, none twice', () =>
    opened('business', (snapshot) => {
      const shown = rows(snapshot);
      const told = Object.entries(snapshot.settings?.values ?? {});
      expect(told.length).toBeGreaterThan(246);
      expect(told.filter(([key]) => !shown.has(key as SettingKey))).toEqual([]);
      for (const [key, text] of shown) {
        const value = snapshot.settings?.values[key];
        if (typeof value === 'boolean') expect(/\(on\)/.test(text), key).toBe(value);
        expect(text, key).not.toMatch(/\[object|undefined|\bNaN\b/);
      }
      expect(shown.get('settings:recording.ip_address_access_control.ip_addresses_or_ranges')).toContain(
        '192.0.2.0/24',
      );
      expect(shown.get('settings:in_meeting.language_interpretation.languages')).toMatch(
        /English.*German.*French/,
      );
      expect(shown.get('settings:audio_conferencing.toll_call.numbers')).toContain('+46 8-555-0100 Sweden');
      expect(shown.get('meeting_authentication:authentication_options')).toMatch(
        /Anybody with a Zoom account.*Our two companies.*example\.com,example\.org/,
      );
      const licences = shown.get('settings:feature.license_info_list');
      expect(licences).toContain('A number too large to show · SUB-20251201-0043');
      expect(licences).not.toMatch(/\d{17}/);
      expect(shown.get('recording_authentication:authentication_options')).toContain('Only us');
    }));

  it('of a Basic account are those that it has, and no others', () =>
    opened('basic', (snapshot) => {
      const keys = [...rows(snapshot).keys()];
      const told = Object.keys(snapshot.settings?.values ?? {});
      expect(told.filter((key) => !keys.includes(key as SettingKey))).toEqual([]);
      expect(keys.filter((key) => /webinar_|cmr_days|toll_call|ai_companion/.test(key))).toEqual([]);
      // Its views are refused, and what they would tell is not made up.
      expect(told.filter((key) => !key.startsWith('settings:'))).toEqual([]);
    }));

  it('of a business account tell the backgrounds: the person’s own default among them', () =>
    opened('business', ({ backgrounds }, words) => {
      expect(backgrounds?.files).toMatchObject([
        { name: 'archipelago.png', bytes: 184_320, isDefault: true },
        { name: 'library wall.jpg', bytes: 402_113, isDefault: false },
      ]);
      expect(words.get('backgrounds')).toMatch(/2 of 10.*archipelago\.png.*Default.*library wall\.jpg/);
    }));

  it('of a Basic account tell of no backgrounds', () =>
    opened('basic', (_snapshot, words) => {
      expect(words.get('backgrounds')).toMatch(/0 of 10 .*No backgrounds yet/);
    }));
});

describe('tokens', () => {
  const ask = async (name: string) => {
    const { url } = await startServer(replyAs(recordedAs(name)));
    return createOauth({ oauthUrl: url, clientId: 'client' }, createFakeClock(now)).refresh('r0');
  };

  it.each([
    ['token-number', 3_599, 'user:read:user user:read:settings user:update:settings'],
    ['token-text', 3_599, ''],
    ['token-today', 3_600, 'user:read:user user:read:settings'],
  ])('%s are taken', async (name, seconds, scope) => {
    const { access_token, refresh_token } = recordedAs(name).body;
    expect(await ask(name)).toEqual({
      ok: true,
      value: {
        accessToken: access_token,
        refreshToken: refresh_token,
        expiresAt: now + seconds * 1_000,
        scope,
      },
    });
  });

  it.each(['refusal-grant', 'refusal-grant-old'])('%s ends the sign-in', async (name) => {
    expect(await ask(name)).toMatchObject({ ok: false, error: { kind: 'not-signed-in', action: 'sign-in' } });
  });
});

describe('refusals', () => {
  const words: Readonly<Record<string, object>> = {
    'refusal-presence': { kind: 'minute-limit', what: 'Zoom takes this change only once a minute.' },
    'refusal-presence-typed': { kind: 'minute-limit', what: 'Zoom takes this change only once a minute.' },
    'refusal-locked': { kind: 'forbidden', why: expect.stringContaining('locked by the administrator') },
    'refusal-pending': { why: expect.stringContaining('pending state') },
    'refusal-name': { kind: 'forbidden', action: 'ask-administrator' },
  };
  const calls = [...recorded.values()].filter(
    ({ status, operation }) => status >= 400 && Object.hasOwn(operations, operation),
  );

  it.each(calls)('$name is told in words', async (one) => {
    const { client, clock } = clientAt((await startServer(replyAs(one))).url);
    clock.skipWaits(15_000);
    const input = operations[one.operation as OperationId].body === 'none' ? {} : { body: {} as never };
    const result = await client.call(one.operation as OperationId, input);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error).toMatchObject(words[one.name] ?? { never: 'expected' });
  });
});
