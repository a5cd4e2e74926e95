import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight } from '../../../renderer/lib/terms.ts';
import {
  catalogueWith,
  missingNeeds,
  unknownLeaves,
  whyReadOnly,
} from '../../../renderer/screens/settings/catalogue.ts';
import { differsFromDefault, passes } from '../../../renderer/screens/settings/filters.ts';
import { findPortalOnly, portalOnly } from '../../../renderer/screens/settings/portal-only.ts';
import { rowState, warningOf } from '../../../renderer/screens/settings/row-state.ts';
import { findSettings, haystackOf } from '../../../renderer/screens/settings/search.ts';
import { hiddenTwins, withoutTwins } from '../../../renderer/screens/settings/twins.ts';
import { entryWords, limitWords, valueWords } from '../../../renderer/screens/settings/words.ts';
import { sameJson } from '../../../shared/json.ts';
import type { SettingKey, SettingLeaf, SettingsView, SettingValue } from '../../../shared/settings.ts';
import { settingTwins } from '../../../shared/zoom/settings.gen.ts';
import { emptySettings, rowWords } from '../../support/setting-row.tsx';

const view = (more: Partial<SettingsView> = {}): SettingsView => ({ ...emptySettings, ...more });

const leaf = (more: Partial<SettingLeaf> = {}): SettingLeaf => ({
  key: 'settings:in_meeting.chat',
  section: 'chat',
  title: 'Chat in meetings',
  help: 'People may write to each other.',
  type: 'switch',
  access: 'both',
  ...more,
});

const known = catalogueWith([]);

describe('the search of the settings', () => {
  const hay = haystackOf(known);

  it('finds every setting by its title, its key and words of its help', () => {
    for (const one of known.leaves) {
      expect(findSettings(hay, one.title)).toContain(one);
      expect(findSettings(hay, one.key.slice(one.key.indexOf(':') + 1))).toContain(one);
      expect(findSettings(hay, one.help), one.help).toContain(one);
    }
  });

  it('puts titles that begin with the query before the others', () => {
    const titles = findSettings(hay, 'waiting').map(({ title }) => title.toLowerCase());
    const begins = titles.map((title) => title.startsWith('waiting'));
    expect(begins[0]).toBe(true);
    expect(begins.lastIndexOf(true)).toBe(begins.filter(Boolean).length - 1);
  });

  it('finds settings by their section, and all words have to be found', () => {
    const { id, title } = known.sections.at(-1) ?? { id: '', title: '' };
    expect(findSettings(hay, title)).toEqual(expect.arrayContaining([...(known.bySection.get(id) ?? [])]));
    const both = findSettings(hay, 'record cloud');
    expect(both.length).toBeGreaterThan(0);
    expect(both.length).toBeLessThan(findSettings(hay, 'record').length);
    expect(findSettings(hay, 'record quantumflux')).toEqual([]);
  });

  it('forgives a letter that was left out of a title', () => {
    const titles = findSettings(hay, 'wating').map(({ title }) => title);
    expect(titles.some((title) => /waiting/i.test(title))).toBe(true);
  });

  it.each([
    ['mute', 'in_meeting.request_permission_to_unmute_participants'],
    ['PMI', 'schedule_meeting.personal_meeting'],
    ['e2ee', 'meeting_security.end_to_end_encrypted_meetings'],
    ['MFA', 'meeting_authentication'],
    ['polls and quizzes', 'in_meeting.polling'],
    ['AI summary', 'in_meeting.meeting_summary_with_ai_companion.enable'],
    ['ASL', 'in_meeting.sign_language_interpretation.enable'],
    ['subtitles', 'in_meeting.manual_captioning.manual_captions'],
    ['lobby', 'meeting_security.waiting_room'],
    ['password', 'schedule_meeting.require_password_for_scheduling_new_meetings'],
    ['blur', 'in_meeting.virtual_background'],
    ['who may share', 'in_meeting.who_can_share_screen'],
    ['drawing on shared screens', 'in_meeting.annotation'],
  ])('finds by what people say: %j', (query, path) => {
    const keys = findSettings(hay, query).map(({ key }) => key.slice(key.indexOf(':') + 1));
    expect(keys).toContain(path);
  });

  it('finds nothing where letters are only strewn over a title', () => {
    for (const query of ['rename', 'rejoin', 'stereo', 'qwerty'])
      expect(findSettings(hay, query)).toEqual([]);
  });

  it('never fails and never repeats a setting, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const found = findSettings(hay, query);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('marks what was found and loses nothing of the text', () => {
    expect(highlight('Chat in webinars', ['chat', 'web'])).toEqual(['', 'Chat', ' in ', 'web', 'inars']);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (text, terms) => {
        expect(highlight(text, terms).join('')).toBe(text);
      }),
    );
  });
});

