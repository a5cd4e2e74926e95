import { describe, expect, it } from 'vitest';
import { findCommands, recentOf, searchSettings, withRecent } from '../../../renderer/lib/palette.ts';
import { searchedCommands } from '../../../renderer/lib/palette-fields.ts';
import type { AccountView } from '../../../shared/accounts.ts';
import { actionSchema } from '../../../shared/actions.ts';
import { commandsOf, linkedCommands, obstacle } from '../../../shared/commands.ts';
import { tallyError } from '../../../shared/errors.ts';
import { operationCommands } from '../../../shared/operation-commands.ts';
import { screens } from '../../../shared/places.ts';
import { saidCommand } from '../../../shared/said.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { settableStatuses, statusWord } from '../../../shared/zoom/presence.ts';
import { change, minute, start } from '../../support/presence-script.ts';
import { connected, libraryOf, snapshot, summary } from '../../support/snapshot.ts';

const waiting = { change: change('Busy'), dueAt: start, why: 'minute-limit' } as const;
const failed = { change: change('Away'), error: tallyError('timeout', 'No.') };
const several = [summary('a', { active: true }), summary('b'), summary('c', { practice: true, email: '' })];
const notConnected: AccountView = { phase: 'failed', key: 'a', practice: false, error: failed.error };

const moments: readonly Snapshot[] = [
  snapshot(),
  snapshot({ waiting, failed }, connected, { accounts: several }),
  snapshot({}, notConnected),
  snapshot({}, { phase: 'none' }),
  snapshot({ current: { status: 'Offline', since: start, cause: 'zoom' } }),
  snapshot({}, connected, { library: libraryOf({ Winter: 8, Work: 11 }) }),
];
/** What the palette lists, but for presets. */
const listed = (shown: Snapshot) => [...commandsOf(shown), ...operationCommands];
const titles = (shown: Snapshot) => listed(shown).map(({ title }) => title);
const found = (query: string, shown = snapshot()) =>
  findCommands(listed(shown), query).map(({ title }) => title);

