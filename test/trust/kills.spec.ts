import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '../../electron/practice/state/random.ts';
import { type Status, settableStatuses, statusWord } from '../../shared/zoom/presence.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { test as base, comesUp, type SignedIn } from '../support/desktop/signed-in.ts';
import { expect } from '../support/desktop/tally.ts';
import { sha256, type UploadFolder } from '../support/desktop/upload-files.ts';

/**
 * SIGKILL at random moments of a session: on the way up (which is a refresh of the tokens), while the status changes, while
 * settings are edited and a background is sent. After each of them a start works, and nothing is broken, doubled or left over.
 */

/** Fewer for a quick look: TALLY_KILLS=20. */
const kills = Number(process.env.TALLY_KILLS ?? 200);
/** The same session again: TALLY_SEED as it was printed. */
const seed = Number(process.env.TALLY_SEED ?? Date.now() % 1_000_000);
/** A minute and a bit of the clock passes between two starts, so that Zoom takes another change of the status. */
const between = 61_000;

interface Session extends SignedIn {
  readonly random: SeededRandom;
  readonly files: UploadFolder;
  /** Of the app alone, so that what it leaves there is seen. */
  readonly temp: string;
  /** What the next start is given: the clock has moved on. */
  next(): Promise<{ ahead: number; env: Record<string, string> }>;
}

const test = base.extend<{ readonly session: Session }>({
  session: async ({ signed, files }, use) => {
    process.stdout.write(`TALLY_SEED=${seed}\n`);
    const temp = mkdtempSync(join(tmpdir(), 'tally-kills-'));
    let ahead = 0;
    const next = async () => {
      ahead += between;
      await signed.zoom.advance(between);
      return { ahead, env: { TMPDIR: temp } };
    };
    await use({ ...signed, random: seededRandom(seed), files, temp, next });
    rmSync(temp, { recursive: true, force: true });
  },
});

test.setTimeout(60_000 + kills * 10_000);

test('killed while it starts and while the status changes', async ({ session }) => {
  const { random, panel, run, next } = session;
  const wanted = Math.ceil(kills * 0.75);
  for (let done = 0; done < wanted; ) {
    if (random.below(3) === 0) {
      const early = run(await next());
      await after(random.below(1_500));
      await early.kill();
      await panel.waitForNoItem();
      expectWhole(session);
      done += 1;
    }
    const tally = run(await next());
    await comesUp(session);
    await expectTrue(session);
    let killed = false;
    const clicking = clickAbout(session, () => killed);
    await after(random.below(1_000));
    killed = true;
    await tally.kill();
    await clicking;
    await panel.waitForNoItem();
    expectWhole(session);
    done += 1;
  }
  await expectNothingLeft(session);
});

test('killed while settings are edited and a background is sent', async ({ session }) => {
  const { random, panel, open, run, next } = session;
  const wanted = Math.floor(kills / 4);
  const sent: string[] = [];
  for (let done = 0; done < wanted; done += 1) {
    const path = session.files.large(`beach ${done}.png`, 0.2 + random.next());
    sent.push(sha256(path));
    const tally = await open(await next());
    await comesUp(session);
    let killed = false;
    const using = work(session, tally, path).catch((error) => {
      if (!killed) throw error;
    });
    await Promise.race([using, after(random.below(2_500))]);
    killed = true;
    await tally.kill();
    await using;
    await panel.waitForNoItem();
    expectWhole(session);
    const again = run(await next());
    await comesUp(session);
    await expectTrue(session);
    await again.kill();
    await panel.waitForNoItem();
    await expectSentOnce(session, sent);
  }
  await expectNothingLeft(session);
});

/** Chooses one status after the other, and looks at the window now and then, until it is killed. */
async function clickAbout({ panel, random }: Session, killed: () => boolean): Promise<void> {
  while (!killed()) {
    const word = statusWord(settableStatuses[random.below(settableStatuses.length)] ?? 'Away');
    try {
      if (random.below(6) === 0) await panel.click(['Open Tally']);
      else await panel.click(word === 'Do not disturb' ? ['Do not disturb', '1 hour'] : [word]);
    } catch (error) {
      if (!killed()) throw error;
    }
  }
}

/** Edits two settings, looks at the backgrounds, sends one, goes back to the edits. What was not saved before is still there. */
async function work({ random, userData }: Session, tally: RunningTally, path: string): Promise<void> {
  const window = await tally.window();
  await window.open('Zoom settings');
  const { settings } = window;
  const drafts = draftsIn(userData);
  if (drafts > 0) await expect(settings.changes()).toContainText(`${drafts} change`);
  for (const key of ['in_meeting.chat', 'in_meeting.annotation', 'in_meeting.entry_exit_chime']) {
    const setting = `settings:${key}`;
    if (random.below(2) === 0 && (await settings.switch(setting).isVisible())) await settings.toggle(setting);
  }
  await window.open('Backgrounds');
  await expect(window.backgrounds.quota()).toBeVisible();
  await dropFiles(window.page, [path]);
  await expect(window.backgrounds.upload(path.split('/').at(-1) ?? '')).toBeVisible();
  await window.open('Preferences');
  await window.preferences.chooseTheme(random.below(2) === 0 ? 'Dark' : 'Light');
}

/** How many changes of settings stand in the file. */
function draftsIn(userData: string): number {
  const [kept] = Object.values(json(join(userData, 'settings.json'))) as [{ edits?: object }?];
  return Object.keys(kept?.edits ?? {}).length;
}

/** The file's content, whole; nothing where it was never written. */
function json(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Every file of Tally's own can be read. */
function expectWhole({ userData }: Session): void {
  const names = readdirSync(userData);
  for (const name of names.filter((one) => one.endsWith('.json'))) json(join(userData, name));
  expect(names.filter((name) => name.endsWith('.corrupt'))).toEqual([]);
}

/** What the tray tells is what Zoom has. */
async function expectTrue({ panel, zoom }: Session): Promise<void> {
  const agree = async () =>
    (await panel.tooltip()).startsWith(statusWord((await zoom.presence()).status as Status));
  await expect.poll(agree).toBe(true);
}

/** Whatever Zoom has of what was sent is whole, and there once; all of it goes away, for the next one to have room. */
async function expectSentOnce({ practice, zoom }: Session, sent: readonly string[]): Promise<void> {
  const ours = (await zoom.backgrounds()).slice(3);
  const contents = ours.map((one) => one.sha256);
  expect(contents.filter((content) => !sent.includes(content))).toEqual([]);
  expect(new Set(contents).size).toBe(contents.length);
  if (ours.length === 0) return;
  const ids = ours.map(({ id }) => id).join(',');
  const address = `${practice.apiUrl}/users/${practice.userId}/settings/virtual_backgrounds?file_ids=${ids}`;
  const headers = { Authorization: `Bearer ${practice.adminAccessToken}` };
  expect((await fetch(address, { method: 'DELETE', headers })).status).toBe(204);
}

/** After one more start, a look at everything, and Quit: no temporary file is left, of however many kills. */
async function expectNothingLeft(session: Session): Promise<void> {
  const tally = await session.open(await session.next());
  await comesUp(session);
  const window = await tally.window();
  for (const screen of ['Zoom settings', 'Profile', 'Backgrounds'] as const) await window.open(screen);
  await expect(window.backgrounds.quota()).toBeVisible();
  await tally.quit();
  const names = readdirSync(session.userData, { recursive: true }).map(String);
  expect(names.filter((name) => /\.tmp-|\.part$/.test(name))).toEqual([]);
  expect(readdirSync(session.temp)).toEqual([]);
}
