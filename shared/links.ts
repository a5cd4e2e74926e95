import { actionSchema } from './actions.ts';
import { type LinkedAction, type LinkedCommand, type LinkOption, linkedCommands } from './commands.ts';
import { isLink } from './link-word.ts';
import { isStatusName, presetNamed, readChoice } from './preset-commands.ts';
import type { Preset } from './presets.ts';
import { readTime, type TimeContext } from './times.ts';
import { commandLine } from './words/en/command-line.ts';
import { times as timeWords } from './words/en/times.ts';
import { dndMinutes } from './zoom/limits.gen.ts';

const t = commandLine.refused;

/** What a link, or the words of a launch, ask for. Nothing else can come of them. */
export type Asked =
  /** There were no words for Tally. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'action'; readonly action: LinkedAction }
  /** To be told the present status. */
  | { readonly kind: 'show'; readonly json: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** Files to upload as backgrounds, as they were named. */
  | { readonly kind: 'upload'; readonly files: readonly string[] }
  /** A file with a setup to sign in by, as it was named. */
  | { readonly kind: 'setup'; readonly file: string }
  /** Does nothing but say why. */
  | { readonly kind: 'refused'; readonly why: string };

/** The longest link that is read, in characters; the longest that does anything is far shorter. */
const longestLink = 500;

/** The whole of a link: no user, port, further folders, fragment, percent signs or capitals before the question mark. */
const linkForm = /^tally:\/\/([a-z]{1,20}\/[a-z-]{1,40})(?:\?([^#]*))?$/;

const optionNames: readonly string[] = ['for', 'until', 'search'] satisfies LinkOption[];
const isOption = (name: string): name is LinkOption => optionNames.includes(name);

/** By what times are read; asked for only where there is one. */
export type Times = () => TimeContext;

/** The presets; asked for only where something is no status. */
export type Presets = () => readonly Preset[];

/** Words that can be seen, one space between them. */
const visible = /^[!-~]+(?: [!-~]+)*$/;

/** What an option adds to the action, or why it cannot. */
function readOption(
  name: LinkOption,
  value: string,
  { action }: LinkedCommand,
  times: Times,
): Readonly<Record<string, unknown>> | string {
  // What may be searched for is in the action's schema.
  if (name === 'search' || action.type !== 'presence.set') return { [name]: value };
  if (name === 'until' && value === 'morning') return { until: value };
  const read = visible.test(value) ? readTime(`${name} ${value}`, action.status, times()) : undefined;
  if (read?.ok) return read.lasting;
  if (read?.problem === 'dnd-too-long') return timeWords.problems[read.problem];
  return name === 'for' ? t.for(dndMinutes.max) : t.until;
}

const byPath = new Map<string, LinkedCommand>(
  linkedCommands.flatMap((command) => command.links.map((path): [string, LinkedCommand] => [path, command])),
);

const refused = (why: string): Asked => ({ kind: 'refused', why });

/** Reads a tally:// link. Whether links may do anything is the caller's question. Never throws. */
export function readLink(link: string, times: Times, presets: Presets = () => []): Asked {
  const [form, path = '', query] = (link.length <= longestLink && linkForm.exec(link)) || [];
  if (form === undefined) return refused(t.noLink);
  const pairs = query === undefined ? [] : readQuery(query);
  const preset = byPath.has(path) ? undefined : presetOfLink(path, presets);
  return preset && pairs ? readPreset(preset, pairs, times) : lookUp(path, pairs, times);
}

/** The first preset whose name is, in small letters and with hyphens for spaces, what stands behind tally://status/. */
function presetOfLink(path: string, presets: Presets): Preset | undefined {
  const [, slug] = /^status\/(.+)$/.exec(path) ?? [];
  return slug === undefined
    ? undefined
    : presets().find(({ name }) => name.toLowerCase().trim().replace(/\s+/g, '-') === slug);
}

/**
 * Reads the arguments of a launch, without the program: `status`, `status away --for 30`, `status away --until 14:30`,
 * `status lunch` (a preset), `open settings?search=chat`, `upload FILE...`, `setup FILE`, `--help`. Switches that Tally does not know (Chromium has
 * hundreds) are passed over; what stands behind `--` is none. A link among them is refused: it has to come alone, see `linkAmong`. Never throws.
 */
export function readArguments(argv: readonly string[], times: Times, presets: Presets = () => []): Asked {
  const { words, pairs, dashed, flags } = sort(argv);
  const [verb, ...others] = words;
  if (flags.has('help')) return { kind: 'help' };
  if (flags.has('version')) return { kind: 'version' };
  const isShow = verb === 'status' && others.length === 0 && pairs.length === 0;
  if (isShow) return { kind: 'show', json: flags.has('json') };
  if (flags.has('json')) return refused(t.jsonAlone);
  if (verb === undefined) return pairs.length > 0 ? refused(t.noCommand) : { kind: 'nothing' };
  if (words.some(isLink)) return refused(t.linkAlone);
  if (verb === 'upload') return readUpload(others, pairs, dashed);
  if (verb === 'setup') return readSetup(others, pairs);
  if (verb !== 'status' && verb !== 'open') return refused(t.commands);
  const preset = verb === 'status' ? presetAmong(others, presets) : undefined;
  if (preset) return readPreset(preset, pairs, times);
  const [target = '', ...rest] = others;
  if (rest.length > 0) return refused(t.oneWord(verb));
  const [name = '', query] = target.split(/\?(.*)/s, 2);
  const queried = query === undefined ? [] : readQuery(query);
  return lookUp(`${verb}/${name}`, queried && [...queried, ...pairs], times);
}

/** The words of a preset's name need no quotation marks. A status of that name comes first. */
function presetAmong(words: readonly string[], presets: Presets): Preset | undefined {
  const name = words.join(' ');
  return isStatusName(name) ? undefined : presetNamed(name, presets());
}

function readPreset(preset: Preset, pairs: Pairs, times: Times): Asked {
  if (pairs.length > 0) return refused(t.presetHasTime(preset.name));
  const read = readChoice(preset, times());
  if (read.ok) return { kind: 'action', action: read.action };
  return refused(t.presetNotNow(preset.name, timeWords.problems[read.problem]));
}

function readSetup([file, ...further]: readonly string[], pairs: Pairs): Asked {
  if (file === undefined || further.length > 0) return refused(t.oneSetup);
  return pairs.length > 0 ? refused(t.setupFileOnly) : { kind: 'setup', file };
}

function readUpload(files: readonly string[], pairs: Pairs, [dashed]: readonly string[]): Asked {
  if (dashed !== undefined) {
    return refused(t.dashed(dashed));
  }
  if (files.length === 0) return refused(t.uploadFiles);
  return pairs.length > 0 ? refused(t.uploadFilesOnly) : { kind: 'upload', files };
}

/** The link that a launch consists of; undefined where there is none, or something else as well. */
export function linkAmong(argv: readonly string[]): string | undefined {
  const { words, pairs } = sort(argv);
  return words.length === 1 && pairs.length === 0 ? words.find(isLink) : undefined;
}

type Pairs = readonly (readonly [name: string, value: string])[];

type Flag = 'help' | 'version' | 'json';

const flagWords = new Map<string, Flag>([
  ['--help', 'help'],
  ['-h', 'help'],
  ['--version', 'version'],
  ['--json', 'json'],
]);

interface Sorted {
  readonly words: readonly string[];
  readonly pairs: Pairs;
  readonly dashed: readonly string[];
  readonly flags: ReadonlySet<Flag>;
}

/** Arguments as words and options; an option's value is the next argument, or stands behind an equals sign. */
function sort(argv: readonly string[]): Sorted {
  const end = argv.indexOf('--');
  const words: string[] = [];
  const pairs: [string, string][] = [];
  const dashed: string[] = [];
  const flags = new Set<Flag>();
  for (let at = 0; at < (end < 0 ? argv.length : end); at += 1) {
    const argument = argv[at] ?? '';
    const [, name = '', value] = /^--([a-z]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const flag = flagWords.get(argument);
    if (flag !== undefined) flags.add(flag);
    else if (isOption(name)) pairs.push([name, value ?? argv[++at] ?? '']);
    else if (/^-[^-]/.test(argument)) dashed.push(argument);
    else if (argument !== '' && !argument.startsWith('-')) words.push(argument);
  }
  // What stands behind two dashes is no option, whatever it begins with.
  if (end >= 0) words.push(...argv.slice(end + 1));
  return { words, pairs, dashed, flags };
}

/** The pairs of a query; undefined where it is not one. */
function readQuery(query: string): Pairs | undefined {
  try {
    return query.split('&').map((part) => {
      const [, name, value] = /^([a-z]+)=([^=]*)$/.exec(part) ?? [];
      if (name === undefined || value === undefined) throw new Error(part);
      return [name, decodeURIComponent(value.replaceAll('+', ' '))];
    });
  } catch {
    return undefined;
  }
}

function lookUp(path: string, pairs: Pairs | undefined, times: Times): Asked {
  const command = byPath.get(path);
  if (!command) {
    const [verb = ''] = path.split('/');
    const names = linkedCommands.flatMap(({ links: [link = ''] }) =>
      link.startsWith(`${verb}/`) ? [link.slice(link.indexOf('/') + 1)] : [],
    );
    return refused(names.length > 0 ? t.oneOf(verb, names.join(', ')) : t.unknownLink);
  }
  if (!pairs) return refused(t.query);
  const given = new Set<LinkOption>();
  const added: Record<string, unknown> = {};
  for (const [name, value] of pairs) {
    if (!isOption(name) || !command.takes.includes(name)) return refused(t.noOption(command.title));
    if (given.has(name)) return refused(t.twice(name));
    given.add(name);
    const read = readOption(name, value, command, times);
    if (typeof read === 'string') return refused(read);
    Object.assign(added, read);
  }
  if (given.has('for') && given.has('until')) return refused(t.either);
  const whole = actionSchema.safeParse({ ...command.action, ...added });
  if (!whole.success) return refused(t.search);
  return { kind: 'action', action: whole.data as LinkedAction };
}
