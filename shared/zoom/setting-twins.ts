import type { SettingKey, SettingValue } from '../settings.ts';
import { settingTwins } from './settings.gen.ts';

type Values = Readonly<Record<SettingKey, SettingValue>>;

/** The other place of each setting that Zoom has twice, whichever of them is asked for. */
const others: ReadonlyMap<SettingKey, SettingKey> = new Map(
  settingTwins.flatMap(([former, present]) => [
    [former, present],
    [present, former],
  ]),
);

/** Where else Zoom has a setting; undefined where it is in one place. */
export function twinOf(key: SettingKey): SettingKey | undefined {
  return others.get(key);
}

/** The places at which settings that Zoom has twice do not count for an account that tells `values`. */
export function idleTwins(values: Values): SettingKey[] {
  return settingTwins.map(([former, present]) => (values[present] === undefined ? present : former));
}

/** Values of another account, or of another day, by the places at which settings count where Zoom tells `now`. */
export function inPlace(values: Values, now: Values): Values {
  const placed: Record<SettingKey, SettingValue> = { ...values };
  for (const idle of idleTwins(now)) {
    const there = placed[idle];
    const place = twinOf(idle);
    if (there === undefined || place === undefined) continue;
    delete placed[idle];
    placed[place] ??= there;
  }
  return placed;
}
