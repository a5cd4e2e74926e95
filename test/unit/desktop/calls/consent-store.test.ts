import fc from 'fast-check';
import { expect, it } from 'vitest';
import { usesIn } from '../../../../electron/desktop/calls/consent-store.ts';

const root =
  'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\CapabilityAccessManager\\ConsentStore';
/** As Windows counts: tenths of a microsecond since 1601. */
const instant = (at: number) => `0x${((at + 11_644_473_600_000) * 10_000).toString(16)}`;
const bootedAt = Date.UTC(2026, 0, 15);
const begun = instant(bootedAt + 3_600_000);

function key(name: string, start: string, stop: string): string {
  return [
    `${root}\\${name}`,
    '    Value    REG_SZ    Allow',
    `    LastUsedTimeStart    REG_QWORD    ${start}`,
    `    LastUsedTimeStop    REG_QWORD    ${stop}`,
    '',
    '',
  ].join('\r\n');
}

it('finds who has begun and not stopped, with the name of the program', () => {
  const text = [
    key('microphone', begun, begun),
    key('microphone\\Microsoft.SkypeApp_kzf8qxf38zg5c', begun, '0x0'),
    key('microphone\\NonPackaged\\C:#Program Files#Mozilla Firefox#firefox.exe', begun, '0x0'),
    key('microphone\\NonPackaged\\C:#Windows#recorder.exe', begun, instant(bootedAt + 3_700_000)),
    key('webcam\\NonPackaged\\C:#Users#me#AppData#Roaming#Zoom#bin#Zoom.exe', begun, '0x0'),
  ].join('');
  expect(usesIn(`\r\n${text}`, bootedAt)).toEqual([
    { device: 'camera', program: 'Zoom' },
    { device: 'microphone', program: 'SkypeApp' },
    { device: 'microphone', program: 'firefox' },
  ]);
});

it('takes no use for one that the computer has not survived, and none that has never begun', () => {
  expect(
    usesIn(key('microphone\\NonPackaged\\C:#a.exe', instant(bootedAt - 1_000), '0x0'), bootedAt),
  ).toEqual([]);
  expect(usesIn(key('microphone\\NonPackaged\\C:#a.exe', '0x0', '0x0'), bootedAt)).toEqual([]);
});

it('reads anything', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(root, '\\microphone\\', 'LastUsedTimeStop    REG_QWORD    0x'),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => void usesIn(pieces.join(''), 0)));
});
