import { describe, expect, it } from 'vitest';
import { createAccountList } from '../../../../electron/core/accounts/list.ts';
import { createSignOuts } from '../../../../electron/core/accounts/sign-outs.ts';
import type { Leave } from '../../../../electron/core/sign-in/grants.ts';
import type { Notice } from '../../../../shared/app.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { gate } from '../../../support/waiting.ts';

const minute = 60_000;
const left = (key: string) =>
  ({ key, cloud: 'commercial', clientId: 'abc', stored: true, told: false, withLibrary: false }) as const;

/** Sign-outs of these accounts; each call of Zoom or the keychain comes to the next outcome, the last one stays. */
function rig(keys: string[], outcomes: (Leave | Error | (() => Promise<Leave>))[]) {
  const clock = createFakeClock();
  const asked: [string, boolean][] = [];
  const shown = new Map<Notice['id'], Notice>();
  const opens = new Map<string, () => void>();
  let removals = 0;
  const list = createAccountList({ accounts: () => ({ leaving: keys.map(left) }), saveAccounts() {} });
  const signOuts = createSignOuts({
    clock,
    list,
    grants: {
      async leave({ key, told }) {
        asked.push([key, told]);
        const outcome = (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? {};
        if (outcome instanceof Error) throw outcome;
        return typeof outcome === 'function' ? outcome() : outcome;
      },
      untilOpen: (key, then) => void opens.set(key, then),
    },
    notice: (notice) => shown.set(notice.id, notice),
    removeNotice(id) {
      removals += 1;
      shown.delete(id);
    },
  });
  return {
    clock,
    list,
    signOuts,
    asked,
    opens,
    shown: () => [...shown.keys()],
    texts: () => [...shown.values()],
    removals: () => removals,
    leaving: () => list.leaving().map(({ key, told }) => [key, told]),
  };
}

describe('a sign-out', () => {
  it('of which there is none asks nobody and says nothing', async () => {
    const { signOuts, asked, removals } = rig([], []);
    await signOuts.tell();
    expect([asked, removals()]).toEqual([[], 0]);
  });

  it('that Zoom has taken is over', async () => {
    const { signOuts, asked, leaving, shown, clock } = rig(['a', 'b'], [{ told: 'ended' }]);
    await signOuts.tell();
    expect(asked).toEqual([
      ['a', false],
      ['b', false],
    ]);
    expect([leaving(), shown(), clock.pending()]).toEqual([[], [], []]);
  });

  it('that Zoom has refused is over, and where the app is removed is said', async () => {
    const { signOuts, leaving, texts, clock } = rig(['a'], [{ told: 'refused' }]);
    await signOuts.tell();
    expect([leaving(), clock.pending()]).toEqual([[], []]);
    expect(texts()).toEqual([
      {
        id: 'revoke-refused',
        title: 'Zoom didn’t end the sign-in',
        detail: expect.stringMatching(/^Zoom refused to\..*App Marketplace.*Added Apps\.$/),
      },
    ]);
  });

  it.each<[string, Leave | Error]>([
    ['cannot be told of', { waitsFor: 'zoom' }],
    ['could not be told of for a reason that nobody knows', new Error('x')],
  ])(
    'that Zoom %s is told again every five minutes, and that is said as long as it lasts',
    async (_, outcome) => {
      const { signOuts, asked, leaving, shown, texts, clock } = rig(
        ['a'],
        [outcome, outcome, { told: 'ended' }],
      );
      await signOuts.tell();
      expect(texts()).toEqual([
        {
          id: 'revoke-later',
          title: 'Zoom doesn’t know of the sign-out yet',
          detail: expect.stringMatching(/^Zoom couldn’t be reached\..*as soon as it can\.$/),
        },
      ]);
      expect(leaving()).toEqual([['a', false]]);
      expect(clock.pending()).toEqual([5 * minute]);
      await clock.advance(5 * minute);
      expect(asked).toHaveLength(2);
      await clock.advance(5 * minute);
      expect([asked.length, leaving(), shown(), clock.pending()]).toEqual([3, [], [], []]);
    },
  );

  it('that only the keychain waits for is not told to Zoom again, and asked after an hour', async () => {
    const { signOuts, asked, leaving, shown, texts, clock, opens } = rig(
      ['a'],
      [{ told: 'ended', waitsFor: 'keychain' }, { told: 'ended' }],
    );
    await signOuts.tell();
    expect(texts()).toEqual([
      {
        id: 'forget-later',
        title: 'The sign-out isn’t finished',
        detail: expect.stringMatching(
          /^The keychain still holds the sign-in.*removes the sign-in from it\.$/,
        ),
      },
    ]);
    expect(leaving()).toEqual([['a', true]]);
    expect([...opens.keys()]).toEqual(['a']);
    expect(clock.pending()).toEqual([60 * minute]);
    await clock.advance(60 * minute);
    expect(asked).toEqual([
      ['a', false],
      ['a', true],
    ]);
    expect([leaving(), shown(), clock.pending()]).toEqual([[], [], []]);
  });

  it('goes on as soon as the keychain may be asked', async () => {
    const { signOuts, leaving, shown, clock, opens } = rig(
      ['a'],
      [{ waitsFor: 'keychain' }, { told: 'ended' }],
    );
    await signOuts.tell();
    expect(leaving()).toEqual([['a', false]]);
    expect(shown()).toEqual(['forget-later']);
    opens.get('a')?.();
    await clock.advance(0);
    expect([leaving(), shown(), clock.pending()]).toEqual([[], [], []]);
  });

  it('is not asked of the keychain where only Zoom waits', async () => {
    const { signOuts, opens } = rig(['a'], [{ waitsFor: 'zoom' }]);
    await signOuts.tell();
    expect(opens.size).toBe(0);
  });

  it('waits five minutes where one waits for Zoom and one for the keychain', async () => {
    const { signOuts, shown, clock } = rig(['a', 'b'], [{ waitsFor: 'zoom' }, { waitsFor: 'keychain' }]);
    await signOuts.tell();
    expect(shown()).toEqual(['revoke-later', 'forget-later']);
    expect(clock.pending()).toEqual([5 * minute]);
  });

  it('that is asked for again has one timer', async () => {
    const { signOuts, clock } = rig(['a'], [{ waitsFor: 'zoom' }]);
    await signOuts.tell();
    await clock.advance(minute);
    await signOuts.tell();
    expect(clock.pending()).toEqual([5 * minute]);
  });

  it('leaves the others as they are', async () => {
    const { signOuts, leaving } = rig(
      ['a', 'b'],
      [{ told: 'ended', waitsFor: 'keychain' }, { waitsFor: 'zoom' }],
    );
    await signOuts.tell();
    expect(leaving()).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });
});

describe('somebody who signs in again meanwhile', () => {
  it('before Zoom was asked keeps the new sign-in', async () => {
    const { signOuts, list, asked } = rig(
      ['a', 'b'],
      [
        async () => {
          list.setLeaving(list.leaving().filter(({ key }) => key === 'a'));
          return { told: 'ended' };
        },
      ],
    );
    await signOuts.tell();
    expect(asked).toEqual([['a', false]]);
  });

  it('while Zoom is asked is told nothing of it', async () => {
    const { signOuts, list, opens, shown, clock } = rig(
      ['a'],
      [
        async () => {
          list.setLeaving([]);
          return { told: 'refused', waitsFor: 'keychain' };
        },
      ],
    );
    await signOuts.tell();
    expect([opens.size, shown(), clock.pending()]).toEqual([0, [], []]);
  });
});

describe('the end of the app', () => {
  it('ends the waiting', async () => {
    const { signOuts, clock } = rig(['a'], [{ waitsFor: 'zoom' }]);
    await signOuts.tell();
    signOuts.stop();
    expect(clock.pending()).toEqual([]);
  });

  it('in the middle asks and says no more', async () => {
    const { opened, open } = gate();
    const { signOuts, asked, shown, clock } = rig(
      ['a', 'b'],
      [
        async () => {
          await opened;
          return { waitsFor: 'zoom' };
        },
      ],
    );
    const telling = signOuts.tell();
    await clock.advance(0);
    signOuts.stop();
    open();
    await telling;
    expect([asked.length, shown(), clock.pending()]).toEqual([1, [], []]);
  });
});
