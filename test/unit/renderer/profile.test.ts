import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isEmail,
  meetingIdProblem,
  meetingIdWords,
  phoneProblem,
  readMeetingId,
  readPeople,
  roomLeft,
  roomLink,
} from '../../../renderer/screens/profile/checks.ts';
import {
  countries,
  languageName,
  languages,
  timeZones,
  zoneName,
  zoneTime,
} from '../../../renderer/screens/profile/choices.ts';
import { blockedBy, changedFields, shownValue } from '../../../renderer/screens/profile/form.ts';
import { zoomZones } from '../../../renderer/screens/profile/zoom-zones.ts';
import { actionSchema } from '../../../shared/actions.ts';
import type { ProfileView } from '../../../shared/profile.ts';
import { fieldProblem } from '../../../shared/zoom/user-fields.ts';

const view = (more: Partial<ProfileView> = {}): ProfileView => ({
  phase: 'ready',
  values: { job_title: 'Developer', last_name: 'Doe' },
  edits: {},
  conflicts: [],
  invalid: {},
  locked: {},
  kept: {},
  saving: false,
  card: {},
  ...more,
});

describe('the room left in a text', () => {
  it('is not mentioned until it becomes scarce, and then what is left or too much', () => {
    expect(roomLeft('a'.repeat(40), 64)).toEqual({ words: '', over: false });
    expect(roomLeft('a'.repeat(50), 64)).toEqual({ words: '14 left', over: false });
    expect(roomLeft('a'.repeat(64), 64)).toEqual({ words: 'No more characters', over: false });
    expect(roomLeft('a'.repeat(65), 64)).toEqual({ words: '1 character too many', over: true });
    expect(roomLeft('a'.repeat(70), 64)).toEqual({ words: '6 characters too many', over: true });
  });

  it('counts a character outside the basic plane once', () => {
    expect(roomLeft('🙂'.repeat(64), 64).over).toBe(false);
  });
});

describe('a meeting id', () => {
  it('is shown in groups and read with whatever people put between its digits', () => {
    expect(meetingIdWords('1234567890')).toBe('123 456 7890');
    expect(meetingIdWords('12345678901')).toBe('123 4567 8901');
    for (const typed of ['1234567890', '123 456 7890', '123-456-7890', ' 123.456.7890 '])
      expect(readMeetingId(typed)).toBe(1234567890);
  });

  it('of another length, or of letters, is refused and sent on as it is', () => {
    for (const typed of ['', '123456789', '12345678901', '0123456789', 'robin'])
      expect(meetingIdProblem(typed)).toContain('Ten digits');
    expect(readMeetingId(' robin ')).toBe('robin');
  });

  it('comes back from its own form, for every id that Zoom has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }), (id) => {
        expect(readMeetingId(meetingIdWords(String(id)))).toBe(id);
        expect(meetingIdProblem(meetingIdWords(String(id)))).toBeUndefined();
      }),
    );
  });
});

describe('the name of the personal room', () => {
  it.each([
    ['robin.doe', undefined],
    ['', undefined],
    ['robin doe', 'Letters, digits and dots'],
    ['röbin', 'Letters, digits and dots'],
    ['1robin', 'begins with a letter'],
    ['rob', 'At least 5'],
    ['r'.repeat(41), 'At most 40'],
  ])('"%s"', (typed, word) => {
    const problem = fieldProblem('vanity_name', typed);
    if (word === undefined) expect(problem).toBeUndefined();
    else expect(problem).toContain(word);
  });

  it('is previewed at the site that the meeting link has', () => {
    expect(roomLink('robin', 'https://example.zoomgov.com/j/123?pwd=x')).toBe(
      'https://example.zoomgov.com/my/robin',
    );
    expect(roomLink('robin', undefined)).toBe('https://zoom.us/my/robin');
    expect(roomLink('robin', 'no address')).toBe('https://zoom.us/my/robin');
  });
});

describe('a telephone number', () => {
  it.each(['117 496 0123', '(117) 496-0123', '110'])('%s is one', (typed) => {
    expect(phoneProblem(typed)).toBeUndefined();
  });

  it.each(['', '12', '+44 117', 'call me', '1'.repeat(16)])('"%s" is none', (typed) => {
    expect(phoneProblem(typed)).toBeDefined();
  });
});

describe('several people', () => {
  it('are read between commas, semicolons and lines, each once, out of what mail programs write', () => {
    expect(
      readPeople('robin@example.org, Kim Long <kim@example.org>;\n ROBIN@example.org\nAbC_123-xyz\n\n'),
    ).toEqual({ who: ['robin@example.org', 'kim@example.org', 'AbC_123-xyz'] });
  });

  it('are told who of them cannot be one', () => {
    expect(readPeople('robin@example.org, not an address').problem).toContain('“not an address”');
    expect(readPeople('robin@').problem).toContain('robin@');
  });

  it('are at most as many as Zoom takes in one call', () => {
    const many = Array.from({ length: 31 }, (_, at) => `p${at}@example.org`);
    expect(readPeople(many.slice(1).join('\n')).problem).toBeUndefined();
    expect(readPeople(many.join('\n')).problem).toContain('31');
  });

  it('without a problem are always taken by main, whatever is typed', () => {
    const part = fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.constantFrom(',', ';', '\n'), (parts, between) => {
        const { who, problem } = readPeople(parts.join(between));
        if (problem === undefined && who.length > 0)
          expect(actionSchema.safeParse({ type: 'delegates.add', who }).success).toBe(true);
      }),
    );
  });

  it('knows an e-mail address', () => {
    expect(isEmail(' robin@example.org ')).toBe(true);
    for (const typed of ['robin', 'robin@example', 'a b@example.org', `${'a'.repeat(300)}@example.org`])
      expect(isEmail(typed)).toBe(false);
  });
});