describe('the commands', () => {
  it('at any moment have names of their own, and send what main takes', () => {
    for (const shown of moments) {
      const commands = listed(shown);
      for (const key of ['id', 'title'] as const) {
        const all = commands.map((command) => command[key]);
        expect(all).toEqual([...new Set(all)]);
      }
      for (const { id, action } of commands) expect(actionSchema.safeParse(action).success, id).toBe(true);
    }
  });

  it('are every status, every screen, and what the tray has', () => {
    for (const status of settableStatuses) expect(titles(snapshot())).toContain(statusWord(status));
    const opened = listed(snapshot()).flatMap(({ action }) =>
      action.type === 'window.open' && action.search === undefined ? [action.screen] : [],
    );
    expect(opened).toEqual(screens);
    const asked = listed(snapshot()).flatMap(({ action }) =>
      action.type === 'window.open' && action.screen === 'advanced' ? [action.search ?? ''] : [],
    );
    expect(asked).toEqual(['', ...Object.keys(operations)]);
    expect(titles(snapshot())).toEqual(
      expect.arrayContaining([
        ...[
          'Do not disturb for 15 minutes',
          'Do not disturb for 1 hour',
          'Do not disturb until tomorrow morning',
        ],
        ...[
          'Available for 15 minutes',
          'Upload background…',
          'Copy ZAK',
          'Start my room',
          'Theme: dark',
          'Quit Tally',
        ],
      ]),
    );
  });

  it('are there only when there is something to do', () => {
    expect(titles(snapshot()).join()).not.toMatch(/Cancel|Try again|Switch to /);
    expect(titles(snapshot({ waiting, failed })).slice(0, 3)).toEqual([
      'Cancel Busy',
      'Try again: Away',
      'Dismiss: Away',
    ]);
    expect(titles(snapshot({}, notConnected))).toContain('Not connected. Try again');
    expect(titles(snapshot({}, connected, { accounts: several }))).toEqual(
      expect.arrayContaining([
        'Switch to a (a@example.org)',
        'Switch to b (b@example.org)',
        'Switch to c (practice account)',
      ]),
    );
    const offline = snapshot({ current: { status: 'Offline', since: start, cause: 'zoom' } });
    expect(titles(offline).join()).not.toMatch(/(Offline|Available) for/);
  });

  it('take back the last change, which is cancelled while it waits', () => {
    const before = { status: 'Busy' } as const;
    expect(titles(snapshot({ before }))).toContain('Back to Busy');
    expect(titles(snapshot({ sending: change('Away') }))).toContain('Back to Available');
    expect(titles(snapshot({ before, waiting })).join()).not.toContain('Back to');
    expect(titles(snapshot({ before: { status: 'Offline' } })).join()).not.toContain('Back to');
    expect(found('undo', snapshot({ before }))[0]).toBe('Back to Busy');
    const timed = { status: 'Busy', since: 0, cause: 'you', until: 60_000 } as const;
    expect(titles(snapshot({ current: timed, before }))).toContain('Remove timer');
    expect(titles(snapshot({ current: timed, before })).join()).not.toContain('Back to');
  });

  it('put up the sets of the library, which links cannot', () => {
    const shown = snapshot({}, connected, { library: libraryOf({ Winter: 8, Work: 11 }) });
    expect(found('winter', shown)[0]).toBe('Put up backgrounds “Winter”');
    const [work] = listed(shown).filter(({ title }) => title.includes('“Work”'));
    expect(work && obstacle(work, connected)).toBe('More than 10');
    const linked = linkedCommands.map(({ action }) => action.type);
    expect(new Set(linked)).toEqual(new Set(['presence.set', 'window.open']));
  });

  it('say what stands in their way', () => {
    const of = (account: AccountView) => (title: string) =>
      listed(snapshot({}, account)).flatMap((command) =>
        command.title === title ? [obstacle(command, account)] : [],
      );
    expect(of(connected)('Away')).toEqual([undefined]);
    expect(of({ phase: 'none' })('Away')).toEqual(['No account']);
    expect(of({ phase: 'connecting', key: 'a', practice: false })('Copy ZAK')).toEqual(['Connecting']);
    expect(of(notConnected)('Away')).toEqual(['Not connected']);
    expect(of(notConnected)('Quit Tally')).toEqual([undefined]);
    const lacking = { ...connected, missing: [{ operation: 'userZak', scopes: ['user_zak:read'] }] } as const;
    expect(of(lacking)('Copy ZAK')).toEqual(['Permission missing']);
    expect(of(lacking)('Away')).toEqual([undefined]);
  });

  it('that links reach set a status or open a screen, and are no others', () => {
    const types = new Set(linkedCommands.map(({ action }) => action.type));
    expect([...types]).toEqual(['presence.set', 'window.open']);
    const paths = linkedCommands.flatMap(({ links }) => links);
    expect(paths).toEqual([...new Set(paths)]);
  });
});

describe('what is typed', () => {
  const card = { meetingLink: 'https://example.org/j/1', meetingId: '1234567890' };
  const shown = snapshot({ before: { status: 'Busy' } }, connected, {
    accounts: several,
    profile: {
      phase: 'ready',
      values: {},
      edits: {},
      conflicts: [],
      invalid: {},
      locked: {},
      kept: {},
      saving: false,
      card,
    },
  });
  const all = [...listed(shown), ...searchedCommands(shown)];

  it.each([
    ['waiting room', 'Waiting room', 'settings'],
    ['join before host', 'Allow participants to join before host', 'settings'],
    ['job title', 'Job title', 'profile'],
    ['time zone', 'Time zone', 'profile'],
    ['sign out', 'Sign out…', 'accounts'],
  ])('%j has first %j', (query, title, screen) => {
    const [first] = findCommands(all, query);
    expect(first).toMatchObject({ title, action: { type: 'window.open', screen } });
  });

  it('copies the meeting link, undoes, and finds nothing by single letters out of words', () => {
    const [copy] = findCommands(all, 'copy link');
    expect(copy?.action).toEqual({ type: 'clipboard.copy', text: card.meetingLink });
    expect(findCommands(all, 'undo')[0]?.title).toBe('Back to Busy');
    expect(findCommands(all, 'rname')).toEqual([]);
  });

  it('leads to what main takes, each by an id of its own', () => {
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { id, action } of all) expect(actionSchema.safeParse(action).success, id).toBe(true);
  });

  it('was used last comes first, as far as it is still there', () => {
    let recent: readonly string[] = [];
    for (const id of ['a', 'zak/copy', 'quit', 'zak/copy', 'b', 'c', 'd', 'e'])
      recent = withRecent(recent, id);
    expect(recent).toEqual(['e', 'd', 'c', 'b', 'zak/copy']);
    expect(recentOf(all, recent).map(({ title }) => title)).toEqual(['Copy ZAK']);
  });
});

