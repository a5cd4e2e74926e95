import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMqtt } from '../../electron/core/mqtt/mqtt.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import type { MqttView } from '../../shared/mqtt.ts';
import { elsewhere } from '../support/calendars-server.ts';
import { companyPem } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createFakeKeychain } from '../support/fake-keychain.ts';
import { snapshot } from '../support/snapshot.ts';
import { startMosquitto } from '../support/trust/mosquitto.ts';
import { createWatch, eventually } from '../support/waiting.ts';

const login = { user: 'tally', password: 'p w-CANARY' };
const folder = mkdtempSync(join(tmpdir(), 'tally-mosquitto-'));
let broker: Awaited<ReturnType<typeof startMosquitto>>;

beforeAll(async () => {
  process.env.NODE_EXTRA_CA_CERTS = companyPem;
  broker = await startMosquitto(folder, { tls: true, login });
});
afterAll(() => {
  broker.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What tells the broker, over TLS and with a login. */
function rig(secret: typeof login) {
  const clock = createFakeClock();
  const watch = createWatch();
  let json: unknown;
  const mqtt = createMqtt({
    clock,
    files: {
      kept: () => json,
      keep(_name, _key, next) {
        json = next;
      },
    },
    network: { trustSystem: trustSystemCertificates },
    secrets: createFakeKeychain(clock).store,
    broker: { lookup: elsewhere },
    changed: watch.changed,
  });
  mqtt.look(snapshot());
  mqtt.run({ type: 'mqtt.broker', host: 'broker.zoom.test', port: broker.port, tls: true, login: secret });
  mqtt.run({ type: 'mqtt.on', on: true });
  return { ...mqtt, until: (test: (view: MqttView) => boolean) => watch.until(mqtt.view, test) };
}

it('mosquitto with TLS and a password file is told, asked again by Home Assistant, and left empty', async () => {
  const made = rig(login);
  await made.until(({ told }) => told !== undefined);
  const first = broker.listen('tally/+/availability');
  await eventually(() => expect(first.at(-1)).toContain('online'));
  const heard = broker.listen('#');
  const isConfig = (line: string) => /^[01] homeassistant\/sensor\/tally_\w+\/config \{/.test(line);
  await eventually(() => expect(heard.length).toBe(4));
  expect(heard.filter(isConfig).length).toBe(1);
  expect(heard.every((line) => line.startsWith('1 '))).toBe(true);
  broker.tell('homeassistant/status', 'online');
  await eventually(() => expect(heard.filter(isConfig).length).toBe(2));
  made.run({ type: 'mqtt.on', on: false });
  await made.until(({ phase }) => phase === 'off');
  const after = broker.listen('#');
  // What is kept comes before what is told while somebody listens.
  await eventually(() => {
    broker.tell('tally/last', 'one');
    expect(after).toContain('0 tally/last one');
  });
  expect(after.filter((line) => line.startsWith('1 '))).toEqual([]);
  made.stop();
});

it('a login that mosquitto does not take is said', async () => {
  const made = rig({ ...login, password: 'wrong' });
  const { failed } = await made.until((view) => view.failed !== undefined);
  expect(failed?.problem).toBe('not-allowed');
  made.stop();
});
