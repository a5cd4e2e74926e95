import { globSync, readFileSync } from 'node:fs';
import vm from 'node:vm';
import { parseSync } from 'vite';
import { expect, it, vi } from 'vitest';

/**
 * Patterns whose time grows faster than the text, each with what keeps its text short. All others run over what comes from
 * elsewhere (Zoom's answers, files, what is pasted), however long it is.
 */
const short: Readonly<Record<string, string>> = {
  '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|-?\\d[\\d.eE+-]*':
    'over JSON that was read, in which each text has its end',
  '\\B(?=(?:\\d{3})+$)': 'over the digits of one number',
  '^[. ]+|[. ]+$': 'over the name of a file, which is cut before',
  '\\/+$': 'over the address of Zoom’s API, which is ours',
  'scopes?\\s*:?\\s*\\[([^\\]]*)\\]': 'over a message of Zoom’s, which is cut to 500 characters',
  '\\{([^}]+)\\}': 'over a path of the catalogue',
  '^ï»¿|<!--[\\s\\S]*?-->|<\\?xml[^>]*>': 'over the first bytes of a file',
  '\\.+$': 'over the name of a field, which is cut to 200 characters',
  '^[.\\s]+|[.\\s]+$': 'over the name of a file, which is cut before',
  '^[^\\s@<>,;]+@[^\\s@<>,;]+\\.[^\\s@<>,;]+$': 'over an address that is typed, of at most 300 characters',
};

interface Found {
  readonly pattern: string;
  readonly flags: string;
  readonly file: string;
}

/** What makes a pattern of texts as it is loaded. Those that are made later are of names and numbers of Tally's own. */
const makers: Readonly<Record<string, () => Promise<unknown>>> = {
  'electron/core/http/failures.ts': () => import('../../../electron/core/http/failures.ts'),
  'shared/times.ts': () => import('../../../shared/times.ts'),
  'shared/working-hours.ts': () => import('../../../shared/working-hours.ts'),
  'shared/zoom/secrets.ts': () => import('../../../shared/zoom/secrets.ts'),
};

/** The patterns that they make. */
async function madePatterns(): Promise<Found[]> {
  const made: Found[] = [];
  const real = RegExp;
  for (const [file, load] of Object.entries(makers)) {
    const construct = (_: unknown, [pattern, flags = '']: [string, string?]) => {
      made.push({ pattern, flags, file });
      return new real(pattern, flags);
    };
    vi.stubGlobal('RegExp', new Proxy(real, { construct }));
    await load().finally(() => vi.unstubAllGlobals());
  }
  return made;
}

/** Every pattern that stands in the source of the app. */
function patterns(): Found[] {
  const found = new Map<string, Found>();
  const files = globSync('{electron,shared,renderer}/**/*.{ts,tsx}').filter(
    (file) => !file.startsWith('electron/practice/'),
  );
  for (const file of files) {
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { regex } = node as { regex?: { pattern: string; flags: string } };
      if (regex) found.set(`/${regex.pattern}/${regex.flags}`, { ...regex, file });
      for (const value of Object.values(node)) look(value);
    };
    look(parseSync(file, readFileSync(file, 'utf8')).program);
  }
  return [...found.values()];
}

const classes = ['x', ' ', '1', '\n', '.', '"', '\\"', '-'];

/** The words of a pattern, as texts have them: escaped signs are themselves, all else that is no letter parts them. */
function wordsOf(pattern: string): string[] {
  const signs: string[] = [];
  const literal = pattern.replace(/\\([^\w\s])/g, (_, sign: string) => {
    signs.push(sign);
    return '\ue000';
  });
  const bare = literal.replace(/\\(?:[pPuk](?:\{[^}]*\})?|[a-zA-Z])|\(\?<?[:=!]|[[\](){}?*+|^$]/g, ' ');
  const parts = bare.replace(/\ue000/g, () => signs.shift() ?? '').split(/\s+/);
  return parts.filter((word) => word !== '' && word.length < 60);
}

interface Attack {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
}

/** Texts that keep a matcher trying: what the pattern itself says, again and again, and an end that it does not expect. */
function attacks(pattern: string): Attack[] {
  const words = wordsOf(pattern);
  const letters = [...new Set(words.join(''))].slice(0, 16);
  const beginnings = words.map((_, index) => words.slice(0, index + 1).join('')).slice(0, 8);
  const pairs = words.slice(0, 8).flatMap((word) => classes.map((one) => word + one));
  const pumps = new Set([...words, ...beginnings, ...letters, ...classes, ...pairs]);
  const ends = ['\u0000', '<'];
  return [...pumps].flatMap((pump) =>
    ends.flatMap((after) => ['x', 'x@', `x${words.join('')}x`].map((before) => ({ before, pump, after }))),
  );
}

const size = 10_000;

/** Processor time of this thread (before Node 23.9, of this process), in µs: other work on the machine does not count. */
const spent = () => (process.threadCpuUsage ?? process.cpuUsage)().user;
function cost(run: () => unknown): number {
  const before = spent();
  run();
  return spent() - before;
}

const context = vm.createContext({ pattern: /x/g, text: '' });
/** Ends also what would never end, however busy the machine is. */
function search(pattern: RegExp, text: string): void {
  Object.assign(context, { pattern, text });
  vm.runInContext('text.replace(pattern, "")', context, { timeout: 120_000 });
}

const least = (times: number, run: () => unknown) =>
  Math.min(...Array.from({ length: times }, () => cost(run)));

/** Whether four times the text takes much more than four times the time. What is done at once is not looked at closely. */
function isSteep(pattern: RegExp, { before, pump, after }: Attack): boolean {
  const text = (length: number) => before + pump.repeat(length / pump.length) + after;
  if (cost(() => search(pattern, text(size))) < 2_000) return false;
  const [once, fourfold] = [size, 4 * size].map((length) => least(3, () => search(pattern, text(length))));
  return (fourfold ?? 0) > 8 * (once ?? 0);
}

it('each pattern takes no more than its share of a longer text, or it is told why its text is short', async () => {
  const made = await madePatterns();
  const making = globSync('{electron,shared,renderer}/**/*.{ts,tsx}').filter((file) =>
    /^(?:export )?(?:const|let) [^\n]*new RegExp\(|^ {2}\[new RegExp\(/m.test(readFileSync(file, 'utf8')),
  );
  expect(making.sort()).toEqual(Object.keys(makers));
  const all = [...patterns(), ...made];
  const steep = all
    .filter(({ pattern }) => !Object.hasOwn(short, pattern))
    .filter(({ pattern, flags }) =>
      attacks(pattern).some((attack) => isSteep(new RegExp(pattern, flags), attack)),
    );
  expect(steep).toEqual([]);
  const there = all.map(({ pattern }) => pattern);
  expect(there).toEqual(expect.arrayContaining(Object.keys(short)));
}, 600_000);
