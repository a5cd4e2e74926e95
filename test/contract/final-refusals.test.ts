import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../shared/actions.ts';
import type { Snapshot } from '../../shared/state.ts';
import type { OperationId } from '../../shared/zoom/operations.gen.ts';
import { smallPng } from '../support/files.ts';
import { atPractice } from '../support/presence-rig.ts';
import { change, minute } from '../support/presence-script.ts';
import { ready, type TallyRig, withTally } from '../support/tally-rig.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();

interface Refused {
  readonly id: OperationId;
  readonly code: number;
  readonly message: string;
  /** What leads to the call. */
  begin(made: TallyRig): Promise<void>;
  /** The person has been told. */
  told(snapshot: Snapshot): boolean;
}

const run = ({ tally }: TallyRig, ...actions: readonly Action[]) => {
  for (const action of actions) expect(tally.run(action).ok).toBe(true);
};

const cases: readonly Refused[] = [
  {
    id: 'updatePresenceStatus',
    code: 5411,
    message: 'Unauthorized request.',
    begin: async (made) => run(made, { type: 'presence.set', status: 'Away' }),
    told: ({ presence }) => presence.failed?.error.kind === 'forbidden',
  },
  {
    id: 'updatePresenceStatus',
    code: 5301,
    message: 'Request to update the presence status of this user failed.',
    begin: async (made) => run(made, { type: 'presence.set', status: 'Away', minutes: 30 }),
    told: ({ presence }) => presence.failed?.error.kind === 'not-in-zoom-client',
  },
  {
    id: 'userUpdate',
    code: 200,
    message: 'No permission.',
    async begin(made) {
      run(made, { type: 'profile.open' });
      await made.until(({ profile }) => profile?.phase === 'ready');
      run(made, { type: 'profile.edit', field: 'job_title', value: 'Potter' }, { type: 'profile.save' });
    },
    told: ({ profile }) => profile?.problem?.kind === 'forbidden',
  },
  {
    id: 'userSettingsUpdate',
    code: 200,
    message: 'No permission.',
    async begin(made) {
      run(made, { type: 'settings.open' });
      await made.until(({ settings }) => settings?.phase === 'ready');
      run(
        made,
        { type: 'settings.edit', key: 'settings:schedule_meeting.host_video', value: false },
        { type: 'settings.save' },
      );
    },
    told: ({ settings }) => settings?.problem?.kind === 'forbidden',
  },
  {
    id: 'uploadVBuser',
    code: 200,
    message: 'No permission.',
    async begin({ tally }) {
      const path = join(folderOf(), 'a.png');
      writeFileSync(path, smallPng().bytes);
      const backgrounds = await tally.feature('backgrounds');
      backgrounds?.add({ paths: [path] });
    },
    told: ({ backgrounds }) => backgrounds?.queue[0]?.error?.kind === 'forbidden',
  },
  {
    id: 'uploadVBuser',
    code: 120,
    message: 'Only jpg/jpeg, gif or png image file can be uploaded.',
    async begin({ tally }) {
      const path = join(folderOf(), 'a.png');
      writeFileSync(path, smallPng().bytes);
      const backgrounds = await tally.feature('backgrounds');
      backgrounds?.add({ paths: [path] });
    },
    told: ({ backgrounds }) => backgrounds?.queue[0]?.error?.kind === 'file',
  },
  {
    id: 'userPictureDelete',
    code: 200,
    message: 'Only an account administrator can change a profile picture.',
    async begin(made) {
      run(made, { type: 'picture.open' });
      await made.until(({ picture }) => picture?.phase === 'shown');
      run(made, { type: 'picture.remove' });
    },
    told: ({ picture }) => picture?.error?.kind === 'forbidden',
  },
  {
    id: 'userZak',
    code: 1001,
    message: 'User not exist.',
    begin: async (made) => run(made, { type: 'zak.copy' }),
    told: ({ zak }) => zak?.error?.kind === 'not-found',
  },
];

describe('a refusal that is final', () => {
  it.each(cases)('of $id ($code) is not asked for again by itself, for an hour and after sleep', (refused) =>
    withTally(async (made) => {
      const { tally, rig, clock, until } = made;
      await tally.connect();
      await until(ready);
      const { id, code, message } = refused;
      await rig.fault({ kind: 'status', status: 400, code, message }, { operationId: id }, 1_000);
      await refused.begin(made);
      await until(refused.told);
      const sent = async () =>
        (await rig.state()).requests.filter(({ operationId }) => operationId === id).length;
      const before = await sent();
      for (let count = 0; count < 12; count += 1) await clock.advance(5 * minute);
      tally.wake();
      await clock.advance(minute);
      expect(before).toBe(1);
      expect(await sent()).toBe(before);
    }),
  );

  it('of a status that may not be read ends the asking, and the status can still be set', () =>
    atPractice(async (rig, { service, clock, until }) => {
      await rig.patch({ presenceReading: 'refused' });
      expect(await service.check()).toMatchObject({ kind: 'forbidden' });
      service.watch(true);
      await clock.advance(50 * minute);
      expect((await rig.state()).requests.map(({ operationId }) => operationId)).toEqual([
        'userPresenceStatus',
      ]);
      service.dispatch({ type: 'choose', change: change('Away') });
      await until(({ current }) => current.status === 'Away');
    }));
});
