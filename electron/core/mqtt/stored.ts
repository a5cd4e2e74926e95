import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type MqttExtras, mqttPorts } from '../../../shared/mqtt.ts';
import { isPort, readHost } from './address.ts';

/** What is kept on the disk: no user and no password. */
export interface KeptMqtt extends MqttExtras {
  readonly on: boolean;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** The keychain has a login for the place, or shall have one. */
  readonly hasLogin: boolean;
  /** The keychain may have one that is not wanted any more. */
  readonly isUnclean: boolean;
  /** What this Tally is called at the broker. */
  readonly own: string;
  /** What the broker may keep of accounts: their names there. */
  readonly announced: readonly string[];
}

const own = z.string().regex(/^[0-9a-f]{12}$/);
/** So many accounts that are gone are taken away from a broker at most. */
const most = 100;

const whole = z.object({
  on: z.boolean().catch(false),
  host: z.string().catch(''),
  port: z.number().refine(isPort).catch(mqttPorts.tls),
  tls: z.boolean().catch(true),
  hasLogin: z.boolean().catch(false),
  isUnclean: z.boolean().catch(false),
  own: own.optional().catch(undefined),
  announced: z.array(own).max(most).catch([]),
  reasons: z.boolean().catch(false),
  names: z.boolean().catch(false),
});

/** What was kept, as far as it can be used; without a host nothing is on. Never throws. */
export function readMqtt(json: unknown): KeptMqtt {
  const read = whole.parse(whole.safeParse(json).data ?? {});
  const found = readHost(read.host);
  const host = found.ok ? found.host : '';
  return { ...read, host, on: read.on && found.ok, own: read.own ?? randomBytes(6).toString('hex') };
}
