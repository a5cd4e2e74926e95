import { afterEach, describe, expect, it } from 'vitest';
import '../../../support/without-electron.ts';
import { createFeatureSet, type FeatureAction } from '../../../../electron/core/accounts/feature-set.ts';
import { type FeatureName, featureOf, features } from '../../../../electron/core/accounts/features.ts';
import { direct } from '../../../../electron/core/http/network.ts';
import type { Media } from '../../../../electron/core/ports.ts';
import { openCalls } from '../../../../electron/desktop/advanced/call-files.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { openFiles } from '../../../../electron/desktop/user-data.ts';
import { tallyError } from '../../../../shared/errors.ts';
import { operations } from '../../../../shared/zoom/operations.gen.ts';
import { blindMedia } from '../../../support/blind-media.ts';
import { readCalendarHere } from '../../../support/calendars/aside.ts';
import { emptyDesktop } from '../../../support/empty-desktop.ts';
import { createFakeAttendance } from '../../../support/fake-attendance.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeKeychain } from '../../../support/fake-keychain.ts';
import { tempFolders } from '../../../support/temp-folder.ts';
import { eventually } from '../../../support/waiting.ts';

const folderOf = tempFolders();
const minute = 60_000;
const person = { id: 'u1', email: 'jo@example.org' };
const sets: ReturnType<typeof createFeatureSet>[] = [];
afterEach(async () => {
  await Promise.all(sets.splice(0).map((set) => set.stop()));
});

/** The features of an account at a Zoom that knows a status and nothing else. */
function rig({
  kept = {},
  hasLibrary = false,
}: {
  kept?: Record<string, object>;
  hasLibrary?: boolean;
} = {}) {
  const clock = createFakeClock();
  const folder = folderOf();
  const files = openFiles(folder);
  for (const [name, json] of Object.entries(kept)) files.keep(name as never, 'mine', json);
  const calls: string[] = [];
  const statuses = { now: 'Available' };
  let changes = 0;
  const asked: string[] = [];
  const attendance = createFakeAttendance();
  const media: Media = { ...blindMedia(folder) };
  const { library } = media;
  const set = createFeatureSet({
    key: 'mine',
    clock,
    network: direct,
    attendance,
    watchQuiet: () => () => {},
    apiUrl: () => 'https://api.zoom.test/v2',
    zoom: {
      async call(id) {
        calls.push(id);
        if (id === 'userPresenceStatus')
          return { ok: true, status: 200, data: { status: statuses.now }, limits: {} } as never;
        if (operations[id].method !== 'GET')
          return { ok: true, status: 204, data: null, limits: {} } as never;
        return { ok: false, error: tallyError('not-found', 'Nothing.'), reached: 'yes' };
      },
    },
    files: new Proxy(files, {
      get(target, name: keyof typeof files) {
        if (name !== 'presence') return target[name];
        return (id: string) => {
          asked.push(id);
          return target.presence(id);
        };
      },
    }),
    disk,
    readCalendar: readCalendarHere,
    media: {
      ...media,
      library: (key) => {
        const store = library(key);
        return hasLibrary ? { ...store, exists: () => true } : store;
      },
    },
    ...emptyDesktop,
    calls: openCalls(folder),
    secrets: createFakeKeychain(clock).store,
    notice() {},
    changed() {
      changes += 1;
    },
  });
  sets.push(set);
  return { set, clock, calls, statuses, asked, attendance, changes: () => changes };
}

const names = Object.keys(features) as FeatureName[];
const shown = ({ set }: ReturnType<typeof rig>) => Object.keys(set.views()).sort();

describe('a feature', () => {
  it('shows nothing before it is opened, but for a status that nobody knows', () => {
    const { set } = rig();
    expect(set.views()).toMatchObject({ presence: { current: { status: 'Unknown' } } });
    expect(Object.keys(set.views())).toEqual(['presence']);
  });

  it.each([
    'backgrounds',
    'picture',
    'library',
    'settings',
    'profile',
    'delegates',
    'automation',
    'calendars',
  ] as const)('is there as soon as it is opened: %s', async (name) => {
    const made = rig();
    await made.set.begin(person);
    expect(made.set.run({ type: `${name}.open` } as FeatureAction)).toEqual({ ok: true, value: null });
    await eventually(() => expect(shown(made)).toContain(name));
    expect(made.set.run({ type: `${name}.open` } as FeatureAction)).toEqual({ ok: true, value: null });
    expect(await made.set.get(name)).toBe(await made.set.get(name));
  });

  it('says at once why it does not do what it is asked for, once it is there', async () => {
    const { set } = rig();
    await set.begin(person);
    const tooLong = { type: 'presence.set', status: 'Do_Not_Disturb', until: Date.UTC(2030, 0) } as const;
    expect(set.run(tooLong)).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
    await set.get('automation');
    expect(set.run(tooLong)).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
  });

  it.each(names)('is made once, however often it is asked for at the same time: %s', async (name) => {
    const { set } = rig();
    const [one, other] = await Promise.all([set.get(name), set.get(name)]);
    expect(one).toBeDefined();
    expect(other).toBe(one);
  });

  it('is not made any more once all of them have ended', async () => {
    const made = rig();
    const zak = made.set.get('zak');
    await made.set.stop();
    expect(await zak).toBeUndefined();
    expect(await made.set.get('settings')).toBeUndefined();
    expect(made.set.run({ type: 'settings.open' })).toEqual({ ok: true, value: null });
    await settle();
    expect(shown(made)).toEqual(['presence']);
    expect(made.calls).toEqual([]);
  });

  it('asks Zoom nothing more once it has ended', async () => {
    const { set, clock, calls } = rig();
    await set.begin(person);
    set.watch(true);
    await settle();
    await set.stop();
    const before = calls.length;
    await clock.advance(60 * minute);
    expect(calls).toHaveLength(before);
  });
});