describe('a status and a time in one line', () => {
  const said = (line: string, shown = snapshot()) => saidCommand(line, shown, start);

  it.each([
    ['dnd 45', { status: 'Do_Not_Disturb', minutes: 45 }],
    ['Do not disturb for 1h30', { status: 'Do_Not_Disturb', minutes: 90 }],
    ['away 20m', { status: 'Away', minutes: 20 }],
    ['in a  meeting 1h', { status: 'In_A_Zoom_Meeting', minutes: 60 }],
    ['out of office for 4 hours', { status: 'Out_of_Office', minutes: 240 }],
    ['ooo 2h', { status: 'Out_of_Office', minutes: 120 }],
  ])('%j is a command', (line, action) => {
    expect(said(line)?.action).toEqual({ type: 'presence.set', ...action });
    expect(actionSchema.safeParse(said(line)?.action).success).toBe(true);
  });

  it('says what was understood before it is sent', () => {
    expect(said('dnd 45')?.title).toMatch(
      /^Do not disturb for 45 minutes, until \d{1,2}:\d\d.*, then Available$/,
    );
    const timed = {
      status: 'Away',
      since: start,
      cause: 'you',
      until: start + minute,
      restoreTo: 'Busy',
    } as const;
    expect(said('ooo tomorrow', snapshot({ current: timed }))?.title).toMatch(
      /^Out of office until (tomorrow )?.*, then Busy$/,
    );
    const now = new Date(start);
    const past = `${String(now.getHours()).padStart(2, '0')}:00`;
    expect(said(`away until ${past}`)?.title).toContain('(that time has passed today)');
  });

  it('that Zoom would refuse can be seen and not done', () => {
    const refused = said('dnd 25h');
    expect(refused?.title).toMatch(/^Do not disturb 25h\? .*at most 24 hours/);
    expect(obstacle(refused ?? {}, connected)).toBe('Not possible');
    expect(said('away 0')?.title).toMatch(/1 minute/);
  });

  it.each(['', 'away', 'away ', 'away soon', '45', 'dnd45', 'aways 45', 'search 45'])(
    '%j is none',
    (line) => {
      expect(said(line)).toBeUndefined();
    },
  );
});

describe('the search', () => {
  it.each([
    ['away', 'Away'],
    ['awy', 'Away'],
    ['dnd', 'Do not disturb'],
    ['dnd hour', 'Do not disturb for 1 hour'],
    ['hour dnd', 'Do not disturb for 1 hour'],
    ['phone', 'On a call'],
    ['vacation', 'Out of office'],
    ['token', 'ZAK'],
    ['copy', 'Copy ZAK'],
    ['upload', 'Upload background…'],
    ['dark', 'Theme: dark'],
    ['quit', 'Quit Tally'],
    ['exit', 'Quit Tally'],
    ['  Settings ', 'Zoom settings'],
  ])('for %j has first %j', (query, title) => {
    expect(found(query)[0]).toBe(title);
  });

  it('gives all in their order where nothing is searched, and nothing where nothing is like it', () => {
    expect(found('')).toEqual(titles(snapshot()));
    expect(found('xyzzy')).toEqual([]);
  });

  it('can go on in the settings', () => {
    expect(searchSettings(' chat ').action).toEqual({
      type: 'window.open',
      screen: 'settings',
      search: 'chat',
    });
  });
});