describe('settings that only Zoom’s website has', () => {
  const hay = haystackOf(known);

  it('are found by their names, and none of them is one that Tally has', () => {
    const titles = new Set(known.leaves.map(({ title }) => title.toLowerCase()));
    for (const one of portalOnly) {
      expect(findPortalOnly(one.title)[0]).toBe(one);
      expect(titles).not.toContain(one.title.toLowerCase());
    }
  });

  it.each([
    ['rename', 'Allow participants to rename themselves'],
    ['rejoin', 'Allow removed participants to rejoin'],
    ['immersvie', 'Immersive View'],
  ])('are found where nothing else is: %j', (query, title) => {
    expect(findSettings(hay, query)).toEqual([]);
    expect(findPortalOnly(query)[0]?.title).toBe(title);
  });

  it('are found beside what Tally has', () => {
    expect(findSettings(hay, 'mute').length).toBeGreaterThan(0);
    expect(findPortalOnly('mute participants')[0]?.title).toBe(
      'Mute all participants when they join a meeting',
    );
  });

  it('are not found by a few letters, nor by what has nothing to do with them', () => {
    for (const query of ['', 'a', 'all', '""""', 'qwerty', 'waiting room'])
      expect(findPortalOnly(query)).toEqual([]);
    expect(findSettings(hay, '“ ”')).toEqual([]);
  });
});

describe('settings that the catalogue does not know', () => {
  const values = { 'settings:zoom_ai.summary': true, 'settings:zoom_ai.pass_code': '1234' } as const;
  const catalogue = catalogueWith(unknownLeaves(values));

  it('stand under "Other" with their key, and can be edited', () => {
    expect(catalogue.sections.at(-1)?.title).toBe('Other');
    const others = catalogue.bySection.get(catalogue.sections.at(-1)?.id ?? '') ?? [];
    expect(others.map(({ title }) => title)).toEqual(['zoom_ai.pass_code', 'zoom_ai.summary']);
    for (const one of others) expect(whyReadOnly(one)).toBeUndefined();
    expect(findSettings(haystackOf(catalogue), 'zoom_ai summary')[0]?.key).toBe('settings:zoom_ai.summary');
  });

  it('are not shown where their name says that they are secret', () => {
    const secret = catalogue.byKey.get('settings:zoom_ai.pass_code');
    expect(valueWords(secret, '1234')).not.toContain('1234');
    const list = { 'settings:zoom_ai.pass_codes': ['1234'] } as const;
    const [one] = unknownLeaves(list);
    expect(rowWords(one ?? {}, ['1234'])).not.toContain('1234');
  });

  it('are none where Zoom tells only what is known', () => {
    expect(catalogueWith(unknownLeaves({ 'settings:in_meeting.chat': true }))).toBe(known);
  });
});