describe('the status', () => {
  it('is that of the person, begins with the connection and ends with it', async () => {
    const { set, asked, calls, changes } = rig();
    expect(set.run({ type: 'presence.check' })).toEqual({ ok: true, value: null });
    await set.begin(person);
    expect(asked).toContain('u1');
    set.wake();
    await eventually(() => expect(set.views().presence.current.status).toBe('Available'));
    expect(calls).toContain('userPresenceStatus');
    expect(changes()).toBeGreaterThan(0);
    set.end();
    expect(set.views().presence.current.status).toBe('Unknown');
    set.end();
  });

  it.each([
    ['before', true],
    ['after', false],
  ])(
    'is asked for every five minutes while somebody looks, who came %s the connection',
    async (_, before) => {
      const { set, clock, calls } = rig();
      if (before) set.watch(true);
      await set.begin(person);
      if (!before) set.watch(true);
      await clock.advance(0);
      const count = calls.length;
      await clock.advance(5 * minute);
      expect(calls.length).toBe(count + 1);
      set.watch(false);
      await clock.advance(9 * minute);
      expect(calls.length).toBe(count + 1);
    },
  );

  it('is not looked at where nobody does', async () => {
    const { set, clock, calls } = rig();
    await set.begin(person);
    await clock.advance(20 * minute);
    expect(calls).toEqual([]);
  });
});

describe('beginning', () => {
  it('makes the rules of who has some, and no others', async () => {
    const made = rig({ kept: { automation: {} } });
    await made.set.begin(person);
    expect(shown(made)).toEqual(['automation', 'presence']);
    const none = rig();
    await none.set.begin(person);
    expect(shown(none)).toEqual(['presence']);
  });

  it('makes the library of who has one, and says when it is there', async () => {
    const made = rig({ hasLibrary: true });
    await made.set.begin(person);
    const before = made.changes();
    await eventually(() => expect(shown(made)).toEqual(['library', 'presence']));
    await settle();
    expect(made.changes()).toBeGreaterThan(before);
    const none = rig();
    await none.set.begin(person);
    await none.set.get('zak');
    await settle();
    expect(shown(none)).not.toContain('library');
  });
});

describe('what one feature tells another', () => {
  it('is what was changed at Zoom by hand', async () => {
    const { set, calls } = rig();
    await set.begin(person);
    const advanced = await set.get('advanced');
    set.run({ type: 'profile.open' });
    await eventually(() => expect(calls).toContain('user'));
    await settle();
    const send = async (
      operation: 'userUpdate' | 'updatePresenceStatus' | 'userSettingsUpdate',
      body: object,
    ) => {
      const before = calls.length;
      await advanced?.send({
        call: operation,
        input: { operation, path: { userId: 'me' }, query: {}, body: body as never },
      });
      await settle();
      return calls.slice(before);
    };
    expect(await send('userUpdate', { dept: 'Lighthouse' })).toContain('user');
    expect(await send('updatePresenceStatus', { status: 'Away' })).toContain('userPresenceStatus');
    expect(await send('updatePresenceStatus', { status: 'Away' })).not.toContain('user');
    // Of what was never opened nothing is read.
    expect(await send('userSettingsUpdate', { recording: {} })).toEqual(['userSettingsUpdate']);
  });

  it.each([
    ['Presence', 'presence'],
    ['Backgrounds', 'backgrounds'],
    ['Picture', 'picture'],
    ['Settings', 'settings'],
    ['Profile', 'profile'],
    ['Account', 'profile'],
    ['Delegates', 'delegates'],
    ['People', undefined],
    ['Access', undefined],
  ] as const)('about %s is for %s', (group, name) => {
    expect(featureOf[group]).toBe(name);
  });
});
