/** How screens and memory grow with what somebody has gathered: at 1, 10 and 100 % of more than anybody has. */
import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryFor, lineOf, storeEntry, storeIndex } from '../../electron/core/advanced/history-stored.ts';
import { accounts as t } from '../../shared/words/en/accounts.ts';
import { smallPng } from '../support/files.ts';
import { controlOf } from '../support/practice-control.ts';
import { type Figure, type Grown, median, rounded } from './numbers.ts';
import type { Page } from './page.ts';
import { type App, quiet } from './processes.ts';
import { painted, type Started, there, timed, withApp } from './screen.ts';
import type { Progress } from './turns.ts';

const shares = [0.01, 0.1, 1] as const;
/** Times that each screen is opened in one app. */
const opens = 5;
/** The account that a run is given, as electron/core/accounts/list.ts names it. */
const account = 'given';
const aim = 300;
/** Milliseconds within which the difference between two sizes is noise. */
const noise = 10;

const folderOf = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 32);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Kind {
  readonly figure: string;
  /** What there is of it at 100 %. */
  readonly most: number;
  /** Puts so many into the user data of an app that has not begun yet. */
  seed(userData: string, count: number, user: string): void;
  /** Goes to where the screen is opened from. */
  ready(page: Page, count: number): Promise<void>;
  /** Script for the page: opens it, and gives the milliseconds until it is painted. */
  readonly open: string;
  /** Leaves it again. */
  readonly leave: string;
}

const radio = (word: string) =>
  `[...document.querySelectorAll('main [role=radiogroup] label')].find((one) => one.textContent === '${word}').click()`;
const pressed = (word: string) =>
  `[...document.querySelectorAll('main fieldset button')].find((one) => one.textContent === '${word}').click()`;
const run = (action: object) => `window.tally.actions.run(${JSON.stringify(action)})`;

const accounts: Kind = {
  figure: 'growth-accounts',
  most: 200,
  seed(userData, count) {
    const record = (at: number) => ({
      key: `commercial:person-${at}`,
      practice: false,
      cloud: 'commercial',
      clientId: 'AbCdEfGhIjKlMnOpQrSt',
      redirectUri: 'http://127.0.0.1/zoom',
      scopes: [],
      isPublic: true,
      userId: `person-${at}`,
      name: `Robin Doe ${at}`,
      email: `robin.${at}@example.com`,
      colour: at % 6,
      kept: true,
      stored: true,
      ended: true,
    });
    const all = Array.from({ length: count }, (_, at) => record(at));
    writeFileSync(join(userData, 'accounts.json'), JSON.stringify({ accounts: all, leaving: [] }));
  },
  async ready(page, count) {
    const settled = `({ ok, value }) => ok && value.accounts.length === ${count + 1} &&
      value.accounts.every(({ phase }) => phase !== 'connecting')`;
    await page.run(`(async () => {
      const settled = ${settled};
      while (!settled(await window.tally.state.get())) await new Promise((done) => setTimeout(done, 50));
    })()`);
  },
  open: painted(
    run({ type: 'window.open', screen: 'accounts' }),
    there(`main li button[aria-label^=${JSON.stringify(t.switchToOne(''))}]`),
  ),
  leave: timed('Preferences', 'main [role=radiogroup]'),
};

/** Calls with answers of 40 KB. */
function callsOf(count: number) {
  const users = Array.from({ length: 130 }, (_, at) => ({
    id: `id-${at}`,
    email: `person.${at}@example.com`,
    display_name: `Robin Doe ${at}`,
    note: 'n'.repeat(220),
  }));
  const body = JSON.stringify({ users });
  const http = {
    status: 200,
    phrase: 'OK',
    headers: [],
    size: body.length,
    form: 'json' as const,
    body,
    hidden: [],
  };
  const input = { operation: 'user', path: { userId: 'me' }, query: {} } as const;
  return Array.from({ length: count }, (_, at) => {
    const answer = { call: `call-${at}`, at: 1.79e12 + at, ms: 12, http, meanings: [] };
    return entryFor(input, answer, undefined);
  });
}

const historyOf = (userData: string, user: string) =>
  join(userData, 'history', folderOf(`${account} ${user}`));

