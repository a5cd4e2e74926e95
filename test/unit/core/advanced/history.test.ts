import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistory, type History } from '../../../../electron/core/advanced/history.ts';
import { entryFor, readEntry, storeEntry } from '../../../../electron/core/advanced/history-stored.ts';
import type { CallFiles } from '../../../../electron/core/ports.ts';
import { openCalls } from '../../../../electron/desktop/advanced/call-files.ts';
import type { CallAnswer, HistoryEntry } from '../../../../shared/advanced.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const key = 'commercial:someone x';

function entry(id: string, at: number, body = '{"dept":"Art"}'): HistoryEntry {
  const answer: CallAnswer = {
    call: id,
    at,
    ms: 12.5,
    http: {
      status: 200,
      phrase: 'OK',
      headers: [['content-type', 'application/json']],
      size: body.length,
      form: 'json',
      body,
      hidden: [],
    },
    limits: { label: 'Light', type: 'per-second', limit: 30, remaining: 29 },
    trackingId: 'track-1',
    meanings: [],
  };
  const input = {
    operation: 'userUpdate',
    path: { userId: 'me' },
    query: {},
    body: { job_title: `Task-${id}` },
  } as const;
  return entryFor(input, answer, undefined);
}

/** The files of one account in memory, each of the size it is said to have. */
function inMemory(
  sizeOf: (text: string) => number = (text) => text.length,
): CallFiles & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  let index: object | undefined;
  return {
    kept,
    era: () => 0,
    list: async () => [...kept].map(([id, text]) => ({ id, bytes: sizeOf(text), changed: 1 })),
    read: async (_, id) => JSON.parse(kept.get(id) ?? 'null'),
    async write(_, id, json) {
      kept.set(id, JSON.stringify(json));
      return sizeOf(kept.get(id) ?? '');
    },
    async remove(_, ids) {
      for (const id of ids) kept.delete(id);
    },
    readIndex: async () => index,
    async writeIndex(_, json) {
      index = json;
    },
    forget: async () => kept.clear(),
  };
}

const idsOf = async (history: History, asked: Parameters<History['list']>[0] = {}) =>
  (await history.list(asked)).lines.map(({ id }) => id);

function onlyFolder(folder: string): string {
  const [name] = readdirSync(join(folder, 'history'));
  return join(folder, 'history', name ?? '');
}

/** An entry as a former Tally wrote it, which knew of no secret in it. */
function formerEntry(secret: string): object {
  const link = `https://zoom.us/j/1?pwd=${secret}`;
  const input = { operation: 'user', path: { userId: link }, query: {}, body: { zak: secret } };
  return {
    input,
    answer: {
      call: 'a',
      at: 1,
      ms: 1,
      http: {
        status: 200,
        phrase: 'OK',
        headers: [['location', `https://zoom.us/w/1?tk=${secret}`]],
        size: 1,
        form: 'json',
        body: `{ "personal_meeting_url" : "${link}", "pmi": 12345678901234567890, "to": "%3Fzak%3D${secret}", "passcode": "${secret}" }`,
        hidden: [],
      },
      error: {
        kind: 'refused',
        what: link,
        action: 'none',
        zoom: {
          operation: 'user',
          http: 400,
          code: 1,
          message: link,
          fields: [{ field: link, message: link }],
        },
      },
      meanings: [],
      next: input,
    },
  };
}

