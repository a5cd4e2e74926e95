import { createHash } from 'node:crypto';
import type { MqttExtras } from '../../../shared/mqtt.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { reasonWords } from '../../../shared/words/automation.ts';
import { settableStatuses, statusWord } from '../../../shared/zoom/presence.ts';
import type { Message } from './connection.ts';

/** What is shown, as far as a broker is told of it. */
export type Shown = Pick<Snapshot, 'account' | 'accounts' | 'presence' | 'automation'>;

/** Where Home Assistant says that it has started, unless somebody has changed it there. */
export const birthTopic = 'homeassistant/status';

/** Longest name of an account and longest reason that are told, in characters. */
const longest = 200;

/** What an account is called at the broker: nothing of the account can be seen in it. @param own what this Tally is called */
export function entityOf(key: string, own: string): string {
  return createHash('sha256').update(`${own} ${key}`).digest('hex').slice(0, 12);
}

export const clientIdOf = (own: string) => `tally${own}`;

const topics = (entity: string) => ({
  config: `homeassistant/sensor/tally_${entity}/config`,
  state: `tally/${entity}/state`,
  attributes: `tally/${entity}/attributes`,
  availability: `tally/${entity}/availability`,
});

export const stateTopic = (entity: string) => topics(entity).state;

/** That nothing is known of the status any more. */
export const offline = (entity: string): Message => ({
  topic: topics(entity).availability,
  payload: 'offline',
});

/** All that the broker is to keep of an account's status, in the order in which it is told; `now` in epoch ms. */
export function messagesOf(entity: string, shown: Shown, extras: MqttExtras, now: number): Message[] {
  const { config, state, attributes } = topics(entity);
  const { status } = shown.presence.current;
  const discovery = { topic: config, payload: JSON.stringify(discoveryOf(entity, shown, extras)) };
  if (status === 'Unknown') return [discovery, offline(entity)];
  return [
    discovery,
    // Before the state, so that who is told of another state finds its attributes there.
    { topic: attributes, payload: JSON.stringify(attributesOf(shown, extras, now)) },
    { topic: state, payload: status },
    { ...offline(entity), payload: 'online' },
  ];
}

/** Takes an account away from the broker: who listens hears `offline` first, and nothing of it stays. */
export function farewellOf(entity: string): Message[] {
  const { config, state, attributes, availability } = topics(entity);
  const gone = [config, state, attributes, availability].map((topic) => ({ topic, payload: '' }));
  return [offline(entity), ...gone];
}

/** What makes a sensor of it in Home Assistant (MQTT discovery, home-assistant.io/integrations/sensor.mqtt). */
function discoveryOf(entity: string, { account, accounts }: Shown, { names }: MqttExtras) {
  const { state, attributes, availability } = topics(entity);
  const key = account.phase === 'none' ? undefined : account.key;
  const name = names ? accounts.find((one) => one.key === key)?.name : undefined;
  return {
    name: 'Status',
    unique_id: `tally_${entity}`,
    state_topic: state,
    json_attributes_topic: attributes,
    availability_topic: availability,
    device_class: 'enum',
    options: [...settableStatuses, 'Offline'],
    icon: 'mdi:account-clock',
    device: {
      identifiers: [`tally_${entity}`],
      name: name ? `Tally (${name.slice(0, longest)})` : 'Tally',
      model: 'Status in Zoom',
    },
    origin: { name: 'Tally' },
  };
}

function attributesOf({ presence, automation }: Shown, { reasons }: MqttExtras, now: number) {
  const { status, since, until, cause } = presence.current;
  const acting = cause === 'rule' && automation?.acting?.status === status ? automation.acting : undefined;
  return {
    status,
    label: statusWord(status),
    since: new Date(since).toISOString(),
    until: until === undefined ? null : new Date(until).toISOString(),
    cause,
    rule: acting?.rule ?? null,
    ...(reasons && { reason: acting ? reasonWords(acting, now).slice(0, longest) : null }),
  };
}
