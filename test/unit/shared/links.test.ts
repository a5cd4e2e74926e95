import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionSchema } from '../../../shared/actions.ts';
import { linkedCommands } from '../../../shared/commands.ts';
import { isCommand } from '../../../shared/link-word.ts';
import {
  type Asked,
  readArguments as argumentsAt,
  linkAmong,
  readLink as linkAt,
} from '../../../shared/links.ts';
import { screens } from '../../../shared/places.ts';
import { settableStatuses } from '../../../shared/zoom/presence.ts';

/** A Wednesday, by the system's zone. */
const now = new Date(2026, 0, 14, 14, 2).getTime();
const times = () => ({ now, hour12: false, endOfDay: 1050, morningHour: 8 });
const readLink = (link: string) => linkAt(link, times);
const readArguments = (argv: readonly string[]) => argumentsAt(argv, times);
const at = (hours: number, minutes = 0, days = 0) => new Date(2026, 0, 14 + days, hours, minutes).getTime();

/** What may come of a link, and of words that are no upload. */
function isHarmless(asked: Asked): boolean {
  if (asked.kind === 'refused') return /^[A-Z“].*\.$/s.test(asked.why) && asked.why.length < 200;
  if (asked.kind !== 'action' || !actionSchema.safeParse(asked.action).success) return false;
  const { type, ...others } = asked.action;
  if (type === 'window.open') return Object.keys(others).every((key) => ['screen', 'search'].includes(key));
  const {
    status,
    minutes = 20,
    until = 'morning',
  } = asked.action as { status: string; minutes?: number; until?: string | number };
  return (
    type === 'presence.set' &&
    settableStatuses.some((one) => one === status) &&
    Number.isInteger(minutes) &&
    minutes >= 1 &&
    minutes <= 1440 &&
    (until === 'morning' || (typeof until === 'number' && until > now && until <= now + 8 * 86_400_000))
  );
}

const set = (more: object) => ({ kind: 'action', action: { type: 'presence.set', ...more } });
const open = (more: object) => ({ kind: 'action', action: { type: 'window.open', ...more } });

describe('the name of a preset', () => {
  const list = [
    { name: 'Lunch', status: 'Away', time: '45' },
    { name: 'Deep work', status: 'Do_Not_Disturb', time: 'until 5:00pm' },
    { name: 'Away', status: 'Busy', time: '45' },
    { name: 'Early', status: 'Do_Not_Disturb', time: 'Friday' },
  ] as const;
  const read = (...argv: string[]) => argumentsAt(argv, times, () => list);

  it('is a word of the command line, in any case and of several words', () => {
    const lunch = set({ status: 'Away', minutes: 45 });
    expect(read('status', 'lunch')).toEqual(lunch);
    expect(read('status', 'LUNCH')).toEqual(lunch);
    const work = set({ status: 'Do_Not_Disturb', until: at(17) });
    expect(read('status', 'deep', 'work')).toEqual(work);
    expect(read('status', 'Deep work')).toEqual(work);
  });

  it('gives way to a status, and takes no other time', () => {
    expect(read('status', 'away')).toEqual(set({ status: 'Away' }));
    expect(read('status', 'Away')).toMatchObject({ kind: 'refused' });
    expect(read('status', 'lunch', '--for', '20')).toEqual({
      kind: 'refused',
      why: '“Lunch” is a preset, which has its own time.',
    });
    expect(read('status', 'early')).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/24 hours/),
    });
    expect(read('open', 'lunch')).toMatchObject({ kind: 'refused' });
  });

  it('is known to a link in small letters, with hyphens for spaces', () => {
    const follow = (link: string) => linkAt(link, times, () => list);
    expect(follow('tally://status/lunch')).toEqual(set({ status: 'Away', minutes: 45 }));
    expect(follow('tally://status/deep-work')).toEqual(set({ status: 'Do_Not_Disturb', until: at(17) }));
    expect(follow('tally://status/away')).toEqual(set({ status: 'Away' }));
    for (const refused of ['status/lunch?for=20', 'status/lunch?for', 'status/early', 'status/Lunch'])
      expect(follow(`tally://${refused}`), refused).toMatchObject({ kind: 'refused' });
    for (const unknown of ['status/dinner', 'open/lunch', 'status/deep%20work'])
      expect(isHarmless(follow(`tally://${unknown}`)), unknown).toBe(true);
    expect(readLink('tally://status/lunch')).toMatchObject({ kind: 'refused' });
  });
});

