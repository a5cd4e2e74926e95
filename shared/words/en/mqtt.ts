import { words } from '../language.ts';

export const mqtt = words({
  title: 'MQTT and Home Assistant',
  run: 'Tell an MQTT broker',
  runHelp: 'Your status becomes a sensor in Home Assistant, or whatever else listens to your broker.',
  host: 'Host of the broker',
  hostHelp: 'A name or an IP address, like homeassistant.local.',
  port: 'Port',
  tls: 'Encrypt with TLS',
  tlsHelp: 'The broker has to show a certificate for its name that this computer trusts.',
  plain:
    'Without TLS, anybody on the way can read your status, and the user and password of the broker, and can change what it’s told. Use it only in a network that you trust, such as your home’s.',
  user: 'User',
  password: 'Password',
  loginHelp: 'They go to your keychain, for this broker alone. Leave them empty if it needs none.',
  loginKept:
    'A user and password are saved. Type new ones to replace them. With another host, port or TLS, type them again.',
  loginInMemory:
    'Your keychain doesn’t have the user and password, so Tally forgets them when it quits. Type new ones to replace them.',
  forget: 'Remove user and password',
  savePlain: 'Save without TLS',
  reasons: 'Tell why',
  reasonsHelp: 'The reason of a rule goes along, which can have the title of an event or the name of an app.',
  names: 'Tell your name',
  namesHelp: 'The name of your account becomes a part of the sensor’s name.',
  noBroker: 'Save the host of your broker first.',
  noPort: 'The port is a number from 1 to 65535.',
  noUser: 'Type the user, too.',
  loginTooLong: 'This user and password are too long for a keychain.',
  hostProblems: {
    empty: 'Type the host of your broker.',
    scheme: 'Type the host alone, without mqtt:// before it.',
    port: 'Type the host alone. The port has a field of its own.',
    host: 'This isn’t the name or the IP address of a computer.',
  },
  connecting: (place: string) => `Connecting to ${place}…`,
  connected: (place: string) => `Connected to ${place}.`,
  connectedTold: (place: string, status: string, time: string) =>
    `Connected to ${place} · last told ${status} at ${time}.`,
  noAccount:
    'Sign in to Zoom, and the broker is told of your status. The practice account is told to a broker on this computer alone.',
  leaving: 'Removing your status from the broker…',
  left: 'The broker couldn’t be reached, so it may still show your last status. Connect once more to remove it.',
  tryAgainAt: (time: string) => `Tally tries again ${time}.`,
  retry: 'Connect now',
  failed: (time: string, why: string) => `${time}: ${why}`,
  problems: {
    'no-such-version': 'The broker doesn’t speak MQTT 3.1.1.',
    'no-such-client': 'The broker doesn’t take Tally’s client ID.',
    'not-ready': 'The broker isn’t ready yet.',
    'login-refused': 'The broker didn’t accept the user or password.',
    'not-allowed':
      'The broker doesn’t let Tally in. Check the user and password, and what that user is allowed.',
    refused: 'The broker doesn’t let Tally in, and gave no reason.',
    'name-unknown': 'No computer with this name was found. Check the host and your connection.',
    'no-broker': 'Nothing answers at this port. Check the port, and that the broker runs.',
    unreachable: 'The broker couldn’t be reached. Check the host and your connection.',
    slow: 'The broker took longer than 10 seconds.',
    silent: 'The broker stopped answering.',
    'no-answer':
      'The broker ended the connection without an answer. Check the port, and whether it needs TLS.',
    closed: 'The broker ended the connection.',
    taken:
      'The broker ended the connection again. Perhaps a copy of this Tally connects from another computer.',
    broken: 'The connection broke off.',
    'not-mqtt': 'What answers isn’t an MQTT broker. Check the port, and whether it needs TLS.',
    'too-large': 'The broker sent more than Tally reads.',
    untrusted:
      'The broker’s certificate isn’t trusted by this computer. Add the authority that it comes from to your system’s certificates.',
    'other-name': 'The broker’s certificate is for another name. Type the host that stands in it.',
    expired: 'The broker’s certificate isn’t valid today. Renew it, or check your computer’s clock.',
    'no-tls': 'The broker doesn’t speak TLS at this port. With TLS the port is usually 8883.',
    keychain: 'Your keychain is locked, and has the user and password. Connect now to unlock it.',
    'login-gone': 'Your keychain no longer has the user and password. Type them again.',
  },
});
