import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { openAdvanced } from '../support/desktop/open.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { Input } from '../support/practice-client.ts';
import { validCalls } from '../support/valid-calls.ts';

const ids = Object.keys(operations) as OperationId[];

test('every operation of the catalogue is sent with the form alone, and its answer shown', async ({
  launch,
  practice,
  zoom,
  files,
}) => {
  test.setTimeout(90_000);
  const picture = files.picture('portrait.png', 120);
  const [background] = await zoom.backgrounds();
  const worked = new Set<string>();
  const callOf = (id: OperationId): Input => {
    const { pathParams }: Operation = operations[id];
    const { path, ...call }: Input = validCalls[id];
    return {
      ...call,
      ...(id === 'delUserVB' && { query: { file_ids: background?.id ?? '' } }),
      path: { ...(pathParams.includes('userId') && { userId: 'me' }), ...path },
    };
  };
  const isForAdmins = (id: OperationId) =>
    operations[id].adminOnly || (callOf(id).path?.userId ?? 'me') !== 'me';

  async function walk(window: AppWindow, wanted: readonly OperationId[]): Promise<void> {
    const { advanced, page } = window;
    for (const id of wanted) {
      const { success, body: form }: Operation = operations[id];
      const { path = {}, query = {}, body } = callOf(id);
      await advanced.open(id);
      for (const [place, values] of Object.entries({ path, query, body }))
        if (values !== undefined) await advanced.fill(`/${place}`, values);
      if (form === 'multipart') {
        const place = page.getByRole('region', { name: 'File' });
        // One is dropped, the other chosen.
        if (id === 'uploadVBuser') await dropFiles(page, [picture], place);
        else await advanced.chooseFile(picture);
        await expect(place).toContainText('portrait.png');
      }
      await advanced.send();
      await confirm(window, String(path.userId));
      await expect(advanced.status(), id).toHaveText(new RegExp(`^(${success.join('|')}) `));
      worked.add(id);
    }
  }

  /** Answers what is asked before a call that changes much, if it is asked. */
  async function confirm({ advanced, page }: AppWindow, who: string): Promise<void> {
    const dialog = page.getByRole('dialog');
    await expect(dialog.or(advanced.answer())).toBeVisible();
    if (!(await dialog.isVisible())) return;
    const text = (await dialog.locator('bdi').first().textContent()) ?? '';
    if (who !== 'me') expect(text).toBe(who);
    await advanced.confirm(text);
    if (who === 'me') await dialog.getByRole('button', { name: 'Do this to my account' }).click();
  }

  const user = await launch();
  await walk(
    await openAdvanced(user),
    ids.filter((id) => !isForAdmins(id)),
  );
  await user.quit();
  const admin = await launch({ env: { TALLY_ZOOM_TOKEN: practice.adminAccessToken } });
  const window = await openAdvanced(admin);
  await walk(window, ids.filter(isForAdmins));
  await window.advanced.open('users');
  await window.advanced.send();
  await window.advanced.press('Next page');
  await expect(window.advanced.editor('/query/next_page_token')).not.toHaveValue('');
  await expect(window.advanced.status()).toHaveText('200 OK');

  const later = ids.filter((id) => 'since' in operations[id]);
  expect(`${worked.size} of ${28 + later.length}`).toBe(`${ids.length} of ${ids.length}`);
  // What reached Zoom is what was filled in.
  for (const id of ids) {
    const { body } = callOf(id);
    const [last] = (await zoom.requests(id)).slice(-1);
    expect(operations[id].success, id).toContain(last?.status);
    if (body !== undefined && id !== 'userPassword') expect(last?.body, id).toEqual(body);
  }
});

test('what Zoom refuses is explained: its code for this operation, its fields, and what helps', async ({
  launch,
  zoom,
}) => {
  const { advanced } = await openAdvanced(await launch());
  const answer = advanced.answer();
  await zoom.patch({ loggedIn: false });
  await advanced.open('updatePresenceStatus');
  await advanced.choose('/body/status', 'Away');
  await advanced.send();
  await expect(advanced.status()).toHaveText('400 Bad Request');
  await expect(answer).toContainText('5301');
  await expect(answer.getByRole('alert').getByRole('listitem')).not.toHaveCount(0);

  await advanced.open('userPassword');
  await advanced.fill('/path/userId', 'me');
  await advanced.fill('/body/password', 'Green-trees!');
  await advanced.send();
  await advanced.confirm('robin.ashdown@practice.example');
  await advanced.page.getByRole('button', { name: 'Do this to my account' }).click();
  await expect(answer).toContainText('1126');
  await expect(answer).not.toContainText('Green-trees!');

  await advanced.open('users');
  await expect(advanced.page.getByRole('main')).toContainText('Needs an administrator');
  await advanced.send();
  // Signing in again would not help: a user-managed app cannot have the scope.
  await expect(answer).toContainText('Only an app that an administrator manages can have the permission');
  await expect(answer.getByRole('button', { name: 'Sign in again' })).toHaveCount(0);

  // What does not fit the catalogue is said before it is sent, and is sent only if one insists.
  await advanced.open('userUpdate');
  await advanced.fill('/body/first_name', 'x'.repeat(65));
  await expect(advanced.word()).toContainText('first_name');
  await advanced.send();
  await expect(answer).toBeHidden();
  expect(await zoom.requests('userUpdate')).toEqual([]);
  await advanced.sendAnyway();
  await expect(advanced.status()).toHaveText('400 Bad Request');
  await expect(answer).toContainText('first_name');

  // What is missing in the address cannot be sent at all.
  await advanced.open('userAssistantDelete');
  await advanced.send();
  await expect(advanced.editor('/path/assistantId')).toBeFocused();
  await expect(advanced.page.getByRole('button', { name: 'Send anyway' })).toBeHidden();
});

