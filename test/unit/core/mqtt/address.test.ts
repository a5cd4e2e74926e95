import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPort, placeOf, readHost } from '../../../../electron/core/mqtt/address.ts';

describe('the host of a broker', () => {
  it.each([
    ['homeassistant.local', 'homeassistant.local'],
    ['  Broker.Example.com. ', 'broker.example.com'],
    ['mosquitto', 'mosquitto'],
    ['core_mosquitto', 'core_mosquitto'],
    ['192.168.1.20', '192.168.1.20'],
    ['::1', '::1'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['bücher.local', 'xn--bcher-kva.local'],
  ])('%s', (text, host) => {
    expect(readHost(text)).toEqual({ ok: true, host });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['mqtt://broker.local', 'scheme'],
    ['https://broker.local:8123/', 'scheme'],
    ['broker.local:1883', 'port'],
    ['10.0.0.2:8883', 'port'],
    ['[::1]:8883', 'port'],
    ['[10.0.0.2]', 'host'],
    ['[broker.local]', 'host'],
    ['anna@broker.local', 'host'],
    ['broker local', 'host'],
    ['broker.local/mqtt', 'host'],
    ['broker..local', 'host'],
    ['-broker', 'host'],
    ['1:2:3', 'host'],
    ['10.0.0.300', 'host'],
    ['127.1', 'host'],
    ['a'.repeat(64), 'host'],
    [`${'a.'.repeat(130)}local`, 'host'],
    ['broker\u0000.local', 'host'],
  ])('%j: %s', (text, problem) => {
    expect(readHost(text)).toEqual({ ok: false, problem });
  });

  it('is one that can be connected to, and is read again as itself, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.domain(),
      fc.ipV4(),
      fc.ipV6(),
      fc.webAuthority(),
      fc.stringMatching(/^[a-z.:[\]%_-]{0,20}$/),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const read = readHost(text);
        if (!read.ok) return;
        const { host } = read;
        expect(readHost(host)).toEqual(read);
        expect(isIP(host) > 0 || /^[a-z\d_.-]+$/.test(host)).toBe(true);
        if (!host.includes('%')) expect(new URL(placeOf({ host, port: 8883, tls: true })).port).toBe('8883');
      }),
    );
  });
});

it.each([
  [1, true],
  [65_535, true],
  [0, false],
  [65_536, false],
  [-1, false],
  [1.5, false],
  [Number.NaN, false],
])('port %d: %s', (port, holds) => {
  expect(isPort(port)).toBe(holds);
});
