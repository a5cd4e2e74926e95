import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityOf, farewellOf, messagesOf, type Shown } from '../../../../electron/core/mqtt/messages.ts';
import type { AutomationView, Occurrence } from '../../../../shared/automation.ts';
import { settableStatuses } from '../../../../shared/zoom/presence.ts';
import { connected, snapshot } from '../../../support/snapshot.ts';

const plain = { reasons: false, names: false };
const since = Date.UTC(2026, 0, 14, 14, 2);
const until = since + 28 * 60_000;
const now = since + 60_000;

const acting: Occurrence = {
  status: 'Busy',
  rule: 'calendar',
  since,
  until,
  title: 'Layoffs',
} as Occurrence;

const byRule = (over: Partial<Shown['presence']['current']> = {}): Shown => ({
  ...snapshot({ current: { status: 'Busy', since, until, cause: 'rule', ...over } }),
  automation: { acting } as AutomationView,
});

const told = (shown: Shown, extras = plain) => {
  const messages = messagesOf('0123456789ab', shown, extras, now);
  return Object.fromEntries(messages.map(({ topic, payload }) => [topic, payload]));
};

/**
 * The keys of an MQTT sensor and of its device, and of what tells of the origin, as Home Assistant documents them
 * (home-assistant.io/integrations/sensor.mqtt and /mqtt, autumn of 2026). What it does not know it refuses or drops.
 */
const sensorKeys =
  'availability availability_mode availability_template availability_topic default_entity_id device device_class enabled_by_default encoding entity_category entity_picture expire_after force_update icon json_attributes_template json_attributes_topic last_reset_value_template name options origin payload_available payload_not_available platform qos state_class state_topic suggested_display_precision unique_id unit_of_measurement value_template';
const deviceKeys =
  'configuration_url connections hw_version identifiers manufacturer model model_id name serial_number suggested_area sw_version via_device';
const originKeys = 'name sw_version support_url';

describe('what Home Assistant is told', () => {
  const config = JSON.parse(told(snapshot())['homeassistant/sensor/tally_0123456789ab/config'] ?? '');

  it('is a sensor by keys that it documents', () => {
    const among = (keys: string) => (key: string) => keys.split(' ').includes(key);
    expect(Object.keys(config).every(among(sensorKeys))).toBe(true);
    expect(Object.keys(config.device).every(among(deviceKeys))).toBe(true);
    expect(Object.keys(config.origin).every(among(originKeys))).toBe(true);
    expect(config).toMatchObject({
      name: 'Status',
      unique_id: 'tally_0123456789ab',
      state_topic: 'tally/0123456789ab/state',
      json_attributes_topic: 'tally/0123456789ab/attributes',
      availability_topic: 'tally/0123456789ab/availability',
      device: { identifiers: ['tally_0123456789ab'], name: 'Tally' },
      icon: expect.stringMatching(/^mdi:[a-z-]+$/),
    });
  });

  it('has each status among its options, as an enum must, and neither unit nor class of state', () => {
    expect(config.device_class).toBe('enum');
    for (const status of [...settableStatuses, 'Offline'] as const) {
      const shown = snapshot({ current: { status, since, cause: 'zoom' } });
      const state = told(shown)['tally/0123456789ab/state'];
      expect(config.options).toContain(state);
    }
    expect(config).not.toHaveProperty('state_class');
    expect(config).not.toHaveProperty('unit_of_measurement');
  });
});

describe('the status', () => {
  it('is told with its attributes, and these before it', () => {
    const order = messagesOf('0123456789ab', byRule(), plain, now).map(({ topic }) =>
      topic.split('/').at(-1),
    );
    expect(order).toEqual(['config', 'attributes', 'state', 'availability']);
    expect(JSON.parse(told(byRule())['tally/0123456789ab/attributes'] ?? '')).toEqual({
      status: 'Busy',
      label: 'Busy',
      since: '2026-01-14T14:02:00.000Z',
      until: '2026-01-14T14:30:00.000Z',
      cause: 'rule',
      rule: 'calendar',
    });
  });

  it('has no title and no name, unless that is wished', () => {
    const all = (extras: typeof plain) => JSON.stringify(told(byRule(), extras));
    expect(all(plain)).not.toMatch(/Layoffs|Robin|example\.org/);
    expect(all({ ...plain, reasons: true })).toContain('Layoffs');
    expect(all({ ...plain, names: true })).toContain('Tally (Robin Doe)');
    expect(all({ reasons: true, names: true })).not.toContain('example.org');
  });

  it('has a rule’s reason only where the rule has set it', () => {
    const extras = { ...plain, reasons: true };
    for (const current of [{ cause: 'you' }, { status: 'Away' }] as const) {
      const attributes = JSON.parse(told(byRule(current), extras)['tally/0123456789ab/attributes'] ?? '');
      expect(attributes).toMatchObject({ rule: null, reason: null });
    }
  });

  it('that is not known is unavailable, and no state', () => {
    const messages = told(snapshot({ current: { status: 'Unknown', since, cause: 'zoom' } }));
    expect(messages['tally/0123456789ab/availability']).toBe('offline');
    expect(messages).not.toHaveProperty('tally/0123456789ab/state');
  });

  it('is small and whole JSON, whatever titles and names there are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 5_000 }),
        fc.string({ unit: 'binary' }),
        (title, name) => {
          const shown = {
            ...byRule(),
            accounts: snapshot().accounts.map((one) => ({ ...one, name })),
            automation: { acting: { ...acting, title } } as AutomationView,
          };
          for (const { topic, payload } of messagesOf(
            '0123456789ab',
            shown,
            { reasons: true, names: true },
            now,
          )) {
            expect(topic).toMatch(/^[\w/]+$/);
            expect(Buffer.byteLength(payload)).toBeLessThan(4_000);
            if (payload.startsWith('{')) JSON.parse(payload);
          }
        },
      ),
    );
  });
});

it('an account is known by a name that tells nothing of it, and is another one’s at another Tally', () => {
  const entity = entityOf(`commercial:${connected.email}`, 'a'.repeat(12));
  expect(entity).toMatch(/^[0-9a-f]{12}$/);
  expect(entityOf(`commercial:${connected.email}`, 'b'.repeat(12))).not.toBe(entity);
  expect(entityOf('commercial:other', 'a'.repeat(12))).not.toBe(entity);
});

it('a farewell says offline, and then empties all that was kept', () => {
  const kept = new Map(
    messagesOf('0123456789ab', snapshot(), plain, now).map((one) => [one.topic, one.payload]),
  );
  const [first, ...rest] = farewellOf('0123456789ab');
  expect(first).toEqual({ topic: 'tally/0123456789ab/availability', payload: 'offline' });
  expect(rest[0]?.topic).toContain('/config');
  for (const { topic, payload } of rest) if (payload === '') kept.delete(topic);
  expect([...kept]).toEqual([]);
});
