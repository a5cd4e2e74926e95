import { afterEach, describe, expect, it, vi } from 'vitest';
import { isOthers } from '../../../../electron/desktop/sign-in/peer.ts';

vi.mock('node:fs', () => ({
  readFileSync() {
    throw new Error('ENOENT');
  },
}));

const socket = { localPort: 40_000, remotePort: 50_001 };
const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

/** A line of the kernel's list, as Linux writes it: addresses, state, queues, timers, user. */
const line = (local: string, remote: string, state: string, user: number) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${`${user}`.padStart(5)}        0 9 1 0 100 0 0 10 0\n`;

const server = '0100007F:9C40';
const client = '0100007F:C351';
const nobody = '00000000:0000';
const listening = line(server, nobody, '0A', 1000);
const mapped = (address: string) => `0000000000000000FFFF0000${address}`;

/** Whether the kernel's lists of these lines say that somebody else has connected to Tally, which runs as user 1000. */
function others(lines: readonly string[], lines6: readonly string[] = []): boolean {
  const lists: Readonly<Record<string, string>> = {
    '/proc/net/tcp': head + lines.join(''),
    '/proc/net/tcp6': head + lines6.join(''),
  };
  return isOthers(socket, { own: 1000, readList: (path) => lists[path] ?? '' });
}

describe.skipIf(process.platform !== 'linux')('who came', () => {
  it.each([
    ['the same user', 1000, false],
    ['another user', 1001, true],
    ['a user whose number begins alike', 10001, true],
    ['root', 0, false],
  ])('%s', (_, user, isOther) => {
    expect(others([listening, line(server, client, '01', 1000), line(client, server, '01', user)])).toBe(
      isOther,
    );
  });

  it('a program that is gone: its connection is told as of user 0, or not at all', () => {
    expect(others([listening, line(client, server, '06', 0)])).toBe(true);
    expect(others([listening])).toBe(true);
  });

  it('the same user who closed the connection already', () => {
    expect(others([listening, line(client, server, '08', 1000)])).toBe(false);
  });

  it('somebody with the same port to another server is nobody to look at', () => {
    expect(
      others([listening, line(client, '0100007F:9C41', '01', 1000), line(client, server, '01', 1001)]),
    ).toBe(true);
  });

  it('a program that writes the address as one of IPv6', () => {
    const own = line(mapped(client), mapped(server), '01', 1000);
    expect(others([listening], [own])).toBe(false);
    expect(others([listening], [own.replace(' 1000 ', ' 1001 ')])).toBe(true);
  });

  it('a system that does not tell even Tally’s own port: nobody counts as another', () => {
    expect(others([])).toBe(false);
    expect(others([line(client, server, '01', 1001)])).toBe(false);
    expect(others([line(server, nobody, '01', 1001)])).toBe(false);
    expect(isOthers(socket, { own: 1000, readList: () => '' })).toBe(false);
  });

  it('a kernel that has no such lists: nobody counts as another', () => {
    expect(isOthers(socket, { own: 1000 })).toBe(false);
  });

  it('ports of few digits', () => {
    const [here, there] = ['0100007F:0050', '0100007F:01BB'];
    const list = head + line(here, nobody, '0A', 1000) + line(there, here, '01', 1000);
    const ports = { localPort: 80, remotePort: 443 };
    expect(isOthers(ports, { own: 1000, readList: () => list })).toBe(false);
    expect(isOthers(ports, { own: 1001, readList: () => list })).toBe(true);
  });

  it('a last line that ends in the middle', () => {
    expect(others([listening, line(client, server, '01', 1000).slice(0, 60)])).toBe(true);
  });
});

describe('another system', () => {
  const { platform, getuid } = process;
  afterEach(() => {
    Object.defineProperties(process, { platform: { value: platform }, getuid: { value: getuid } });
  });

  it.each(['win32', 'darwin'])('tells nobody’s, also where it knows no users: %s', (value) => {
    Object.defineProperties(process, { platform: { value }, getuid: { value: undefined } });
    const list = head + listening + line(client, server, '01', 1001);
    expect(isOthers(socket, { readList: () => list })).toBe(false);
  });
});
