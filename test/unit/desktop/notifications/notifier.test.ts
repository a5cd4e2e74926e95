import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  asked: [] as string[],
  made: [] as { options: Record<string, unknown>; emit(event: string): void }[],
}));

vi.mock('electron', () => {
  class Notification {
    static isSupported = () => true;
    readonly #listeners = new Map<string, () => void>();
    readonly #title: unknown;
    constructor(options: Record<string, unknown>) {
      this.#title = options.title;
      electron.made.push({ options, emit: (event) => this.#listeners.get(event)?.() });
    }
    on(event: string, listener: () => void) {
      this.#listeners.set(event, listener);
    }
    show = () => void electron.asked.push(`show ${this.#title}`);
    close = () => void electron.asked.push(`close ${this.#title}`);
  }
  return { app: { getAppPath: () => '/app' }, nativeImage: {}, Notification };
});

const system = process.platform;

async function notifierOn(platform: NodeJS.Platform) {
  Object.defineProperty(process, 'platform', { value: platform });
  const { createNotifier } = await import('../../../../electron/desktop/notifications/notifier.ts');
  return createNotifier();
}

const chosen: string[] = [];
const word = (title: string) => ({
  id: 'uploads',
  title,
  body: '',
  button: 'Undo',
  chosen: (what: string) => void chosen.push(what),
});

beforeEach(() => {
  electron.asked.length = 0;
  electron.made.length = 0;
  chosen.length = 0;
});
afterEach(() => Object.defineProperty(process, 'platform', { value: system }));

test('a later word takes the place of the former one, and says what was chosen', async () => {
  const notifier = await notifierOn('win32');
  notifier.show(word('one'));
  notifier.show(word('two'));
  expect(electron.asked).toEqual(['show one', 'close one', 'show two']);
  electron.made[1]?.emit('click');
  electron.made[1]?.emit('action');
  expect(chosen).toEqual(['notification', 'button']);
  expect(electron.made[1]?.options).toMatchObject({ icon: '/app/resources/app/256.png' });
});

test('one that macOS does not show, as of an app that is not signed, is not closed again', async () => {
  const notifier = await notifierOn('darwin');
  notifier.show(word('one'));
  electron.made[0]?.emit('failed');
  notifier.show(word('two'));
  notifier.close('uploads');
  expect(electron.asked).toEqual(['show one', 'show two', 'close two']);
  expect(electron.made[0]?.options).not.toHaveProperty('icon');
});