describe('a call that a former Tally kept', () => {
  const secret = 'CANARY-0123abcd-4567';

  it('is read without its secrets, and written anew without them, once', async () => {
    const files = inMemory();
    files.kept.set('a', JSON.stringify(formerEntry(secret)));
    const read = readEntry('a', formerEntry(secret));
    expect(JSON.stringify(read)).not.toContain(secret);
    expect(read?.answer.http).toMatchObject({
      body: '{ "personal_meeting_url" : "(hidden)", "pmi": 12345678901234567890, "to": "(hidden)", "passcode": "(hidden)" }',
      hidden: ['/personal_meeting_url', '/to', '/passcode'],
    });
    const history = createHistory(files, key);
    expect(await idsOf(history)).toEqual(['a']);
    await history.settled();
    const written = files.kept.get('a');
    expect(written).not.toContain(secret);
    let writes = 0;
    const again = createHistory({ ...files, write: async () => (writes += 1) }, key);
    expect(await idsOf(again, { search: 'cana' })).toEqual([]);
    expect((await again.get('a')).ok).toBe(true);
    expect(writes).toBe(0);
    expect(files.kept.get('a')).toBe(written);
  });

  it('is rid also of what only the name of its field tells', async () => {
    const files = inMemory();
    const former = formerEntry('x') as { answer: { http: { body: string } } };
    former.answer.http.body = `{"h323_password":"${secret}","next_page_token":"page-2"}`;
    files.kept.set('a', JSON.stringify(former));
    const history = createHistory(files, key);
    await idsOf(history);
    await history.settled();
    expect(files.kept.get('a')).not.toContain(secret);
    expect(files.kept.get('a')).toContain('page-2');
  });

  it('stays, and is read without them, where it cannot be written', async () => {
    const files = inMemory();
    files.kept.set('a', JSON.stringify(formerEntry(secret)));
    const history = createHistory({ ...files, write: async () => undefined }, key);
    expect(await idsOf(history)).toEqual(['a']);
    expect(JSON.stringify(await history.get('a'))).not.toContain(secret);
  });

  it('is read whatever its body is called', () => {
    const former = formerEntry(secret) as { answer: { http: { body: string } } };
    for (const body of ['{"a": "', `{"a": "https://zoom.us/j/1?pwd=${secret}`, '', 'null']) {
      former.answer.http.body = body;
      const read = readEntry('a', former);
      expect(read).toBeDefined();
      expect(JSON.stringify(read)).not.toContain(secret);
    }
  });
});

