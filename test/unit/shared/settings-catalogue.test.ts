import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../scripts/generate/catalogue.ts';
import { makeSettings } from '../../../scripts/generate/settings.ts';
import schemas from '../../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { settingLeaves, settingSections, settingTwins } from '../../../shared/zoom/settings.gen.ts';

type Schema = { readonly $ref?: string; readonly properties?: Readonly<Record<string, Schema>> };
const definitions = schemas.definitions as unknown as Readonly<Record<string, Schema>>;

/** Dotted paths of every leaf under a definition, found without the generator's help. */
function paths(name: string, prefix = ''): string[] {
  const walk = (schema: Schema, path: string): string[] => {
    const target = schema.$ref ? definitions[schema.$ref.replace('#/definitions/', '')] : schema;
    if (!target?.properties) return [path];
    return Object.entries(target.properties).flatMap(([key, child]) =>
      walk(child, path ? `${path}.${key}` : key),
    );
  };
  return walk(definitions[name] as Schema, prefix);
}

const keysOf = (view: string) =>
  settingLeaves.flatMap(({ key }) => (key.startsWith(`${view}:`) ? [key.slice(view.length + 1)] : [])).sort();

describe('the catalogue of settings', () => {
  it('has every leaf that Zoom shows or takes, once', () => {
    const all = new Set([...paths('UserSettings'), ...paths('UserSettingsUpdate')]);
    expect(keysOf('settings')).toEqual([...all].sort());
    expect(keysOf('meeting_security')).toEqual(paths('MeetingSecurity', 'meeting_security').sort());
    expect(keysOf('recording_authentication')).toEqual([
      'authentication_options',
      'recording_authentication',
    ]);
    expect(keysOf('meeting_authentication')).toEqual([
      'allow_authentication_exception',
      'authentication_options',
      'meeting_authentication',
    ]);
    expect(new Set(settingLeaves.map(({ key }) => key)).size).toBe(settingLeaves.length);
  });

  it('shows each in a section that there is, under a title of its own', () => {
    const sections = new Set(settingSections.map(({ id }) => id));
    expect(sections.size).toBe(settingSections.length);
    for (const { section } of settingLeaves) expect(sections).toContain(section);
    for (const { id } of settingSections)
      expect(settingLeaves.some(({ section }) => section === id)).toBe(true);
    // Of two places of one setting the screen shows one.
    const former = new Set(settingTwins.map(([key]) => key));
    const shown = settingLeaves.filter(({ key }) => !former.has(key));
    const places = shown.map(({ section, group, title }) => `${section} / ${group} / ${title}`);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  it('says in words what each is for', () => {
    for (const { key, title, help } of settingLeaves) {
      // Zoom's own names have “3rd party” and “H.323” in them.
      expect(title, key).toMatch(/^[\p{Lu}\d]/u);
      expect(title, key).not.toMatch(/_|\.(?!\d)/);
      expect(title, key).not.toBe(key.split('.').at(-1));
      expect(help, key).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it('has a word for each choice, and knows what reads and what writes', () => {
    const choices = settingLeaves.filter(({ type }) => type === 'choice');
    expect(choices.length).toBeGreaterThan(20);
    for (const { key, choices: all = [] } of choices) {
      expect(all.length, key).toBeGreaterThan(1);
      expect(new Set(all.map(({ title }) => title)).size, key).toBe(all.length);
    }
    const of = (key: string) => settingLeaves.find((leaf) => leaf.key === `settings:${key}`);
    expect(of('audio_conferencing.toll_free_and_fee_based_toll_call.enable')?.access).toBe('read');
    expect(of('in_meeting.auto_answer')?.access).toBe('write');
    expect(of('in_meeting.chat')).toMatchObject({ access: 'both', type: 'switch', initial: false });
    expect(of('recording.auto_delete_cmr_days')?.needs).toEqual([
      { key: 'settings:recording.auto_delete_cmr', value: true },
    ]);
    expect(of('schedule_meeting.pmi_password')).toMatchObject({ type: 'text', secret: true });
    expect(of('telephony.audio_conference_info')?.maxLength).toBe(2048);
  });

  it('refuses a catalogue in which a setting has no place, or two', () => {
    const file = new URL('../../../shared/zoom/openapi.yaml', import.meta.url);
    const catalogue = readCatalogue(file);
    expect(makeSettings(catalogue)).toBe(
      readFileSync(new URL('../../../shared/zoom/settings.gen.ts', import.meta.url), 'utf8'),
    );
    const [first, ...rest] = catalogue.settingSections;
    expect(() => makeSettings({ ...catalogue, settingSections: rest })).toThrow('has no place');
    expect(() =>
      makeSettings({ ...catalogue, settingSections: [first ?? {}, first ?? {}, ...rest] }),
    ).toThrow('two places');
  });
});