describe('the row of a setting that the catalogue does not know', () => {
  const rowOf = (value: SettingValue, edit?: SettingValue) => {
    const [unknown] = unknownLeaves({ 'settings:new.thing': value });
    return rowWords(unknown ?? {}, value, edit);
  };

  it('warns before it can be changed, and says nothing about Zoom', () => {
    for (const value of [true, 7, 'a', ['a']]) {
      expect(rowOf(value)).toContain('Change anyway');
      expect(rowOf(value)).not.toMatch(/Zoom’s reference|lets nobody/);
    }
    expect(rowOf(true, false)).not.toContain('Change anyway');
  });

  it('only shows other shapes, and no digits that are not Zoom’s', () => {
    expect(rowOf([{ id: 'a' }])).toMatch(/a.*Read-only here/s);
    const large = rowOf(2 ** 60);
    expect(large).toContain('A number too large to show');
    expect(large).not.toMatch(/\d{4}|Change anyway/);
  });
});

describe('what Zoom’s reference cannot change', () => {
  it('has the way to Zoom’s website, where it may be changed', () => {
    expect(rowWords({ access: 'read' }, true)).toContain('Open Zoom’s settings');
    expect(rowWords({ access: 'both' }, true)).not.toContain('Open Zoom’s settings');
    expect(rowWords({ access: 'read', type: 'table' }, [])).not.toContain('Open Zoom’s settings');
  });

  it('is told as that, and only of that', () => {
    const words = (key: string) => {
      const found = known.byKey.get(`settings:${key}`);
      return found && whyReadOnly(found);
    };
    expect(words('in_meeting.meeting_summary_with_ai_companion.enable')).toMatch(
      /^Read-only\. Zoom’s API has no way/,
    );
    expect(words('recording.smart_recording.create_next_steps')).toBeUndefined();
    // These are in the body of PATCH; it is Tally that does not edit them.
    expect(words('tsp.call_out_countries')).toBe('Read-only here.');
    expect(words('feature.license_info_list')).toBe('Read-only here.');
    expect(words('audio_conferencing.global_dial_in_countries.selected_countries')).toBeUndefined();
  });
});

describe('the filters', () => {
  it('know what is changed, by the edits', () => {
    const one = leaf();
    expect(passes('changed', one, view())).toBe(false);
    expect(passes('changed', one, view({ edits: { [one.key]: false } }))).toBe(true);
  });

  it('compare with the default only where it and the value are known', () => {
    const key: SettingKey = 'settings:in_meeting.chat';
    expect(differsFromDefault(leaf(), view({ values: { [key]: true } }))).toBe(false);
    expect(differsFromDefault(leaf({ initial: false }), view())).toBe(false);
    expect(differsFromDefault(leaf({ initial: false }), view({ values: { [key]: true } }))).toBe(true);
    const edited = view({ values: { [key]: true }, edits: { [key]: false } });
    expect(differsFromDefault(leaf({ initial: false }), edited)).toBe(false);
  });

  it('call locked what Zoom locked and what is only shown', () => {
    const one = leaf();
    expect(passes('locked', one, view())).toBe(false);
    expect(passes('locked', one, view({ locked: { [one.key]: 'Locked.' } }))).toBe(true);
    const read = leaf({ access: 'read' });
    expect(passes('locked', read, view({ values: { [read.key]: true } }))).toBe(true);
    expect(passes('locked', read, view())).toBe(false);
  });
});

describe('what a setting needs', () => {
  const key: SettingKey = 'settings:recording.cloud_recording';
  const one = leaf({ needs: [{ key, value: true }] });

  it('is missing only while it is otherwise, saved or not', () => {
    expect(missingNeeds(one, view())).toEqual([]);
    expect(missingNeeds(one, view({ values: { [key]: true } }))).toEqual([]);
    expect(missingNeeds(one, view({ values: { [key]: false } }))).toHaveLength(1);
    expect(missingNeeds(one, view({ values: { [key]: true }, edits: { [key]: false } }))).toHaveLength(1);
  });
});

