import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLaunches } from '../../../electron/desktop/launches.ts';
import type { Action } from '../../../shared/actions.ts';
import type { Notice } from '../../../shared/app.ts';
import { createFakeClock, settle } from '../../support/fake-clock.ts';
import { snapshot } from '../../support/snapshot.ts';

vi.mock('electron', () => ({ app: { getPath: () => '/home/robin', getVersion: () => '1.2.3' } }));

const link = 'tally://open/settings';
let done: Action[];
let notices: Notice[];
let opened: number;

function launchesWhere(allowLinks: boolean) {
  const { preferences, ...rest } = snapshot();
  const shown = { ...rest, preferences: { ...preferences, allowLinks } };
  const tally = {
    run(action: Action) {
      done.push(action);
      return { ok: true as const, value: null };
    },
    feature: async () => undefined,
    snapshot: () => shown,
    subscribe: () => () => {},
    addNotice: (notice: Notice) => void notices.push(notice),
    removeNotice(id: Notice['id']) {
      notices = notices.filter((notice) => notice.id !== id);
    },
    offerSetup() {},
  };
  const window = {
    open() {
      opened += 1;
    },
  };
  return createLaunches(tally, window, createFakeClock());
}

beforeEach(() => {
  done = [];
  notices = [];
  opened = 0;
});

/** The ways in which a link comes: from the system, as a further launch, and as the launch that starts Tally. */
const ways: Readonly<Record<string, (launches: ReturnType<typeof launchesWhere>) => void>> = {
  'from the system': ({ further }) => further({ link }),
  'by a further launch': ({ further }) => further({ argv: [link], folder: '/' }),
  'by the first launch': ({ first }) => first({ argv: [link] }),
  'by the command line': ({ command }) => void command({ argv: [link], folder: '/', terminal: false }),
};

describe.each(Object.entries(ways))('a link %s', (_way, come) => {
  it('does nothing while links are switched off, and that is shown', async () => {
    come(launchesWhere(false));
    await settle();
    expect(done).toEqual([]);
    expect(notices).toMatchObject([{ id: 'not-done', detail: expect.stringContaining('switched off') }]);
    expect(opened).toBe(1);
  });

  it('is followed once they are allowed', async () => {
    come(launchesWhere(true));
    await settle();
    expect(done).toEqual([{ type: 'window.open', screen: 'settings' }]);
    expect(notices).toEqual([]);
  });
});

it('the same words of a command need no preference: they are the person’s own', async () => {
  launchesWhere(false).further({ argv: ['open', 'settings'], folder: '/' });
  await settle();
  expect(done).toEqual([{ type: 'window.open', screen: 'settings' }]);
});

it('a launch that asks for nothing, or nothing that can be read, shows the window', async () => {
  const { further } = launchesWhere(false);
  for (const launch of [{ argv: [] }, undefined, { argv: 'status' }, { link: 7 }]) further(launch);
  await settle();
  expect({ done, opened }).toEqual({ done: [], opened: 4 });
});

it('a refusal stays until a later launch is done', async () => {
  const { further } = launchesWhere(false);
  further({ link });
  await settle();
  expect(notices).toHaveLength(1);
  further({ argv: ['open', 'settings'] });
  await settle();
  expect(notices).toEqual([]);
});