test('a parameter that Tally does not know is sent if one insists', async ({ launch, zoom }) => {
  const { advanced } = await openAdvanced(await launch());
  // This one has no parameters that Tally knows.
  await advanced.open('userZak');
  await expect(advanced.page.getByRole('main')).toContainText('There is nothing to fill in.');
  await advanced.addParameter('ttl', '60');
  await advanced.send();
  await expect(advanced.word()).toContainText('Tally knows no parameter “ttl” here; Zoom may ignore it.');
  expect(await zoom.requests('userZak')).toEqual([]);
  await advanced.sendAnyway();
  await expect(advanced.status()).toBeVisible();
  expect((await zoom.requests('userZak')).map(({ query }) => query)).toEqual([{ ttl: '60' }]);
});

test('a code beyond 2^53 keeps its digits from the form to Zoom and back', async ({ launch, zoom }) => {
  const tally = await launch();
  const { advanced } = await openAdvanced(tally);
  await tally.resize(1_920, 900);
  await advanced.open('userUpdate');
  await advanced.choose('/body/zoom_one_type', '576460752303423488');
  await expect(advanced.json()).toHaveValue(/"zoom_one_type": 576460752303423488\n/);
  await advanced.send();
  await expect(advanced.status()).toHaveText('204 No Content');
  await advanced.json().fill('{"path":{"userId":"me"},"body":{"n":-12345678901234567891}}');
  await advanced.send();
  await advanced.sendAnyway();
  await expect
    .poll(async () => (await zoom.requests('userUpdate')).map(({ body }) => body))
    .toEqual([{ zoom_one_type: 576_460_752_303_423_488n }, { n: -12_345_678_901_234_567_891n }]);
  await advanced.open('user');
  await advanced.send();
  await advanced.page.getByRole('textbox', { name: 'Search the body' }).fill('zoom_one_type');
  await expect(advanced.answer()).toContainText('576460752303423488');
});

test('form and JSON are one value; only what was touched is sent, and a present value can be taken over', async ({
  launch,
  zoom,
}) => {
  const tally = await launch();
  const { advanced, page } = await openAdvanced(tally);
  await tally.resize(1_920, 900);
  await advanced.open('userSettingsUpdate');
  await page.getByRole('textbox', { name: 'Search fields' }).fill('entry_exit_chime');
  await advanced.choose('/body/in_meeting/entry_exit_chime', 'host');
  await expect(advanced.json()).toHaveValue(
    JSON.stringify({ path: { userId: 'me' }, body: { in_meeting: { entry_exit_chime: 'host' } } }, null, 2),
  );
  await page.getByRole('textbox', { name: 'Search fields' }).fill('');
  await advanced.json().fill('{"path":{"userId":"me"},"body":{"in_meeting":{"chat":false}}}');
  await advanced.reveal('/body/in_meeting/chat');
  await expect(advanced.field('/body/in_meeting/chat').getByRole('radio', { name: 'false' })).toBeChecked();
  await expect(advanced.field('/body/in_meeting/entry_exit_chime').getByRole('combobox')).toHaveValue(
    'not sent',
  );
  await advanced.json().fill('{"path":{"userId":"me"},');
  await expect(advanced.word()).toContainText('line 1');
  await advanced.send();
  await expect(advanced.json()).toBeFocused();
  await page.getByRole('button', { name: 'Back to the form’s values' }).click();
  await advanced.send();
  await expect(advanced.status()).toHaveText('204 No Content');
  await expect(advanced.answer()).toContainText('Done, nothing to show.');
  expect((await zoom.requests('userSettingsUpdate')).map(({ body }) => body)).toEqual([
    { in_meeting: { chat: false } },
  ]);

  await advanced.open('userUpdate');
  await advanced.field('/body/job_title').getByRole('button', { name: 'Take over: job_title' }).click();
  await expect(advanced.editor('/body/job_title')).toHaveValue('Product manager');
  await advanced.field('/body/job_title').getByRole('button', { name: 'Don’t send: job_title' }).click();
  await expect(advanced.json()).not.toHaveValue(/job_title/);
});

