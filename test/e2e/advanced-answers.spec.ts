import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pasted } from '../support/desktop/clipboard.ts';
import { openAdvanced } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('a token in an answer stays in main, and is copied for a minute', async ({ launch }) => {
  const tally = await launch();
  const { advanced } = await openAdvanced(tally);
  await advanced.open('userZak');
  await advanced.send();
  await expect(advanced.body()).toContainText('(hidden)');
  await advanced.answer().getByRole('button', { name: 'Copy for a minute: token' }).click();
  await expect.poll(pasted).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+$/);
  await tally.jump(61_000);
  await (await tally.window()).saysNoTray();
  await expect.poll(pasted).toBe('');
  await advanced.answer().getByRole('button', { name: 'Copy: the body' }).click();
  await expect.poll(pasted).toBe('{"token":"(hidden)"}');
  const file = join(tally.userData, 'answer.json');
  await tally.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, file);
  await advanced.press('Save');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toBe('{"token":"(hidden)"}');
});

test('five megabytes and ten thousand entries: shown, searched and scrolled with few lines in the page', async ({
  launch,
  zoom,
}) => {
  const { advanced, page } = await openAdvanced(await launch());
  const users = Array.from({ length: 10_000 }, (_, at) => ({ id: `id-${at}`, note: 'n'.repeat(480) }));
  const body = JSON.stringify({ page_count: 1, users });
  expect(body.length).toBeGreaterThan(5_000_000);
  const large = { kind: 'status', status: 200, body, contentType: 'application/json' } as const;
  await zoom.fault(large, { operationId: 'userPermission' });
  await advanced.open('userPermission');
  await advanced.send();
  await expect(advanced.status()).toHaveText('200 OK');
  const rows = advanced.body().getByRole('treeitem');
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThan(80);
  await advanced.body().focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toContainText('9999');
  await advanced.searchBody().fill('id-7777');
  await expect(advanced.answer()).toContainText('1 of 1');
  await expect(advanced.body().getByText('"id-7777"')).toBeInViewport();
  await advanced.answer().getByRole('button', { name: 'Raw' }).click();
  await expect(advanced.raw()).toContainText('id-7777');
  expect(await advanced.raw().locator('div').count()).toBeLessThan(80);
});

test('history: searched, opened again, compared, deleted; nothing is kept when it is off', async ({
  launch,
}) => {
  const window = await openAdvanced(await launch());
  const { advanced, page } = window;
  await advanced.open('userVanityName');
  for (const name of ['robin.ashdown', 'nobody.at.all']) {
    await advanced.fill('/query/vanity_name', name);
    await advanced.send();
    await expect(advanced.status()).toHaveText('200 OK');
    await expect(advanced.body()).toContainText(name === 'robin.ashdown' ? 'true' : 'false');
    await advanced.part('Request');
  }
  await advanced.open('userPermission');
  await advanced.send();
  await expect(advanced.status()).toHaveText('200 OK');
  await advanced.show('History');
  await expect(advanced.history()).toHaveCount(3);
  await advanced.searchHistory().fill('robin.ashdown');
  await expect(advanced.history()).toHaveCount(1);
  await advanced.history().getByRole('button').click();
  await expect(advanced.editor('/query/vanity_name')).toHaveValue('robin.ashdown');
  await expect(advanced.answer()).toContainText('from');
  await advanced.searchHistory().fill('vanity_name');
  await expect(advanced.history()).toHaveCount(2);
  for (const line of await advanced.history().all()) await line.getByRole('checkbox').check();
  await advanced.press('Compare');
  const request = advanced.comparison().getByRole('region', { name: 'Request' });
  await expect(request).toContainText('/query/vanity_name');
  await expect(request).toContainText('nobody.at.all');
  await expect(advanced.comparison().getByRole('region', { name: 'Answer' })).toContainText('/existed');
  await advanced.press('Delete');
  await expect(advanced.history()).toHaveCount(0);
  await advanced.searchHistory().fill('');
  await expect(advanced.history()).toHaveCount(1);
  await advanced.press('Delete all');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await expect(page.getByText('What you send appears here.')).toBeVisible();

  await window.open('Preferences');
  await page.getByText('Save request history').click();
  await window.open('Advanced');
  await advanced.send();
  await expect(advanced.status()).toHaveText('200 OK');
  await advanced.show('History');
  await expect(page.getByText('No history is kept.')).toBeVisible();
  await expect(advanced.history()).toHaveCount(0);
});

test('the call as curl, with $ZOOM_TOKEN and without a password, is in the clipboard', async ({ launch }) => {
  const { advanced } = await openAdvanced(await launch());
  await advanced.open('userPassword');
  await advanced.fill('/path/userId', 'o’hara@practice.example');
  await advanced.fill('/body/password', 'Hunter-22!');
  await advanced.copyAs('Copy as curl');
  await expect.poll(pasted).toContain('curl');
  expect(await pasted()).toContain('$ZOOM_TOKEN');
  expect(await pasted()).not.toContain('Hunter-22!');
  await advanced.copyAs('Copy as fetch');
  await expect.poll(pasted).toContain('fetch(');
});

test('a call that takes long shows how long, outlasts a look elsewhere, is sent once and can be cancelled', async ({
  launch,
  zoom,
}) => {
  const { advanced } = await openAdvanced(await launch());
  const bar = advanced.page.getByRole('region', { name: 'Send', exact: true });
  await advanced.open('userPermission');
  await zoom.fault({ kind: 'hold', when: 'before' }, { operationId: 'userPermission' });
  await advanced.sendButton().dblclick();
  await zoom.held({ operationId: 'userPermission' });
  await expect(bar).toContainText(/\d (ms|s)/);
  await advanced.open('userZak');
  await expect(bar.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await advanced.open('userPermission');
  await advanced.cancel();
  await expect(advanced.status()).toHaveText('No answer');
  await expect(bar.getByRole('button', { name: 'Cancel' })).toBeHidden();
  expect(await zoom.requests('userPermission')).toHaveLength(1);
  await zoom.release();
});