describe('a link', () => {
  it.each<[string, unknown]>([
    ['tally://status/away', set({ status: 'Away' })],
    ['tally://status/away?for=30', set({ status: 'Away', minutes: 30 })],
    ['tally://status/dnd?for=10', set({ status: 'Do_Not_Disturb', minutes: 10 })],
    ['tally://status/do-not-disturb?until=morning', set({ status: 'Do_Not_Disturb', until: 'morning' })],
    ['tally://status/out-of-office?for=1440', set({ status: 'Out_of_Office', minutes: 1440 })],
    ['tally://status/away?for=1h30', set({ status: 'Away', minutes: 90 })],
    ['tally://status/away?until=14:30', set({ status: 'Away', until: at(14, 30) })],
    ['tally://status/away?until=2:30pm', set({ status: 'Away', until: at(14, 30) })],
    ['tally://status/busy?until=noon', set({ status: 'Busy', until: at(12, 0, 1) })],
    ['tally://status/dnd?until=tomorrow+8', set({ status: 'Do_Not_Disturb', until: at(8, 0, 1) })],
    ['tally://status/away?until=end+of+day', set({ status: 'Away', until: at(17, 30) })],
    ['tally://open/zak', open({ screen: 'zak' })],
    ['tally://open/settings?search=chat', open({ screen: 'settings', search: 'chat' })],
    ['tally://open/backgrounds?search=winter', open({ screen: 'backgrounds', search: 'winter' })],
    ['tally://open/settings?search=waiting+room', open({ screen: 'settings', search: 'waiting room' })],
    ['tally://open/settings?search=%C3%A4%20%26%20b', open({ screen: 'settings', search: 'ä & b' })],
    // The longest that is read.
    [
      `tally://open/settings?search=aaa${'%C3%A4'.repeat(78)}`,
      open({ screen: 'settings', search: `aaa${'ä'.repeat(78)}` }),
    ],
  ])('%s is understood', (link, asked) => {
    expect(readLink(link)).toEqual(asked);
    expect(isHarmless(readLink(link))).toBe(true);
  });

  it('reaches every status and every screen', () => {
    const reached = linkedCommands.flatMap(({ links }) => links.map((link) => readLink(`tally://${link}`)));
    expect(reached).toHaveLength(settableStatuses.length + 1 + screens.length);
    for (const status of settableStatuses) expect(reached).toContainEqual(set({ status }));
    for (const screen of screens) expect(reached).toContainEqual(open({ screen }));
  });

  it.each([
    ['https://status/away', 'It isn’t written'],
    ['tally://status/away/', 'It isn’t written'],
    ['tally://me@status/away', 'It isn’t written'],
    ['tally://status:80/away', 'It isn’t written'],
    ['tally://status/away#x', 'It isn’t written'],
    ['tally://status/away?for=30#x', 'It isn’t written'],
    ['tally://status/%61way', 'It isn’t written'],
    ['TALLY://status/away', 'It isn’t written'],
    [' tally://status/away', 'It isn’t written'],
    ['tally://status/away\n', 'It isn’t written'],
    [`tally://open/settings?search=aaaa${'%C3%A4'.repeat(78)}`, 'It isn’t written'],
    ['tally://app/quit', 'Tally knows no such link'],
    ['tally://upload/x', 'Tally knows no such link'],
    ['tally://status/offline', '“status” takes one of: available, away'],
    ['tally://open/constructor', '“open” takes one of: status, backgrounds'],
    ['tally://status/away?', 'What stands after'],
    ['tally://status/away?for', 'What stands after'],
    ['tally://status/away?for=%', 'What stands after'],
    ['tally://status/away?for=30&', 'What stands after'],
    ['tally://status/away?a=for=30', 'What stands after'],
    ['tally://status/away?for=30=1', 'What stands after'],
    ['tally://status/away?for=30&for=30', '“for” is there twice'],
    ['tally://status/away?for=30&until=morning', 'It is either'],
    ['tally://status/away?search=x', '“Away” takes no such option'],
    ['tally://open/zak?search=x', '“ZAK” takes no such option'],
    ['tally://status/away?until=soon', '“until” takes'],
    ['tally://status/away?until=45', '“until” takes'],
    ['tally://status/away?until=1hour', '“until” takes'],
    ['tally://status/away?until=until+9', '“until” takes'],
    ['tally://status/away?until=9%0a', '“until” takes'],
    ['tally://status/away?for=14:30', '“for” takes'],
    ['tally://status/away?for=morning', '“for” takes'],
    ['tally://status/dnd?until=friday', 'Zoom allows at most 24 hours'],
    ['tally://status/away?for=0', '“for” takes'],
    ['tally://status/away?for=030', '“for” takes'],
    ['tally://status/away?for=1441', '“for” takes'],
    ['tally://status/away?for=%31%30%0a', '“for” takes'],
    ['tally://status/away?for=%0a30', '“for” takes'],
    ['tally://status/dnd?for=0', '“for” takes'],
    ['tally://open/settings?search=', 'The words to search'],
    ['tally://open/settings?search=a%0ab', 'The words to search'],
    ['tally://open/settings?search=%E2%80%AEb', 'The words to search'],
    [`tally://open/settings?search=${'a'.repeat(101)}`, 'The words to search'],
  ])('%j is refused', (link, why) => {
    expect(readLink(link)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
  });
});

describe('the words of a launch', () => {
  const words = (line: string) => readArguments(line.split(' '));

  it.each<[string, unknown]>([
    ['status dnd --for 60', set({ status: 'Do_Not_Disturb', minutes: 60 })],
    ['status dnd --for=60', set({ status: 'Do_Not_Disturb', minutes: 60 })],
    ['--for 60 status busy', set({ status: 'Busy', minutes: 60 })],
    ['--no-sandbox status away --hidden --until morning', set({ status: 'Away', until: 'morning' })],
    ['status away --until 14:30', set({ status: 'Away', until: at(14, 30) })],
    ['status dnd --for=1.5h', set({ status: 'Do_Not_Disturb', minutes: 90 })],
    ['open settings?search=chat', open({ screen: 'settings', search: 'chat' })],
    ['open settings --search chat', open({ screen: 'settings', search: 'chat' })],
    ['upload a.png ../b.mov /c.gif', { kind: 'upload', files: ['a.png', '../b.mov', '/c.gif'] }],
    ['upload -- -beach.png --for', { kind: 'upload', files: ['-beach.png', '--for'] }],
    ['--no-sandbox upload a.png -- -b.png', { kind: 'upload', files: ['a.png', '-b.png'] }],
    ['upload ./tally:x.png', { kind: 'upload', files: ['./tally:x.png'] }],
    ['upload a--for=1.png --for-x', { kind: 'upload', files: ['a--for=1.png'] }],
    ['-- upload a.png', { kind: 'upload', files: ['a.png'] }],
    ['setup /x/setup.json', { kind: 'setup', file: '/x/setup.json' }],
    ['status', { kind: 'show', json: false }],
    ['--no-sandbox status --json --hidden', { kind: 'show', json: true }],
    ['--help', { kind: 'help' }],
    ['upload -h', { kind: 'help' }],
    ['--version status', { kind: 'version' }],
    ['upload a.png -- --help', { kind: 'upload', files: ['a.png', '--help'] }],
    ['--hidden --practice --inspect=0', { kind: 'nothing' }],
    ['', { kind: 'nothing' }],
  ])('%s are understood', (line, asked) => {
    expect(words(line)).toEqual(asked);
  });

  it.each([
    ['quit', 'The commands are'],
    ['picture.png', 'The commands are'],
    ['status nonsense', '“status” takes one of'],
    ['status --for 30', '“status” takes one of'],
    ['status away --json', '“--json” goes with'],
    ['status away busy', '“status” takes one word'],
    ['status away --for', '“for” takes'],
    ['status away --for --until', '“for” takes'],
    ['status away --for 30 --for 30', '“for” is there twice'],
    ['open settings?search=a --search a', '“search” is there twice'],
    ['open settings --search', 'The words to search'],
    ['setup', '“setup” takes the name of one file'],
    ['setup a.json b.json', '“setup” takes the name of one file'],
    ['setup a.json --for 30', '“setup” takes a file only'],
    ['upload', '“upload” takes the names of files'],
    ['upload a.png --for 30', '“upload” takes files only'],
    ['upload -beach.png', '“-beach.png” begins with a dash'],
    ['upload a.png -beach.png', 'Put -- before'],
    ['--for 30', 'There is no command'],
    ['status away tally://status/away', 'A link has to come alone'],
    ['tally://status/away status busy', 'A link has to come alone'],
    ['upload tally://status/away', 'A link has to come alone'],
  ])('%s are refused', (line, why) => {
    expect(words(line)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
    expect(linkAmong(line.split(' '))).toBeUndefined();
  });

  it.each([
    [['status'], true],
    [['--hidden', 'nonsense'], true],
    [['--help'], true],
    [['-h'], true],
    [['--version'], true],
    [['--', '-a.png'], true],
    [[], false],
    [['--hidden', '--practice'], false],
    [['--touch-h'], false],
    [['tally://status/away'], false],
    [['status', 'away', 'Tally:x'], false],
  ])('%j are a command, which is answered: %s', (argv, is) => {
    expect(isCommand(argv)).toBe(is);
  });

  it('that are one link are that link, whatever switches of Chromium stand around it', () => {
    expect(linkAmong(['--hidden', 'tally://status/away'])).toBe('tally://status/away');
    expect(linkAmong(['Tally:x'])).toBe('Tally:x');
    expect(linkAmong(['"tally://status/away'])).toBe('"tally://status/away');
    expect(linkAmong(['tally://status/away', '--for', '30'])).toBeUndefined();
    expect(linkAmong(['status', 'away'])).toBeUndefined();
  });
});

const dangerous = [
  'quit',
  'sign-out',
  'delete',
  'save',
  'reconnect',
  'remove-all',
  '__proto__',
  'constructor',
  'toString',
];
const names = [
  ...linkedCommands.flatMap(({ links }) => links.map((link) => link.split('/')[1] ?? '')),
  ...dangerous,
];
const text = fc.string({ unit: fc.constantFrom(...'a0-=&?#/%+@:."\'\\ \n\u202e\u0000é😀'), maxLength: 12 });
const value = fc.oneof(
  text,
  fc.integer({ min: -5, max: 2_000 }).map(String),
  fc.constantFrom('morning', '14:30', '1h30', 'tomorrow+8', 'friday', '1e3', '0x20', '٣', 'NaN'),
);
const option = fc.oneof(fc.constantFrom('for', 'until', 'search', 'token', '__proto__'), text);
const query = fc
  .array(fc.tuple(option, value), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const host = fc.oneof(
  fc.constantFrom('status', 'open', 'upload', 'app', 'account', 'settings', 'call', ''),
  text,
);
const target = fc.oneof(fc.constantFrom(...names), text);
const mark = fc.constantFrom('?', '?', '?', '', '#', '/', '??');
const schemes = [
  'tally://',
  'tally://',
  'tally://',
  'tally:',
  'TALLY://',
  'tally:///',
  '"tally://',
  'javascript:',
];
const built = fc
  .tuple(fc.constantFrom(...schemes), host, target, mark, query)
  .map(([scheme, at, name, between, rest]) => `${scheme}${at}/${name}${between}${rest}`);
const good = fc.constantFrom(
  ...linkedCommands.flatMap(({ links: [link], takes }) => [
    `tally://${link}`,
    ...takes.map(
      (name) => `tally://${link}?${name}=${{ for: '45', until: 'morning', search: 'chat' }[name]}`,
    ),
  ]),
);
/** A good link in which something is put, in the place of so many characters. */
const damaged = fc
  .tuple(good, fc.nat(40), fc.nat(2), text)
  .map(([link, at, gone, put]) => link.slice(0, at) + put + link.slice(at + gone));
const links = fc.oneof(built, good, damaged);
const argument = fc.oneof(
  links,
  host,
  target,
  value,
  fc.tuple(option, value).map(([name, given]) => `--${name}=${given}`),
  option.map((name) => `--${name}`),
  fc.constantFrom('--', '-', '', '--gpu-launcher=x', '--no-sandbox', '--user-data-dir=/tmp'),
);

describe('whatever', () => {
  it('a link says, it is refused or does one of the few things links may do', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(links, fc.string(), fc.string({ unit: 'binary' })), (link) => {
        const asked = readLink(link);
        seen.set(asked.kind, (seen.get(asked.kind) ?? 0) + 1);
        expect(isHarmless(asked), `${link} ${JSON.stringify(asked)}`).toBe(true);
      }),
      { numRuns: 3_000, seed: 6 },
    );
    // Neither all nor none of them.
    const [done = 0, refused = 0] = [seen.get('action'), seen.get('refused')];
    expect(done).toBeGreaterThan((done + refused) / 150);
    expect(refused).toBeGreaterThan((done + refused) / 6);
  });

  it('arguments say, they are refused, nothing, files that stand there, or one of those things', () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 6 }), (argv) => {
        const asked = readArguments(argv);
        const link = linkAmong(argv);
        if (link !== undefined) expect(argv).toContain(link);
        // A link among them never acts as words do.
        if (argv.some((word) => /^\W*tally:\/\//i.test(word))) expect(asked.kind).not.toBe('action');
        if (asked.kind === 'upload') for (const file of asked.files) expect(argv).toContain(file);
        else {
          const isHeard = asked.kind === 'nothing' || asked.kind === 'show' || isHarmless(asked);
          expect(isHeard, `${argv} ${JSON.stringify(asked)}`).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
