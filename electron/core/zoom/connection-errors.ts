import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { FailureReason } from '../http/failures.ts';

export const proxyAsks = 'The proxy of your network asks for a password.';
const passwordFrom = {
  why: 'Tally takes it from HTTPS_PROXY, as in http://name:password@proxy.example:8080.',
};

/** What a person is told of a call to Zoom that got no usable answer. */
export const connectionErrors: Readonly<Record<FailureReason, TallyError>> = {
  'address-unknown': tallyError('network', 'Zoom’s address wasn’t found.', {
    why: 'This computer seems to be offline.',
  }),
  unreachable: tallyError('network', 'Zoom couldn’t be reached.'),
  broken: tallyError('network', 'The connection to Zoom broke.'),
  timeout: tallyError('timeout', 'Zoom didn’t answer in time.'),
  untrusted: tallyError('network', 'The connection to Zoom isn’t safe, so it was closed.', {
    why: 'Its certificate isn’t one that this computer trusts.',
  }),
  'not-http': tallyError('bad-answer', 'The reply didn’t come from Zoom.', {
    action: 'check-connection',
  }),
  'too-large': tallyError('bad-answer', 'Zoom’s answer was too large to read.', { action: 'none' }),
  'too-slow': tallyError('timeout', 'Zoom’s answer came too slowly.'),
  unknown: tallyError('internal', 'The call to Zoom couldn’t be made.'),
  'proxy-not-an-address': tallyError('network', 'HTTPS_PROXY isn’t an address that Tally understands.', {
    why: 'It should look like http://proxy.example:8080. In a password, write special characters as %40 for @.',
  }),
  'proxy-unusable': tallyError('network', 'The proxy of your network is of a kind that Tally can’t use.', {
    why: 'Tally can use HTTP, HTTPS and SOCKS 5 proxies.',
    action: 'ask-administrator',
  }),
  'proxy-unreadable': tallyError('network', 'The proxy settings of this computer couldn’t be read.'),
  'proxy-unreachable': tallyError('network', 'The proxy of your network can’t be reached.', {
    why: 'Its address may be out of date, or of another network than this one.',
  }),
  'proxy-closed': tallyError('network', 'The proxy of your network closed the connection.'),
  'proxy-unsafe': tallyError('network', 'The proxy of your network isn’t safe to use, so it wasn’t used.', {
    why: 'Its certificate is one for another name.',
    action: 'ask-administrator',
  }),
  'proxy-asks-password': tallyError('network', proxyAsks, passwordFrom),
  'proxy-refuses-password': tallyError(
    'network',
    'The proxy of your network doesn’t accept your password.',
    passwordFrom,
  ),
  'proxy-refuses': tallyError('network', 'The proxy of your network doesn’t let Tally through to Zoom.', {
    why: 'It has to allow zoom.us and the names below it.',
    action: 'ask-administrator',
  }),
  'proxy-stuck': tallyError('network', 'The proxy of your network couldn’t reach Zoom.', {
    action: 'retry',
  }),
};
