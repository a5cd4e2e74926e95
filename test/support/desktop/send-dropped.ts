import { createHash } from 'node:crypto';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { dropFiles } from './drop.ts';
import { keptCopy } from './kept-copy.ts';
import type { RunningTally } from './launch.ts';
import type { AppWindow } from './pages/app-window.ts';
import type { Answer } from './pages/backgrounds-page.ts';
import { expect } from './tally.ts';
import type { UploadFolder } from './upload-files.ts';
import type { ZoomControl } from './zoom.ts';

/** A file that is dropped, at most ten of them in one go. */
export interface Dropped {
  readonly name: string;
  readonly bytes: Buffer;
  /** How what Tally asks is answered, in turn. */
  readonly answers?: readonly Answer[];
  /** Its name at Zoom, where that is another. */
  readonly sentAs?: string;
}

interface Way {
  readonly tally: RunningTally;
  readonly window: AppWindow;
  readonly zoom: ZoomControl;
  readonly files: UploadFolder;
}

/**
 * Drops files on the Backgrounds screen and gives what Zoom got of each. What a question said of the size that Zoom would get must
 * be so.
 */
export async function sendDropped(way: Way, dropped: readonly Dropped[]): Promise<readonly Buffer[]> {
  const { backgrounds, page } = way.window;
  await dropFiles(
    page,
    dropped.map(({ name, bytes }) => way.files.file(name, bytes)),
  );
  const promises = new Map<string, string>();
  for (const { name, answers = [] } of dropped) {
    for (const answer of answers) {
      const question = backgrounds.question(name);
      const button = backgrounds.answer(name, answer);
      // Large ones take a while, one after the other.
      await expect(button).toBeVisible({ timeout: 60_000 });
      await expect(question).toContainText('Then', { timeout: 60_000 });
      promises.set(name, (await question.textContent()) ?? '');
      await button.click();
    }
  }
  const sent: Buffer[] = [];
  for (const { name, sentAs = name } of dropped) {
    await expect(backgrounds.upload(sentAs)).toContainText('Uploaded', { timeout: 60_000 });
    const atZoom = (await way.zoom.backgrounds()).filter((one) => one.name === sentAs);
    expect(atZoom, sentAs).toHaveLength(1);
    const bytes = await keptCopy(way.tally, atZoom[0]?.sha256);
    expect(createHash('sha256').update(bytes).digest('hex'), sentAs).toBe(atZoom[0]?.sha256);
    if (promises.has(name)) expect(promises.get(name), name).toContain(sizeWords(bytes.length));
    sent.push(bytes);
  }
  return sent;
}
