import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { searchHeap } from '../support/desktop/canaries.ts';
import { expect, test } from '../support/desktop/tally.ts';

/** Opens an address as Electron does on Linux: by the first `xdg-open` of the PATH. */
const hand = (address: string, folder: string) =>
  promisify(execFile)('xdg-open', [address], {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
  });

test('an address that is handed to the system arrives in a real browser, which asks for consent', async ({
  desktopBrowser,
  practice,
}) => {
  // As Tally hands one over: what a program is started with every user of the computer can read, client ids included.
  const handed = `/${'f'.repeat(22)}`;
  let asked: URL;
  const redirect = createServer((request, response) => {
    if (request.url === handed) return response.writeHead(302, { Location: asked.href }).end();
    response.setHeader('Content-Type', 'text/html');
    response.end('<link rel="icon" href="data:,"><title>Back</title>');
  });
  await new Promise<void>((resolve) => redirect.listen(0, '127.0.0.1', resolve));
  const { port } = redirect.address() as AddressInfo;
  try {
    asked = new URL(`${practice.oauthUrl}/oauth/authorize`);
    asked.search = new URLSearchParams({
      response_type: 'code',
      client_id: practice.clientId,
      redirect_uri: `http://127.0.0.1:${port}/back`,
      state: 'as it was',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    }).toString();
    await hand(`http://127.0.0.1:${port}${handed}`, desktopBrowser.path);
    const { url, page } = await desktopBrowser.opened();
    expect(url.href).toBe(asked.href);
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page).toHaveTitle('Back');
    const back = new URL(page.url());
    expect(back.searchParams.get('state')).toBe('as it was');
    expect(back.searchParams.has('code')).toBe(true);
    expect(desktopBrowser.count()).toBe(1);
  } finally {
    redirect.close();
    redirect.closeAllConnections();
  }
});

test('where no browser is there, the system says so and nothing arrives', async ({ desktopBrowser }) => {
  desktopBrowser.breakWith(3);
  await expect(hand('https://zoom.us/', desktopBrowser.path)).rejects.toMatchObject({ code: 3 });
  expect(desktopBrowser.count()).toBe(0);
  desktopBrowser.breakWith(0);
  await hand('https://zoom.us/', desktopBrowser.path);
  expect((await desktopBrowser.address()).href).toBe('https://zoom.us/');
});

test('the heap of the window has no secret; one that is put there is found', async ({ launch, practice }) => {
  const { page, status } = await (await launch({ zoom: false, args: ['--practice'] })).window();
  await expect(status.currentWord()).toHaveText('Available');
  expect(await searchHeap(page)).toEqual([]);
  // In pieces, so that the code that puts it there does not have it already; deep in a text, as in an answer of Zoom.
  await page.evaluate(
    (pieces) => {
      Object.assign(globalThis, { planted: JSON.parse(`"${'{'.repeat(3_000)}${pieces.join('')}"`) });
    },
    [...practice.accessToken],
  );
  expect(await searchHeap(page)).toEqual([{ place: 'the heap of the window', form: 'plain' }]);
});

test('an access token that the app is started with does not reach the window', async ({ launch }) => {
  const { page, status } = await (await launch()).window();
  await expect(status.currentWord()).toHaveText('Available');
  expect(await searchHeap(page)).toEqual([]);
});

test('an app without a test harness is seen by its tray and can be killed at any moment', async ({
  start,
  panel,
}) => {
  const first = start({ hidden: true });
  await panel.waitForTooltip('Available');
  await first.kill();
  await panel.waitForNoItem();
  const second = start({ hidden: true, userData: first.userData });
  await panel.waitForTooltip('Available');
  await panel.click(['Quit']);
  expect(await second.ended).toBe(0);
});