/** Calls as a Tally without an index left them. */
const calls: Kind = {
  figure: 'growth-history',
  most: 500,
  seed(userData, count, user) {
    const folder = historyOf(userData, user);
    mkdirSync(folder, { recursive: true });
    for (const entry of callsOf(count))
      writeFileSync(join(folder, `${entry.id}.json`), JSON.stringify(storeEntry(entry)));
  },
  ready: async (page) => void (await page.run(timed('Advanced', '[data-operation]'))),
  open: painted(pressed('History'), there('ul[aria-label=History] li')),
  leave: painted(pressed('Operations'), there('[data-operation]')),
};

const history: Kind = {
  ...calls,
  seed(userData, count, user) {
    calls.seed(userData, count, user);
    const folder = historyOf(userData, user);
    const indexed = callsOf(count).map((entry) => {
      const { size, mtimeMs } = statSync(join(folder, `${entry.id}.json`));
      return { line: lineOf(entry), bytes: size, changed: mtimeMs };
    });
    writeFileSync(join(folder, 'index'), JSON.stringify(storeIndex(indexed)));
  },
};

const library: Kind = {
  figure: 'growth-library',
  most: 300,
  seed(userData, count) {
    const home = join(userData, 'library', folderOf(account));
    mkdirSync(join(home, 'backgrounds'), { recursive: true });
    const items = Array.from({ length: count }, (_, at) => {
      // Bytes behind the end of a PNG belong to no picture.
      const bytes = Buffer.concat([smallPng(at % 200).bytes, Buffer.from(`picture ${at}`)]);
      const id = hash(bytes);
      writeFileSync(join(home, 'backgrounds', id), bytes);
      const times = { added: 1.79e12 + at, used: 0 };
      const sets = [`Set ${at % 7}`];
      return { id, name: `Picture ${at}`, kind: 'png', bytes: bytes.length, ...times, favorite: false, sets };
    });
    writeFileSync(join(home, 'library.json'), JSON.stringify({ items, pictures: [] }));
  },
  ready: async (page) => void (await page.run(timed('Backgrounds', '[aria-label="Which backgrounds"]'))),
  open: painted(radio('Library'), there('section[aria-label=Library] li')),
  leave: painted(radio('Zoom'), `!${there('section[aria-label=Library]')}`),
};

async function measure(kind: Kind, share: number): Promise<Grown> {
  const count = Math.max(1, Math.round(kind.most * share));
  let app: App | undefined;
  const started: Started = {
    async prepare(userData, practice) {
      const { me } = await controlOf(practice).state();
      kind.seed(userData, count, me.id);
    },
    started: (made) => {
      app = made;
    },
  };
  return withApp(async (page) => {
    await kind.ready(page, count);
    await quiet();
    const took: number[] = [];
    for (let open = 0; open < opens; open++) {
      took.push(await page.run<number>(kind.open));
      await page.run(kind.leave);
    }
    const [first = 0, ...again] = took;
    return { count, first, again: median(again), memory: app?.mainMemory() ?? 0 };
  }, started);
}

/** Whether the second step costs no more an entry than the first one did. */
function isLinear([small, middle, large]: readonly [number, number, number]): boolean {
  return large - middle <= 10 * Math.max(middle - small, noise);
}

const figureOf = (kind: Kind) =>
  async function grow(_panel: unknown, progress: Progress): Promise<Figure> {
    const steps: Grown[] = [];
    for (const share of shares) {
      const step = await measure(kind, share);
      steps.push(step);
      const { count, first, again, memory } = step;
      progress(
        `${count}: first ${first.toFixed(0)} ms, then ${again.toFixed(0)} ms, ${memory.toFixed(1)} MB`,
      );
    }
    const [small, middle, large] = steps as [Grown, Grown, Grown];
    const met =
      large.first < aim &&
      isLinear([small.first, middle.first, large.first]) &&
      isLinear([small.memory, middle.memory, large.memory]);
    return {
      figure: kind.figure,
      unit: 'ms',
      value: rounded(large.first),
      baseline: rounded(small.first),
      ratio: rounded(large.first / Math.max(small.first, 0.1)),
      aim: `< ${aim} for ${large.count}, never worse than linear`,
      met,
      runs: 1,
      growth: steps,
    };
  };

export const growthAccounts = figureOf(accounts);

/** `unindexed`: the same screen the first time after a Tally that had no index, and never again. */
export async function growthHistory(panel: unknown, progress: Progress): Promise<Figure> {
  const figure = await figureOf(history)(panel, progress);
  const { first } = await measure(calls, 1);
  progress(`without an index: first ${first.toFixed(0)} ms`);
  return { ...figure, unindexed: rounded(first) };
}

export const growthLibrary = figureOf(library);
