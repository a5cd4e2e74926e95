import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { calendarWords } from '../../shared/words/calendars.ts';
import { calendarsRig, isDone } from '../support/calendars-rig.ts';
import { calendarText, startCalendarServer } from '../support/calendars-server.ts';
import { companyPem } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';

// The system's certificates are read at the first use; from then on this file's process trusts the company.
process.env.SSL_CERT_FILE = companyPem;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const minute = 60_000;
const { now } = createFakeClock();
const event = { from: now() + 60 * minute, to: now() + 120 * minute };
const text = calendarText(event.from, event.to);
const secretPath = '/private-5e7c/basic.ics';

async function serverOf(answer: RequestListener = (_, response) => response.end(text), isTls = true) {
  const server = await startCalendarServer(answer, isTls);
  closing.push(server.close);
  return server;
}

/** A server whose answer a test can change. */
async function changingServer() {
  let answer: RequestListener = (_, response) => response.end(text);
  const server = await serverOf((request, response) => answer(request, response));
  return { ...server, answers: (next: RequestListener) => (answer = next) };
}

/** All that is written in a folder. */
const written = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

describe('a calendar by its address', () => {
  it('is read, and its address is in the keychain and nowhere else', async () => {
    const server = await serverOf();
    const { run, only, folder, keychain, calendars } = calendarsRig();
    expect(run({ type: 'calendars.add', address: server.at(secretPath) })).toMatchObject({ ok: true });
    const entry = await only((one) => isDone(one) && one.isKept);
    expect(entry).toMatchObject({
      kind: 'address',
      place: `calendar.zoom.test:${server.port}`,
      name: 'Work',
      next: { ...event, title: 'Design review', isAllDay: false },
    });
    expect(calendars.times()).toMatchObject([{ ...event, kind: 'busy' }]);
    expect([...keychain.items.values()].join()).toContain(secretPath);
    expect(JSON.stringify(calendars.view())).not.toContain('5e7c');
    expect(written(folder)).toContain('Design review');
    expect(written(folder)).not.toContain('5e7c');
  });

  it('is known after a restart without the server, as it was', async () => {
    const server = await serverOf();
    const first = calendarsRig();
    first.run({ type: 'calendars.add', address: server.at(secretPath) });
    const { readAt } = await first.only((one) => isDone(one) && one.isKept);
    await server.close();
    const { only, calendars, clock } = await first.again();
    expect(calendars.times()).toHaveLength(1);
    await clock.advance(16 * minute);
    calendars.watch(true);
    const entry = await only(({ problem }) => problem !== undefined);
    expect(entry).toMatchObject({ problem: 'unreachable', readAt });
    expect(calendarWords(entry, clock.now())[0]).toMatch(/^Couldn’t be read: The server couldn’t be reached/);
    expect(calendars.times()).toHaveLength(1);
  });

  it('is read every 15 minutes while a rule wants it, and only what has changed', async () => {
    const states: (string | undefined)[] = [];
    const server = await serverOf(({ headers }, response) => {
      states.push(headers['if-none-match']);
      response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 200, { etag: '"1"' }).end(text);
    });
    const { run, only, calendars, clock } = calendarsRig();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    await only(isDone);
    calendars.watch(true);
    await clock.advance(15 * minute);
    await only(({ readAt = 0, isReading }) => readAt > now() && !isReading);
    calendars.watch(false);
    await clock.advance(60 * minute);
    expect(states).toEqual([undefined, '"1"']);
    // It says the same, of other two weeks.
    await clock.advance(8 * 24 * 60 * minute);
    calendars.watch(true);
    await only(({ readAt = 0 }) => readAt > now() + 24 * 60 * minute);
    expect(states).toEqual([undefined, '"1"', undefined]);
  });

  it('is tried again later and later where it cannot be read, and what it said counts on', async () => {
    const server = await changingServer();
    const { run, only, calendars, clock } = calendarsRig();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    await only(isDone);
    server.answers((_, response) => response.writeHead(500).end());
    calendars.watch(true);
    await clock.advance(15 * minute);
    const first = await only(({ problem }) => problem === 'server-down');
    expect(first.retryAt).toBe(clock.now() + minute);
    await clock.advance(minute);
    const second = await only(({ retryAt = 0 }) => retryAt > clock.now());
    expect(second.retryAt).toBe(clock.now() + 2 * minute);
    expect(calendars.times()).toHaveLength(1);
    server.answers((_, response) => response.end(text));
    await clock.advance(2 * minute);
    expect((await only(({ problem }) => problem === undefined)).retryAt).toBeUndefined();
  });

  it('is not asked for before the server wants that, not even by hand', async () => {
    const server = await changingServer();
    const { run, only, clock } = calendarsRig();
    server.answers((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    run({ type: 'calendars.add', address: server.at(secretPath) });
    const { retryAt } = await only(isDone);
    expect(retryAt).toBe(now() + 60 * minute);
    run({ type: 'calendars.refresh' });
    await clock.advance(30 * minute);
    run({ type: 'calendars.refresh' });
    await clock.advance(31 * minute);
    server.answers((_, response) => response.end(text));
    run({ type: 'calendars.refresh' });
    await only(({ problem }) => problem === undefined);
    expect(server.asked).toHaveLength(2);
  });

  it('is not asked for again with a login that was refused, unless somebody says so', async () => {
    const server = await serverOf((_, response) => response.writeHead(401).end());
    const { run, only, calendars, clock } = calendarsRig();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    await only(({ problem }) => problem === 'login-refused');
    calendars.watch(true);
    await clock.advance(24 * 60 * minute);
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    ['a page', '<!DOCTYPE html><title>Sign in</title>', 'text/html', 'web-page'],
    ['a page by its type', 'Please sign in', 'text/html; charset=utf-8', 'web-page'],
    ['something else', '{"error":"no"}', 'application/json', 'no-calendar'],
    ['nothing', '', 'text/calendar', 'no-calendar'],
  ])('is none where it is %s', async (_, body, type, problem) => {
    const server = await serverOf((_request, response) =>
      response.writeHead(200, { 'content-type': type }).end(body),
    );
    const { run, only } = calendarsRig();
    run({ type: 'calendars.add', address: server.at('/') });
    expect((await only(isDone)).problem).toBe(problem);
  });

  it('on this computer is read as soon as somebody says that it may be', async () => {
    const server = await serverOf(undefined, false);
    const { run, only } = calendarsRig();
    run({ type: 'calendars.add', address: server.at('/basic.ics') });
    const { id } = await only(({ problem }) => problem === 'nearby');
    expect(server.asked).toEqual([]);
    run({ type: 'calendars.allow', id });
    expect(await only(({ readAt }) => readAt !== undefined)).toMatchObject({ name: 'Work' });
  });

  it('is added once, and ten of them at most', async () => {
    const server = await serverOf();
    const { run, until } = calendarsRig();
    const add = (path: string) => run({ type: 'calendars.add', address: server.at(path) });
    expect(add('/0')).toMatchObject({ ok: true });
    expect(add('/0')).toMatchObject({ ok: false, error: { what: 'You’ve added this calendar already.' } });
    expect(run({ type: 'calendars.add', address: 'http://calendar.example/' })).toMatchObject({ ok: false });
    for (let at = 1; at < 10; at += 1) expect(add(`/${at}`)).toMatchObject({ ok: true });
    expect(add('/10')).toMatchObject({ ok: false });
    await until(({ calendars }) => calendars.every((one) => isDone(one) && one.isKept));
  });

  it('that the keychain has no room for is not added', async () => {
    const server = await serverOf();
    const { run, until } = calendarsRig();
    const add = (word: string) => run({ type: 'calendars.add', address: server.at(`/${word.repeat(900)}`) });
    expect([add('a'), add('b'), add('c')].map(({ ok }) => ok)).toEqual([true, true, false]);
    await until(({ calendars }) => calendars.every(isDone));
  });

  it('does not count where the person does not want it to', async () => {
    const server = await serverOf();
    const { run, only, calendars } = calendarsRig();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    const { id } = await only(isDone);
    run({ type: 'calendars.count', id, counts: false });
    expect(calendars.times()).toEqual([]);
  });

  it('is gone with all that was kept of it', async () => {
    const server = await serverOf();
    const { run, only, until, folder, keychain } = calendarsRig();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    const { id } = await only((one) => isDone(one) && one.isKept);
    run({ type: 'calendars.remove', id });
    await until(() => keychain.items.size === 0);
    expect(written(folder)).not.toContain('Design review');
    expect(written(folder)).not.toContain('calendar.zoom.test');
  });
});

describe('titles of private events', () => {
  const secretText = calendarText(event.from, event.to, 'At the doctor', 'CLASS:PRIVATE');

  it('are neither shown nor kept, until somebody wants them', async () => {
    const server = await serverOf((_, response) => response.end(secretText));
    const { run, only, folder } = calendarsRig();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    const entry = await only(isDone);
    expect(entry.next?.title).toBeUndefined();
    expect(calendarWords(entry, now()).join()).toContain('Busy');
    expect(written(folder)).not.toContain('doctor');
    run({ type: 'calendars.private', hides: false });
    await only(({ next }) => next?.title === 'At the doctor');
    expect(written(folder)).toContain('doctor');
    run({ type: 'calendars.private', hides: true });
    expect((await only(isDone)).next?.title).toBeUndefined();
    expect(written(folder)).not.toContain('doctor');
  });
});

describe('the keychain', () => {
  it('that is locked at start is said, asks nothing, and is read once it is open', async () => {
    const server = await serverOf();
    const first = calendarsRig();
    first.run({ type: 'calendars.add', address: server.at(secretPath) });
    await first.only((one) => isDone(one) && one.isKept);
    first.keychain.prompt(true);
    first.keychain.lock();
    const { calendars, only, clock, keychain } = await first.again();
    await clock.advance(16 * minute);
    calendars.watch(true);
    const entry = await only(({ problem }) => problem === 'keychain');
    expect(calendarWords(entry, clock.now())[0]).toMatch(/Your keychain is locked/);
    expect(calendars.times()).toHaveLength(1);
    expect(keychain.questions()).toBe(0);
    keychain.unlock();
    await clock.advance(5_000);
    await only(({ readAt = 0 }) => readAt > now());
  });

  it('that takes nothing leaves the calendar until Tally quits, and gets it once it does', async () => {
    const server = await serverOf();
    const { run, only, keychain, clock } = calendarsRig();
    keychain.lock();
    run({ type: 'calendars.add', address: server.at(secretPath) });
    const entry = await only((one) => isDone(one) && one.name === 'Work');
    expect(entry.isKept).toBe(false);
    expect(calendarWords(entry, now()).at(-1)).toMatch(/forgets it when it quits/);
    keychain.unlock();
    await clock.advance(5_000);
    await only(({ isKept }) => isKept);
  });

  it('that no longer has the address is said', async () => {
    const server = await serverOf();
    const first = calendarsRig();
    first.run({ type: 'calendars.add', address: server.at(secretPath) });
    await first.only((one) => isDone(one) && one.isKept);
    first.keychain.items.clear();
    const { run, only } = await first.again();
    run({ type: 'calendars.refresh' });
    await only(({ problem }) => problem === 'address-gone');
  });

  it('that was locked at a removal forgets the address later', async () => {
    const server = await serverOf();
    const first = calendarsRig();
    first.run({ type: 'calendars.add', address: server.at(secretPath) });
    const { id } = await first.only((one) => isDone(one) && one.isKept);
    first.keychain.lock();
    const second = await first.again();
    second.run({ type: 'calendars.remove', id });
    await second.clock.waitForTimers(1);
    second.keychain.unlock();
    const third = await second.again();
    await third.until(() => third.keychain.items.size === 0);
  });
});

describe('a calendar in a file', () => {
  const fileOf = (folder: string) => join(folder, 'work.ics');

  async function withFile(prepare: (path: string) => void) {
    const folder = calendarsRig().folder;
    const path = fileOf(folder);
    prepare(path);
    const rig = calendarsRig({ chosen: path });
    rig.run({ type: 'calendars.file' });
    return { ...rig, path, entry: await rig.only(isDone) };
  }

  it('is read, and again when it was changed', async () => {
    const { path, entry, calendars, clock, only } = await withFile((at) => writeFileSync(at, text));
    expect(entry).toMatchObject({ kind: 'file', place: 'work.ics', name: 'Work', isKept: true });
    calendars.watch(true);
    writeFileSync(path, calendarText(event.from, event.to, 'Something else'));
    await clock.advance(5 * minute);
    await only(({ next }) => next?.title === 'Something else');
    rmSync(path);
    await clock.advance(5 * minute);
    expect(await only(({ problem }) => problem !== undefined)).toMatchObject({
      problem: 'file-gone',
      next: { title: 'Something else' },
    });
  });

  test.each<[string, (path: string) => void, string]>([
    ['a folder', (path) => mkdirSync(path), 'no-file'],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'no-file'],
    ['nothing', () => {}, 'file-gone'],
    ['far too large', (path) => writeFileSync(path, new Uint8Array(21 * 1024 * 1024)), 'too-large'],
    ['no calendar', (path) => writeFileSync(path, 'Dear diary'), 'no-calendar'],
  ])('that is %s has words', async (_, prepare, problem) => {
    expect((await withFile(prepare)).entry.problem).toBe(problem);
  });
});