describe('a setting that Zoom has twice', () => {
  const former: SettingKey = 'settings:in_meeting.waiting_room';
  const present: SettingKey = 'meeting_security:meeting_security.waiting_room';
  const rows = (told: Partial<SettingsView>) => {
    const shown = withoutTwins(known, hiddenTwins(view(told)));
    return findSettings(haystackOf(shown), 'waiting room')
      .map(({ key }) => key)
      .filter((key) => key === former || key === present);
  };

  it('has one row, where the account has it', () => {
    expect(rows({ values: { [former]: true } })).toEqual([former]);
    expect(rows({ values: { [former]: true, [present]: true } })).toEqual([present]);
    expect(rows({})).toEqual([former]);
  });

  it('keeps the row of a change at its former place until that is saved or put back', () => {
    const values = { [former]: true, [present]: true };
    expect(rows({ values, edits: { [former]: false } })).toHaveLength(2);
  });

  it('is in the same section wherever it is told, and gone to by either key', () => {
    const places = settingTwins.map((pair) => pair.map((key) => known.byKey.get(key)));
    for (const [a, b] of places) {
      expect([a?.section, a?.group, a?.title, a?.type]).toEqual([b?.section, b?.group, b?.title, b?.type]);
    }
    const shown = withoutTwins(known, hiddenTwins(view({ values: { [present]: true } })));
    expect(shown.byKey.get(former)?.key).toBe(present);
    expect(shown.bySection.get('security')?.map(({ key }) => key)).not.toContain(former);
  });

  it('says so where Zoom tells two values', () => {
    const row = known.byKey.get(present) as SettingLeaf;
    const both = view({ values: { [former]: false, [present]: true } });
    expect(rowState(row, both).elsewhere).toEqual({ key: former, value: false });
    expect(rowState(row, view({ values: { [former]: true, [present]: true } })).elsewhere).toBeUndefined();
    expect(rowState(row, view({ values: { [present]: true } })).elsewhere).toBeUndefined();
  });
});

describe('a warning', () => {
  const key: SettingKey = 'settings:schedule_meeting.personal_meeting';
  const personal = known.byKey.get(key);

  it('is given where a change breaks something, before it is saved', () => {
    expect(warningOf(personal, view({ values: { [key]: true } }))).toBeUndefined();
    expect(warningOf(personal, view({ values: { [key]: true }, edits: { [key]: false } }))).toMatch(
      /Personal Meeting ID stop working/,
    );
    expect(warningOf(personal, view({ values: { [key]: false }, edits: { [key]: true } }))).toBeUndefined();
    expect(warningOf(undefined, view())).toBeUndefined();
  });
});

describe('values in words', () => {
  const choice = leaf({ type: 'choice', choices: [{ value: 1, title: 'Everyone' }] });

  it.each([
    [leaf(), true, 'On'],
    [leaf(), undefined, 'Not set'],
    [choice, 1, 'Everyone'],
    [choice, 7, '7'],
    [leaf({ type: 'text' }), '', 'Empty'],
    [leaf({ type: 'text', secret: true }), 'hunter2', 'Hidden'],
    [leaf({ type: 'list' }), [], 'None'],
    [leaf({ type: 'list' }), ['a', 'b'], 'a, b'],
    [leaf({ type: 'table' }), [{ id: 1 }, { id: 2 }], '2 entries'],
  ] as const)('%#', (one, value, words) => {
    expect(valueWords(one, value)).toBe(words);
  });

  it('name an entry of a table first, and say nothing twice', () => {
    const number = { code: '1', country_name: 'France', display_number: '+1 23', number: '23' };
    expect(entryWords(number)).toEqual(['+1 23', 'France']);
    expect(entryWords('plain')).toEqual(['plain']);
  });

  it('tell limits', () => {
    expect(limitWords(leaf({ type: 'number', min: 4, max: 10 }))).toBe('4 to 10');
    expect(limitWords(leaf({ type: 'number' }))).toBeUndefined();
  });
});

describe('sameJson', () => {
  it('agrees with what JSON says, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sameJson(value, structuredClone(value))).toBe(true);
      }),
    );
    expect(sameJson({ a: 1, b: [1] }, { b: [1], a: 1 })).toBe(true);
    expect(sameJson({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson([], {})).toBe(false);
  });
});
