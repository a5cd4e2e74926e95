import { expect, it, vi } from 'vitest';
import { accountParts } from '../../electron/desktop/startup.ts';
import { addedAppsPath, manifestPath, marketplacePath } from '../../electron/practice/marketplace-places.ts';

vi.mock('electron', () => ({
  app: { isPackaged: true, commandLine: { hasSwitch: () => false }, getAppPath: () => process.cwd() },
}));

it('the practice Zoom that the app runs has no page that gives tokens away, and no calls for tests', async () => {
  const { practice, practiceSite, close } = accountParts();
  try {
    const connection = await practice.connect(() => {});
    const token = connection.ok ? await connection.value.session.accessToken() : undefined;
    expect(token).toMatchObject({ ok: true });
    const site = practiceSite();
    for (const path of [marketplacePath, manifestPath, addedAppsPath, '/practice/state']) {
      for (const method of ['GET', 'POST']) {
        expect((await fetch(`${site}${path}`, { method })).status, `${method} ${path}`).toBe(404);
      }
    }
  } finally {
    await close();
  }
});
