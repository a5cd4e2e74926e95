import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { searchFiles } from './canaries.ts';
import type { Keyring } from './keyring.ts';
import type { AppWindow } from './pages/app-window.ts';

/** An account as Tally keeps it in its file. */
interface Kept {
  readonly key: string;
  readonly userId: string;
  readonly email: string;
}

/** Every file below a folder that has this text in it. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path) && readFileSync(path, 'latin1').includes(text));
}

/** None for an account that Tally was started with, which is in no file. */
function accountsIn(userData: string): readonly Kept[] {
  const file = join(userData, 'accounts.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).accounts : [];
}

/**
 * Goes on when a sign-out has left nothing here: no secret in a file from its first moment, then nothing of the account in a file or
 * in the keyring. What has to wait for Zoom or for the keychain stays there only as long as the window says so.
 */
export async function searchSignOut(
  signOut: () => Promise<void>,
  { userData, window, keyring }: { userData: string; window: AppWindow; keyring: Keyring },
): Promise<void> {
  const before = accountsIn(userData);
  await signOut();
  const gone = () => before.filter(({ key }) => !accountsIn(userData).some((one) => one.key === key));
  if (before.length > 0) await expect.poll(() => gone().length).toBe(1);
  expect(searchFiles(userData), 'no secret is in a file after a sign-out').toEqual([]);

  const isWaiting = window
    .notice(/^(Zoom doesn’t know of the sign-out yet|The sign-out isn’t finished)/)
    .first();
  const traces = async ({ key, userId, email }: Kept) => {
    if (await isWaiting.isVisible()) return filesWith(userData, email);
    const items = (await keyring.accounts()).filter((name) => name.includes(key));
    return [...items, ...filesWith(userData, email), ...filesWith(userData, userId)];
  };
  for (const account of gone()) {
    await expect.poll(() => traces(account), 'nothing of a signed-out account is left').toEqual([]);
  }
}
