import * as z from 'zod';
import type { Status } from './zoom/presence.ts';

/** Longest host (RFC 1035), and longest user and password that are taken, in characters. */
export const longestHost = 253;
export const longestMqttField = 500;

/** The ports that the standard's registry names for MQTT, with TLS and without. */
export const mqttPorts = { tls: 8_883, plain: 1_883 };

/** Why a broker is not told, or what it said no to. */
export type MqttProblem =
  /** Its answers to CONNECT (MQTT 3.1.1, 3.2.2.3), and any other number. */
  | 'no-such-version'
  | 'no-such-client'
  | 'not-ready'
  | 'login-refused'
  | 'not-allowed'
  | 'refused'
  | 'name-unknown'
  /** The computer is there, and nothing listens at the port. */
  | 'no-broker'
  | 'unreachable'
  /** It answers too late; it has stopped answering. */
  | 'slow'
  | 'silent'
  /** It ends the connection before its answer to CONNECT; later; again and again. */
  | 'no-answer'
  | 'closed'
  | 'taken'
  | 'broken'
  | 'not-mqtt'
  | 'too-large'
  /** Nobody vouches for its certificate, which is another one's, or whose time is over; no TLS comes about at all. */
  | 'untrusted'
  | 'other-name'
  | 'expired'
  | 'no-tls'
  /** The keychain is locked; it no longer has the login. */
  | 'keychain'
  | 'login-gone';

/** What of the status is told to a broker besides the status itself. */
export interface MqttExtras {
  /** Why a rule has set it, in words: they may have the title of an event, or the name of an app. */
  readonly reasons: boolean;
  /** The name of the account. */
  readonly names: boolean;
}

/** The broker as it is shown: no user and no password. */
export interface MqttView extends MqttExtras {
  readonly on: boolean;
  /** Empty where none was given yet. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** `memory`: the keychain has not taken it, so it is forgotten when Tally quits. */
  readonly login: 'none' | 'kept' | 'memory';
  readonly phase: 'off' | 'connecting' | 'connected' | 'waiting';
  /** What the broker took last, and when (epoch ms), in this run. */
  readonly told?: { readonly status: Status; readonly at: number };
  /** Why there is no connection, and when it was lost (epoch ms). */
  readonly failed?: { readonly problem: MqttProblem; readonly at: number };
  /** When it is tried again, epoch ms. */
  readonly retryAt?: number;
  /** It was switched off, and the broker could not be told: Home Assistant may still show the sensor. */
  readonly isLeft: boolean;
}

/**
 * `mqtt.broker` is another broker; without a user the login stays as it is, if the place is the same. `mqtt.forget` forgets the login.
 * `mqtt.retry` connects at once; a locked keychain may ask its question then.
 */
export const mqttActions = () =>
  [
    z.strictObject({ type: z.literal('mqtt.on'), on: z.boolean() }),
    z.strictObject({
      type: z.literal('mqtt.broker'),
      host: z.string().max(1_000),
      port: z.int(),
      tls: z.boolean(),
      login: z
        .strictObject({
          user: z.string().min(1).max(longestMqttField),
          // Spaces may be a part of it, and a broker may want none.
          password: z.string().max(longestMqttField),
        })
        .optional(),
    }),
    z.strictObject({
      type: z.literal('mqtt.extras'),
      reasons: z.boolean().optional(),
      names: z.boolean().optional(),
    }),
    z.strictObject({ type: z.literal('mqtt.forget') }),
    z.strictObject({ type: z.literal('mqtt.retry') }),
  ] as const;

export type MqttAction = z.infer<ReturnType<typeof mqttActions>[number]>;