describe('the lists to choose from', () => {
  const january = Date.UTC(2026, 0, 15, 13, 5);

  it('have every time zone with its difference and time, and the present one even if it is unknown', () => {
    const zones = timeZones('Mars/Olympus_Mons', january, false);
    expect(zones.find(({ value }) => value === 'America/Chicago')).toMatchObject({
      title: 'Chicago',
      detail: 'America · UTC-6 · 07:05',
    });
    expect(zones.find(({ value }) => value === 'America/Indiana/Knox')).toMatchObject({
      title: 'Knox, Indiana',
      detail: 'America · UTC-6 · 07:05 · not in Zoom’s list',
    });
    expect(zones.find(({ value }) => value === 'Mars/Olympus_Mons')?.title).toBe('Olympus Mons');
    expect(zones.filter(({ value }) => value === 'UTC')).toHaveLength(1);
    expect(zones.length).toBeGreaterThan(400);
  });

  it('have the zones of Zoom’s list first, each once and by Zoom’s name for it', () => {
    const zones = timeZones(undefined, january, false);
    const values = zones.map(({ value }) => value);
    expect(values.slice(0, zoomZones.size).sort()).toEqual([...zoomZones].sort());
    expect(new Set(values).size).toBe(values.length);
    for (const [zooms, icus] of [
      ['Asia/Kathmandu', 'Asia/Katmandu'],
      ['Asia/Kolkata', 'Asia/Calcutta'],
      ['America/Argentina/Buenos_Aires', 'America/Buenos_Aires'],
      ['Europe/Kiev', 'Europe/Kyiv'],
    ]) {
      expect(values).toContain(zooms);
      expect(values).not.toContain(icus);
    }
    expect(values).toContain('Asia/Yangon');
    // This computer knows each of them: none is a slip.
    for (const { value, detail } of zones)
      expect([value, detail]).toEqual([value, expect.stringMatching(/UTC/)]);
    // Whatever a person has stays in the list, once.
    for (const own of ['Asia/Calcutta', 'America/Indiana/Knox', 'Europe/Berlin']) {
      const found = timeZones(own, january, false).filter(({ value }) => value === own);
      expect(found).toMatchObject([{ detail: expect.not.stringContaining('Zoom') }]);
    }
  });

  it('tell the time as the clock of the system does', () => {
    expect(zoneTime('Asia/Kolkata', january, false)).toEqual({ offset: 'UTC+5:30', time: '18:35' });
    expect(zoneTime('Asia/Kolkata', january, true)).toEqual({ offset: 'UTC+5:30', time: '6:35 PM' });
    expect(zoneName('Europe/Berlin')).toBe('Berlin');
    expect(zoneName('Asia/Calcutta')).toBe('Kolkata');
  });

  it('name languages by the codes that Zoom has, and an unknown one by itself', () => {
    expect(languageName('jp-JP')).toBe('Japanese');
    expect(languages('x1-nonsense').map(({ value }) => value)).toContain('x1-nonsense');
    expect(languages('de-DE').filter(({ value }) => value === 'de-DE')).toHaveLength(1);
  });

  it('have each country once, with a calling code and a name', () => {
    const all = countries();
    expect(new Set(all.map(({ value }) => value)).size).toBe(all.length);
    for (const { value, title, detail } of all) {
      expect(value).toMatch(/^[A-Z]{2}$/);
      expect(title).not.toBe(value);
      expect(detail).toMatch(/^\+\d{1,3}$/);
    }
    expect(all.find(({ value }) => value === 'JP')).toMatchObject({ title: 'Japan', detail: '+81' });
    expect(countries({ country: 'QQ', code: '+999' }).at(-1)).toBeDefined();
    expect(countries({ country: 'QQ', code: '+999' }).find(({ value }) => value === 'QQ')?.detail).toBe(
      '+999',
    );
  });
});

describe('the form', () => {
  it('shows what was typed, and of a locked field what Zoom has', () => {
    const edited = view({
      edits: { job_title: 'Architect', last_name: 'Roe' },
      locked: { last_name: 'No.' },
    });
    expect(shownValue(edited, 'job_title')).toBe('Architect');
    expect(shownValue(edited, 'last_name')).toBe('Doe');
    expect(changedFields(edited)).toEqual(['job_title']);
  });

  it('says what keeps it from being saved', () => {
    const edits = { job_title: 'Architect' };
    expect(blockedBy(view({ edits }))).toBeUndefined();
    expect(blockedBy(view({ edits, conflicts: ['job_title'] }))).toContain('Job title');
    expect(blockedBy(view({ edits, invalid: { job_title: 'Too long.' } }))).toContain('Job title');
    expect(blockedBy(view({ edits, invalid: { company: 'Too long.' } }))).toBeUndefined();
  });
});
