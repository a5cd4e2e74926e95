import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { CallAnswer, CallInput } from '../../shared/advanced.ts';
import type { Result } from '../../shared/errors.ts';
import { pasted, pastedFromBoth } from '../support/desktop/clipboard.ts';
import { expect, test } from '../support/desktop/tally.ts';

const zak: CallInput = { operation: 'userZak', path: {}, query: {} };
const user: CallInput = { operation: 'user', path: { userId: 'me' }, query: {} };

/** As the advanced panel asks main. */
const send = (page: Page, call: string, input: CallInput): Promise<Result<CallAnswer>> =>
  // As text: TypeScript loses itself in JSON's type on its way through `evaluate`.
  page.evaluate((order) => window.tally.advanced.send(JSON.parse(order)), JSON.stringify({ call, input }));
const history = (page: Page, search = '') =>
  page.evaluate((words) => window.tally.history.list({ search: words }), search);

/** The parts of main that are loaded. */
const chunks = async (app: ElectronApplication) => {
  // `require.cache` by its older name: what Playwright evaluates has no `require`.
  const loaded = await app.evaluate(() => {
    const main = process.mainModule as unknown as { constructor: { _cache: object } };
    return Object.keys(main.constructor._cache);
  });
  return loaded.map((path) => basename(path));
};

/** Every file below a folder. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('a token in an answer stays in main; it is copied for a minute, and Quit takes it back', async ({
  launch,
  panel,
}) => {
  const tally = await launch();
  const { page, status } = await tally.window();
  await expect(status.currentWord()).toBeVisible();
  expect(await chunks(tally.app)).not.toContain('advanced.cjs');
  const answer = await send(page, 'one', zak);
  expect(answer).toMatchObject({
    ok: true,
    value: { http: { status: 200, body: '{"token":"(hidden)"}', hidden: ['/token'] } },
  });
  expect(JSON.stringify(answer)).not.toContain('CANARY');
  expect(await chunks(tally.app)).toContain('advanced.cjs');
  const copy = () =>
    page.evaluate(() => window.tally.advanced.copyHidden({ call: 'one', pointer: '/token' }));
  expect(await copy()).toEqual({ ok: true, value: null });
  await expect.poll(pasted).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+$/);
  const [clipboard, primary] = await pastedFromBoth();
  expect(primary).toBe(clipboard);
  await tally.jump(61_000);
  await expect.poll(pastedFromBoth).toEqual(['', '']);
  await copy();
  await expect.poll(() => pasted('primary')).toBe(clipboard);
  await panel.click(['Quit']);
  await tally.quit();
  expect(await pastedFromBoth()).toEqual(['', '']);
});

test('calls are kept in files that only their owner reads, are there after a restart, and go with the account', async ({
  launch,
}) => {
  const tally = await launch({ args: ['--practice'], zoom: false });
  const { userData } = tally;
  const folder = join(userData, 'history');
  const first = await tally.window();
  await expect(first.status.currentWord()).toBeVisible();
  await send(first.page, 'one', user);
  await send(first.page, 'two', zak);
  expect(await history(first.page)).toMatchObject({
    value: { total: 2, lines: [{ id: 'two' }, { id: 'one' }] },
  });
  const files = filesIn(folder);
  expect(files.map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(files.map((path) => readFileSync(path, 'utf8')).join()).toContain('Robin');
  await tally.quit();

  const again = await launch({ userData, args: ['--practice'], zoom: false });
  const second = await again.window();
  await expect(second.status.currentWord()).toBeVisible();
  expect(await history(second.page, 'ASHDOWN')).toMatchObject({
    value: { total: 1, lines: [{ id: 'one' }] },
  });
  const stop = await second.page.evaluate(() =>
    window.tally.actions.run({ type: 'preferences.set', patch: { keepHistory: false } }),
  );
  expect(stop.ok).toBe(true);
  await send(second.page, 'three', user);
  expect(await history(second.page)).toMatchObject({ value: { total: 2 } });
  await second.page.evaluate(() => window.tally.actions.run({ type: 'account.sign-out', key: 'practice' }));
  await expect.poll(() => filesIn(folder)).toEqual([]);
});

test('checking, present values and copies as code work in the built app; nothing destructive is sent unasked', async ({
  launch,
  zoom,
}) => {
  const tally = await launch();
  const { page, status } = await tally.window();
  await expect(status.currentWord()).toBeVisible();
  const update: CallInput = {
    operation: 'userUpdate',
    path: {},
    query: {},
    body: { dept: 7, linkedin: "it's $x" },
  };
  const checked = await page.evaluate(
    (input) => window.tally.advanced.check(JSON.parse(input)),
    JSON.stringify(update),
  );
  expect(checked).toMatchObject({
    value: [
      { pointer: '/dept', blocks: true, message: 'This must be a text.' },
      {
        pointer: '/linkedin',
        blocks: false,
        message: 'Tally knows no field “linkedin” here; Zoom may ignore it.',
      },
    ],
  });
  const code = await page.evaluate(
    (input) => window.tally.advanced.code({ input: JSON.parse(input), format: 'curl' }),
    JSON.stringify(update),
  );
  expect(code).toMatchObject({ value: expect.stringContaining("it's \\$x") });
  const current = await page.evaluate(() => window.tally.advanced.current({ operation: 'userEmailUpdate' }));
  expect(current).toMatchObject({ value: { body: { email: expect.stringContaining('@') } } });
  const removal: CallInput = { operation: 'userSchedulersDelete', path: { userId: 'me' }, query: {} };
  expect(await send(page, 'one', removal)).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
  const asked = (await zoom.requests()).map(({ operationId }) => operationId);
  expect(asked).not.toContain('userSchedulersDelete');
});