test('what cannot be taken back asks for the target, and once more where that is oneself', async ({
  launch,
  zoom,
}) => {
  const window = await openAdvanced(await launch());
  const { advanced, page } = window;
  const dialog = page.getByRole('dialog');
  await advanced.open('userDelete');
  await expect(advanced.editor('/path/userId')).toHaveValue('');
  await advanced.fill('/path/userId', 'me');
  await advanced.send();
  await expect(dialog.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await dialog.getByLabel('Type it to confirm').fill('robin');
  await expect(dialog.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await advanced.confirm('robin.ashdown@practice.example');
  await expect(dialog.getByRole('heading', { name: 'This is you' })).toBeVisible();
  await expectAccessible(window, ['light']);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(await zoom.requests('userDelete')).toEqual([]);

  // Only the one of its two values that does harm.
  await advanced.open('userStatus');
  await advanced.fill('/path/userId', 'me');
  await advanced.choose('/body/action', 'activate');
  await expect(advanced.sendButton()).toHaveText('Send');
  await advanced.choose('/body/action', 'deactivate');
  await expect(advanced.sendButton()).toHaveText('Send…');
});

test('the keyboard alone finds an operation, fills it in, sends it and reads the answer', async ({
  launch,
}) => {
  const tally = await launch();
  const window = await openAdvanced(tally);
  const { advanced, page } = window;
  const { keyboard } = page;
  await keyboard.press('Control+f');
  await keyboard.type('presence');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await keyboard.type(' set');
  await keyboard.press('Enter');
  await expect(advanced.title()).toHaveText('Set presence status');
  await expect(advanced.title()).toBeFocused();
  const tabTo = async (pointer: string) => {
    for (let presses = 0; presses < 30; presses++) {
      await keyboard.press('Tab');
      if (await advanced.editor(pointer).evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not lead to ${pointer}`);
  };
  await tabTo('/body/status');
  await keyboard.type('Away');
  await keyboard.press('Control+Enter');
  await expect(advanced.status()).toHaveText('204 No Content');
  // There is no room for both: the answer is shown, and has the focus of the hidden field.
  await expect(advanced.editor('/body/status')).toBeHidden();
  await expect(page.locator(':focus')).toContainText('204 No Content');
  await advanced.part('Request');
  await expect(advanced.editor('/body/status')).toBeVisible();
  await expect(advanced.status()).toBeHidden();
  await tally.resize(1_200, 700);
  await expect(advanced.status()).toBeInViewport();
  await expect(advanced.editor('/body/status')).toBeInViewport();
  await tally.resize(960, 680);

  await keyboard.press('Control+f');
  await keyboard.type('get a user');
  await keyboard.press('Enter');
  // Until there is an answer, the request has the room of both.
  await tally.resize(1_200, 700);
  await expect(advanced.json()).toBeInViewport();
  await tally.resize(960, 680);
  await expect(advanced.json()).toBeHidden();
  await keyboard.press('Control+Enter');
  await expect(advanced.status()).toHaveText('200 OK');
  // Enlarged, nothing lies over the answer.
  await tally.enlarge(2);
  await expect(advanced.status()).toBeInViewport();
  await expect(advanced.sendButton()).not.toBeInViewport();
  await tally.enlarge(1);
  await advanced.body().focus();
  await keyboard.press('End');
  await keyboard.press('Home');
  await keyboard.press('ArrowLeft');
  await expect(advanced.body().getByRole('treeitem')).toHaveCount(1);
  await keyboard.press('ArrowRight');
  await expect(advanced.body().getByRole('treeitem', { name: /^email/ })).toContainText('robin.ashdown@');
});

test('readable by everyone: list, form, answer, problems and history, light, dark and narrow', async ({
  launch,
}) => {
  const tally = await launch();
  const window = await openAdvanced(tally);
  const { advanced, page } = window;
  await expectAccessible(window, ['dark']);
  await tally.resize(1_920, 900);
  await advanced.open('userSettingsUpdate');
  await advanced.json().fill('{"body":{"in_meeting":{"chat":5}}}');
  await expect(advanced.word()).toContainText('chat');
  await expectAccessible(window);
  await advanced.open('userSettings');
  await advanced.send();
  await expect(advanced.status()).toHaveText('200 OK');
  await expectAccessible(window);
  await advanced.show('History');
  await expect(advanced.history()).toHaveCount(1);
  await expectAccessible(window, ['light']);
  await tally.resize(380, 640);
  await expect(page.getByRole('button', { name: 'All operations' })).toBeVisible();
  await expectAccessible(window, ['light']);
  const overflow = await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(overflow).toBe(0);
  await page.getByRole('button', { name: 'All operations' }).click();
  await expect(advanced.history()).toHaveCount(1);
  await expectAccessible(window, ['dark']);
});
