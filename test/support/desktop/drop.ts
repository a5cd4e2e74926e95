import type { Locator, Page } from '@playwright/test';

/** Drags files of this computer over the middle of the screen's content, or of `target`, and lets them fall: the page gets trusted events. */
export async function dropFiles(page: Page, paths: readonly string[], target?: Locator): Promise<void> {
  const drag = await holdFiles(page, paths, target);
  await drag('drop');
}

/** Files held over the screen's content; call what it gives with what becomes of them. */
export async function holdFiles(
  page: Page,
  paths: readonly string[],
  target: Locator = page.getByRole('main'),
): Promise<(end: 'drop' | 'dragCancel') => Promise<void>> {
  const box = await target.boundingBox();
  if (!box) throw new Error('There is nothing to drop files on.');
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  const send = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
    session.send('Input.dispatchDragEvent', { type, ...place, data });
  await send('dragEnter');
  await send('dragOver');
  return async (end) => {
    await send(end);
    await session.detach();
  };
}
