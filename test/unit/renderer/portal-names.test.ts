import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogueWith } from '../../../renderer/screens/settings/catalogue.ts';
import { findSettings, haystackOf } from '../../../renderer/screens/settings/search.ts';
import { hiddenTwins, withoutTwins } from '../../../renderer/screens/settings/twins.ts';
import type { SettingKey, SettingLeaf } from '../../../shared/settings.ts';
import { settingTwins } from '../../../shared/zoom/settings.gen.ts';

/** Settings with the name that Zoom's web portal has for them, and where it was read; R and M are not the portal's own pages. */
const rows = readFileSync(new URL('../../fixtures/zoom/portal-names.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [key: string, name: string, source: string]);
const confirmed = rows.filter(([, , source]) => /[ABKS]/.test(source));

const views = ['meeting_security', 'meeting_authentication', 'recording_authentication'];

/** The fixture names a setting of a view by the view, or by the group of the same name. */
function keyOf(name: string): SettingKey {
  if (name.includes(':')) return name as SettingKey;
  const view = views.find((one) => name.startsWith(`${one}.`)) ?? 'settings';
  return `${view}:${name}` as SettingKey;
}

/** What the screen has for an account with the security view, where settings that Zoom has twice are told. */
const values = { ...Object.fromEntries(settingTwins.map(([, present]) => [present, true])) };
const known = withoutTwins(catalogueWith([]), hiddenTwins({ values, edits: {} }));
const hay = haystackOf(known);

/** The same to a reader: without capitals and quotes. */
const plain = (text: string) => text.toLowerCase().replaceAll(/["“”'’]/g, '');
const percent = (some: readonly unknown[]) => Math.floor((some.length / confirmed.length) * 100);

describe('the names of Zoom’s web portal', () => {
  // Zoom calls one of them otherwise today.
  const leafOf = (name: string) =>
    (known.byKey.get(keyOf(name)) ??
      known.leaves.find(({ former }) => former === keyOf(name))) as SettingLeaf;

  it('find their settings first or second, nine of ten, and four of five are what Tally calls them', () => {
    expect(confirmed).toHaveLength(94);
    const found = confirmed.filter(([key, name]) =>
      findSettings(hay, name).slice(0, 2).includes(leafOf(key)),
    );
    const titled = confirmed.filter(([key, name]) => plain(leafOf(key).title) === plain(name));
    process.stdout.write(
      `Portal names: ${found.length} of ${confirmed.length} found first or second (${percent(found)} %), ${titled.length} are the title (${percent(titled)} %)\n`,
    );
    const missed = (some: typeof confirmed) => confirmed.filter((row) => !some.includes(row));
    expect(percent(found), JSON.stringify(missed(found))).toBeGreaterThanOrEqual(90);
    expect(percent(titled), JSON.stringify(missed(titled))).toBeGreaterThanOrEqual(80);
  });

  it('find their settings among others, also those that only Zoom’s reference or other programs give', () => {
    const lost = rows.filter(([key, name]) => !findSettings(hay, name).includes(leafOf(key)));
    expect(lost).toEqual([]);
  });
});
