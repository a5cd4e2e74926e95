/** Longest host (RFC 1035), in characters. */
export const longestHost = 253;

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
  /** It ends the connection before its answer to CONNECT; later. */
  | 'no-answer'
  | 'closed'
  | 'broken'
  | 'not-mqtt'
  | 'too-large'
  /** Nobody vouches for its certificate, which is another one's, or whose time is over; no TLS comes about at all. */
  | 'untrusted'
  | 'other-name'
  | 'expired'
  | 'no-tls';