describe('the history of an account', () => {
  it('is there again after a restart, the newest first, and as it was', async () => {
    const folder = folderOf();
    const history = createHistory(openCalls(folder), key);
    for (const [id, at] of [
      ['b', 2],
      ['a', 1],
      ['c', 3],
    ] as const)
      await history.add(entry(id, at));
    const again = createHistory(openCalls(folder), key);
    expect(await idsOf(again)).toEqual(['c', 'b', 'a']);
    expect(await again.get('b')).toEqual({ ok: true, value: entry('b', 2) });
    expect((await again.list({})).lines[0]).toEqual({
      id: 'c',
      at: 3,
      operation: 'userUpdate',
      status: 200,
      ms: 12.5,
      worked: true,
    });
    expect(await createHistory(openCalls(folder), 'another').list({})).toEqual({ lines: [], total: 0 });
  });

  it('is read by its owner alone, and named by nobody', async () => {
    const folder = folderOf();
    await createHistory(openCalls(folder), key).add(entry('a', 1));
    const home = onlyFolder(folder);
    expect(home).not.toMatch(/someone|commercial/);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(readdirSync(home)).toEqual(['a.json']);
    expect(statSync(join(home, 'a.json')).mode & 0o777).toBe(0o600);
  });

  it('comes in pages', async () => {
    const history = createHistory(inMemory(), key);
    for (let at = 0; at < 60; at += 1) await history.add(entry(`n${at}`, at));
    const first = await history.list({});
    const rest = await history.list({ skip: 50 });
    expect([first.total, first.lines.length, rest.total, rest.lines.length]).toEqual([60, 50, 60, 10]);
    expect(rest.lines.at(-1)?.id).toBe('n0');
  });

  it.each([
    ['what was sent', 'TASK-B', ['b']],
    ['what came', 'music', ['b']],
    ['the operation', 'change a profile', ['c', 'b', 'a']],
    ['several words, wherever', 'music 200 users patch', ['b']],
    ['the tracking id', 'track-1', ['c', 'b', 'a']],
    ['what is nowhere', 'nothing of it', []],
  ])('finds %s', async (_, search, expected) => {
    const history = createHistory(inMemory(), key);
    await history.add(entry('a', 1));
    await history.add(entry('b', 2, '{"dept":"Music"}'));
    await history.add(entry('c', 3));
    expect(await idsOf(history, { search })).toEqual(expected);
  });

  it('deletes what it is told to, and all when it is told nothing', async () => {
    const folder = folderOf();
    const history = createHistory(openCalls(folder), key);
    for (const id of ['a', 'b', 'c']) await history.add(entry(id, 1));
    await history.remove(['a', 'unknown']);
    expect(await idsOf(history)).toEqual(['b', 'c']);
    expect(await history.get('a')).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    await history.remove();
    expect(await history.list({})).toEqual({ lines: [], total: 0 });
    expect(readdirSync(onlyFolder(folder))).toEqual([]);
  });

  it('keeps the newest 500', async () => {
    const files = inMemory();
    const history = createHistory(files, key);
    for (let at = 0; at < 502; at += 1) await history.add(entry(`n${at}`, at));
    expect((await history.list({})).total).toBe(500);
    expect([files.kept.has('n0'), files.kept.has('n1'), files.kept.has('n2')]).toEqual([false, false, true]);
  });

  it('keeps the newest 20 MB', async () => {
    const files = inMemory(() => 6_000_000);
    const history = createHistory(files, key);
    for (let at = 0; at < 5; at += 1) await history.add(entry(`n${at}`, at));
    expect(await idsOf(history)).toEqual(['n4', 'n3', 'n2']);
    expect(files.kept.size).toBe(3);
  });

  it('keeps the start of a long answer and says so', () => {
    const { answer } = entry('a', 1, JSON.stringify({ text: '😀'.repeat(300_000) }));
    expect(answer.http?.body.length).toBeLessThan(201_000);
    expect(answer.http?.body).toMatch(
      /^\{"text":"😀.*😀\n… The history keeps the first 200,000 characters of an answer\.$/su,
    );
    expect(answer.http).toMatchObject({ form: 'text', size: 600_011 });
  });

  it('leaves out a call that was larger than anybody would read again', async () => {
    const folder = folderOf();
    const history = createHistory(openCalls(folder), key);
    const { input, answer } = entry('a', 1);
    await history.add(entryFor({ ...input, body: { dept: 'x'.repeat(2_000_000) } }, answer, undefined));
    expect(await history.list({})).toEqual({ lines: [], total: 0 });
  });

  it('is gone when the account is, also what was just being written, at whatever moment', async () => {
    const folder = folderOf();
    const files = openCalls(folder);
    for (let turn = 0; turn < 40; turn += 1) {
      const history = createHistory(files, key);
      await history.add(entry('a', 1));
      const late = ['b', 'c', 'd'].map((id, index) => history.add(entry(id, 2 + index)));
      for (let wait = 0; wait < turn; wait += 1) await new Promise((done) => setImmediate(done));
      await files.forget(key);
      await Promise.all(late);
      expect(readdirSync(join(folder, 'history')), `in turn ${turn}`).toEqual([]);
    }
  });
});

describe('the index of a history', () => {
  /** A history on disk with calls that stand in its index, and which of them is read from now on. */
  async function indexed(...ids: readonly string[]) {
    const folder = folderOf();
    const first = createHistory(openCalls(folder), key);
    for (const [at, id] of ids.entries()) await first.add(entry(id, at));
    await first.settled();
    await settled(createHistory(openCalls(folder), key));
    const home = onlyFolder(folder);
    const read: string[] = [];
    const open = () => {
      const files = openCalls(folder);
      const watched: CallFiles = {
        ...files,
        read(of, id) {
          read.push(id);
          return files.read(of, id);
        },
      };
      return createHistory(watched, key);
    };
    return { home, read, open, pathOf: (name: string) => join(home, name) };
  }

  async function settled(history: History) {
    const page = await history.list({});
    await history.settled();
    return page;
  }

  it('spares the calls to be opened, and tells what they would', async () => {
    const { open, read, pathOf } = await indexed('a', 'b', 'c');
    const page = await settled(open());
    expect(read).toEqual([]);
    expect(statSync(pathOf('index')).mode & 0o777).toBe(0o600);
    rmSync(pathOf('index'));
    expect(await settled(open())).toEqual(page);
    expect(read).toEqual(expect.arrayContaining(['a', 'b', 'c']));
  });

  it('is not believed of a call that was written since, changed or is gone', async () => {
    const { open, read, pathOf } = await indexed('a', 'b', 'c');
    const second = open();
    await second.add(entry('d', 9));
    await second.settled();
    writeFileSync(pathOf('a.json'), JSON.stringify(storeEntry(entry('a', 7))));
    rmSync(pathOf('b.json'));
    expect((await settled(open())).lines.map(({ id, at }) => [id, at])).toEqual([
      ['d', 9],
      ['a', 7],
      ['c', 2],
    ]);
    expect(read.toSorted()).toEqual(['a', 'd']);
    expect(readFileSync(pathOf('index'), 'utf8')).not.toContain('"b"');
    read.length = 0;
    await settled(open());
    expect(read).toEqual([]);
  });

  it('keeps nothing of a call that was deleted', async () => {
    const { open, pathOf } = await indexed('a', 'b');
    const history = open();
    await history.remove(['a']);
    expect(readFileSync(pathOf('index'), 'utf8')).not.toContain('"a"');
    await history.remove();
    expect(JSON.parse(readFileSync(pathOf('index'), 'utf8'))).toMatchObject({ calls: [] });
  });

  it.each([
    ['is no JSON', '{"rule":2,"ca'],
    ['is of another rule', '{"rule":1,"calls":[{"id":"a"}]}'],
    ['tells what nobody could show', '{"rule":2,"calls":[{"id":"a","bytes":1,"changed":1,"at":"now"}]}'],
    [
      'has calls that are nowhere',
      '{"rule":2,"calls":[{"id":"x","bytes":1,"changed":1,"at":1,"operation":"user","ms":1,"worked":true}]}',
    ],
  ])('that %s counts as none, and is written anew', async (_, text) => {
    const { open, pathOf } = await indexed('a', 'b');
    const before = await settled(open());
    const good = readFileSync(pathOf('index'), 'utf8');
    writeFileSync(pathOf('index'), text);
    expect(await settled(open())).toEqual(before);
    expect(JSON.parse(readFileSync(pathOf('index'), 'utf8'))).toEqual(JSON.parse(good));
  });

  it('does without where something else has its name', async () => {
    const { open, pathOf } = await indexed('a');
    rmSync(pathOf('index'));
    mkdirSync(pathOf('index'));
    expect((await settled(open())).total).toBe(1);
    expect((await settled(open())).total).toBe(1);
    expect(statSync(pathOf('index')).isFile()).toBe(true);
  });

  it('leaves out what a former Tally wrote, until it was read without its secrets', async () => {
    const files = inMemory();
    files.kept.set('a', JSON.stringify(formerEntry('secret')));
    await settled(createHistory(files, key));
    expect(await files.readIndex(key)).toMatchObject({ calls: [] });
    await settled(createHistory(files, key));
    expect(await files.readIndex(key)).toMatchObject({ calls: [{ id: 'a' }] });
  });
});

describe('a history that somebody else has written to', () => {
  it('drops what is no call, and keeps the rest', async () => {
    const folder = folderOf();
    await createHistory(openCalls(folder), key).add(entry('good', 1));
    const home = onlyFolder(folder);
    const good = readFileSync(join(home, 'good.json'), 'utf8');
    writeFileSync(join(home, 'torn.json'), good.slice(0, 50));
    writeFileSync(join(home, 'other.json'), good);
    writeFileSync(join(home, 'huge.json'), `${good}${' '.repeat(2_000_000)}`);
    writeFileSync(
      join(home, 'strange.json'),
      good.replaceAll('"good"', '"strange"').replace('userUpdate', 'userInvented'),
    );
    writeFileSync(join(home, '.draft.tmp'), good);
    mkdirSync(join(home, 'folder.json'));
    const again = createHistory(openCalls(folder), key);
    expect(await idsOf(again)).toEqual(['good']);
    await again.settled();
    expect(readdirSync(home)).toEqual(['good.json', 'index']);
  });

  it('never throws, and what it takes over is whole', () => {
    const made = storeEntry(entry('a', 1)) as { input: object; answer: { http: object } };
    const leaf = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const bent = fc.record({
      input: fc.record({
        operation: fc.oneof(fc.constant('user'), leaf),
        path: leaf,
        query: leaf,
        body: leaf,
      }),
      answer: fc.oneof(
        leaf,
        fc
          .dictionary(fc.constantFrom('at', 'ms', 'http', 'limits', 'error', 'meanings', 'next'), leaf)
          .map((change) => ({
            ...made.answer,
            ...change,
          })),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), bent), (json) => {
        const read = readEntry('a', json);
        if (!read) return;
        expect(read.answer.call).toBe('a');
        expect(readEntry('a', JSON.parse(JSON.stringify(storeEntry(read))))).toEqual(read);
      }),
    );
    expect(readEntry('a', made)).toEqual(entry('a', 1));
    expect(readEntry('b', made)).toBeUndefined();
  });
});
