import { describe, expect, it, test } from 'vitest';
import { readAddress } from '../../../../electron/core/calendars/address.ts';
import { isNearby } from '../../../../electron/core/calendars/nearby.ts';

describe('the address of a calendar', () => {
  test.each([
    [' https://calendar.example/basic.ics ', 'https://calendar.example/basic.ics'],
    ['webcal://calendar.example/basic.ics', 'https://calendar.example/basic.ics'],
    ['WEBCALS://calendar.example/a', 'https://calendar.example/a'],
    ['calendar.example/basic.ics', 'https://calendar.example/basic.ics'],
    ['calendar.example:8443/a?b=c#d', 'https://calendar.example:8443/a?b=c'],
    ['http://127.0.0.1:5232/anna/', 'http://127.0.0.1:5232/anna/'],
    ['http://localhost/', 'http://localhost/'],
  ])('%s is read', (given, href) => {
    const read = readAddress(given);
    expect(read.ok && read.url.href).toBe(href);
  });

  test.each([
    ['http://calendar.example/basic.ics', 'http'],
    ['http://192.168.1.2/basic.ics', 'http'],
    ['ftp://calendar.example/', 'no-address'],
    ['file:///etc/passwd', 'no-address'],
    ['javascript://x/', 'no-address'],
    ['two words', 'no-address'],
    ['https://', 'no-address'],
    [`https://calendar.example/${'a'.repeat(1_000)}`, 'long'],
  ])('%s is none', (given, problem) => {
    expect(readAddress(given)).toEqual({ ok: false, problem });
  });

  it('may carry a login, which is no part of it', () => {
    const read = readAddress('https://anna%40home:p%20w@dav.example/anna/');
    expect(read).toMatchObject({ ok: true, login: { user: 'anna@home', password: 'p w' } });
    expect(read.ok && read.url.href).toBe('https://dav.example/anna/');
  });
});

describe('a host', () => {
  test.each([
    'localhost',
    'a.localhost',
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.100.1.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.0.1',
    '[::1]',
    '[::]',
    '[fd12::1]',
    '[fe80::1]',
    '[::ffff:192.168.0.1]',
    '[::ffff:c0a8:1]',
    'nas',
    'nas.local',
    'nas.local.',
    'box.home.arpa',
    'intra.lan',
  ])('%s is nearby', (host) => {
    expect(isNearby(host)).toBe(true);
  });

  test.each([
    'calendar.google.com',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '[2001:4860:4860::8888]',
    'local.example',
    'localhost.example',
  ])('%s is not', (host) => {
    expect(isNearby(host)).toBe(false);
  });
});
