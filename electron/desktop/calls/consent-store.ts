import { execFile } from 'node:child_process';
import { uptime } from 'node:os';
import { win32 } from 'node:path';
import type { Clock, DeviceUse } from '../../core/ports.ts';
import { cleanName, distinct } from './uses.ts';

/** Windows tells of changes in the registry only those who call its library, which takes a native module; so it is asked so often, ms. */
const askEvery = 5_000;
const patience = 4_000;

const store = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\CapabilityAccessManager\\ConsentStore';
const devices = { microphone: 'microphone', webcam: 'camera' } as const;

/** Instants of Windows are tenths of a microsecond since 1601. */
const windowsEpoch = 11_644_473_600_000;

/**
 * Tells who uses a microphone or camera by what Windows shows in its privacy settings: undefined where it tells nothing. Returns how to
 * stop that.
 */
export function watchConsentStore(
  clock: Clock,
  tell: (uses: readonly DeviceUse[] | undefined) => void,
): () => void {
  let stopped = false;
  let cancel = () => {};

  async function look(): Promise<void> {
    const texts = await Promise.all(Object.keys(devices).map(query));
    if (stopped) return;
    const bootedAt = clock.now() - uptime() * 1_000;
    const isTold = texts.some((text) => text !== undefined);
    tell(isTold ? usesIn(texts.join('\n'), bootedAt) : undefined);
    cancel = clock.setTimeout(() => void look(), askEvery);
  }

  void look();
  return () => {
    stopped = true;
    cancel();
  };
}

function query(device: string): Promise<string | undefined> {
  const program = win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe');
  const options = { timeout: patience, windowsHide: true, maxBuffer: 4 * 1024 * 1024 } as const;
  return new Promise((resolve) => {
    execFile(program, ['query', `${store}\\${device}`, '/s'], options, (error, out) =>
      resolve(error ? undefined : out),
    );
  });
}

/**
 * Who uses a device, of what `reg query /s` writes of the consent store: whoever has begun and not stopped. What began before the
 * computer started (epoch ms) was cut off by that.
 */
export function usesIn(text: string, bootedAt: number): readonly DeviceUse[] {
  const uses = text.split(/^(?=HKEY_)/m).flatMap((part): readonly DeviceUse[] => {
    const [, key = '', name = ''] =
      /\\ConsentStore\\(microphone|webcam)\\(\S.*)$/m.exec(part.trimEnd()) ?? [];
    const device = Object.entries(devices).find(([one]) => one === key)?.[1];
    const start = instantOf(part, 'LastUsedTimeStart');
    const isUsed = instantOf(part, 'LastUsedTimeStop') === 0 && start !== undefined && start > 0;
    if (!device || !isUsed || start / 10_000 - windowsEpoch < bootedAt) return [];
    const program = programOf(name);
    return [{ device, ...(program && { program }) }];
  });
  return distinct(uses);
}

function instantOf(part: string, name: string): number | undefined {
  const found = new RegExp(`^\\s+${name}\\s+REG_QWORD\\s+0x([0-9a-f]{1,16})\\s*$`, 'im').exec(part);
  return found ? Number.parseInt(found[1] as string, 16) : undefined;
}

/** `NonPackaged\C:#Program Files#Zoom#bin#Zoom.exe`, or a package's name such as `Microsoft.WindowsCamera_8wekyb3d8bbwe`. */
function programOf(key: string): string | undefined {
  const path = key.replace(/^NonPackaged\\/, '');
  const name =
    path === key
      ? key
          .replace(/_[a-z0-9]+$/, '')
          .split('.')
          .at(-1)
      : path
          .split('#')
          .at(-1)
          ?.replace(/\.exe$/i, '');
  return cleanName(name);
}
