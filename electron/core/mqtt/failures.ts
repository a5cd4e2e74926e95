import type { MqttProblem } from '../../../shared/mqtt.ts';
import { failureOf, systemCode } from '../http/failures.ts';
import { isUntrusted } from '../http/proxy-failures.ts';

const codes: Readonly<Partial<Record<string, MqttProblem>>> = {
  ECONNREFUSED: 'no-broker',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-name',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
};

/** Says what an error of the connection means; its text is never used. */
export function problemOf(cause: unknown): MqttProblem {
  const code = systemCode(cause);
  const known = codes[code];
  if (known) return known;
  if (isUntrusted(cause)) return 'untrusted';
  switch (failureOf(cause).reason) {
    case 'address-unknown':
      return 'name-unknown';
    case 'unreachable':
      return 'unreachable';
    case 'timeout':
      return 'slow';
    case 'untrusted':
      return /CERT|SIGNATURE/.test(code) && !/ALERT/.test(code) ? 'untrusted' : 'no-tls';
    default:
      return 'broken';
  }
}

const refusals: readonly (MqttProblem | undefined)[] = [
  undefined,
  'no-such-version',
  'no-such-client',
  'not-ready',
  'login-refused',
  'not-allowed',
];

/** Says what a return code other than 0 of CONNACK means (MQTT 3.1.1, table 3.1). */
export const refusalOf = (code: number): MqttProblem => refusals[code] ?? 'refused';
