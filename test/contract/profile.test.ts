import { describe, expect, it } from 'vitest';
import { createDelegates, type Delegates } from '../../electron/core/delegates/delegates.ts';
import { createProfile, type Profile } from '../../electron/core/profile/profile.ts';
import type { ZoomClient, ZoomResult } from '../../electron/core/zoom/client.ts';
import { tallyError } from '../../shared/errors.ts';
import type { ProfileView } from '../../shared/profile.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { type FeatureRig, withFeature } from '../support/feature-rig.ts';
import { clientAt, startServer } from '../support/scripted-server.ts';
import { createWatch } from '../support/waiting.ts';

interface ProfileRig extends FeatureRig {
  readonly profile: Profile;
  /** What is on disk. */
  saved(): unknown;
  /** As after a restart, over what is on disk or `stored`. */
  again(stored?: unknown): Profile;
  until(test: (view: ProfileView) => boolean, of?: Profile): Promise<ProfileView>;
  /** Opens it, and waits until it is read. */
  ready(of?: Profile): Promise<ProfileView>;
  /** The bodies of all changes that Zoom was sent. */
  patches(): Promise<unknown[]>;
}

function withProfile(
  use: (rig: ProfileRig) => Promise<void>,
  through: (zoom: ZoomClient) => Pick<ZoomClient, 'call'> = (zoom) => zoom,
): Promise<void> {
  return withFeature({ skip: 550, limits: false }, async (rig) => {
    const { clock, zoom } = rig;
    const watch = createWatch();
    const made: Profile[] = [];
    let saved: unknown;
    const make = (stored: unknown) => {
      const profile = createProfile({
        clock,
        zoom: through(zoom),
        key: 'me',
        files: {
          kept: () => stored,
          keep(_name, _key, json) {
            saved = json && JSON.parse(JSON.stringify(json));
          },
        },
        changed: watch.changed,
      });
      made.push(profile);
      return profile;
    };
    const profile = make(undefined);
    const until: ProfileRig['until'] = (test, of = profile) => watch.until(of.view, test);
    try {
      await use({
        ...rig,
        profile,
        saved: () => saved,
        again: (stored = saved) => make(stored),
        until,
        ready(of = profile) {
          of.run({ type: 'profile.open' });
          return until(({ phase, card }) => phase === 'ready' && card.permissions !== undefined, of);
        },
        patches: async () =>
          (await rig.state()).requests
            .filter(({ operationId }) => operationId === 'userUpdate')
            .map(({ body }) => body),
      });
    } finally {
      for (const one of made) one.stop();
    }
  });
}

const down: ZoomResult<never> = {
  ok: false,
  reached: 'perhaps',
  error: tallyError('network', 'The connection to Zoom broke.'),
};

const saved = ({ saving, edits }: ProfileView) => !saving && Object.keys(edits).length === 0;
const idle = ({ saving }: ProfileView) => !saving;

describe('the profile', () => {
  it('is read, with what one wants at hand', () =>
    withProfile(async ({ ready }) => {
      const { values, card, edits } = await ready();
      expect(values).toMatchObject({
        first_name: expect.any(String),
        timezone: expect.stringContaining('/'),
        pmi: expect.any(Number),
        use_pmi: expect.any(Boolean),
        phone_numbers: expect.any(Array),
      });
      expect(values.vanity_name).not.toContain('/');
      expect(card).toMatchObject({
        email: expect.stringContaining('@'),
        plan: expect.any(String),
        role: expect.any(String),
        meetingLink: expect.stringContaining('/j/'),
        permissions: expect.any(Array),
      });
      expect(edits).toEqual({});
    }));

  it('sends only what was changed, reads it back, and takes it back on Undo', () =>
    withProfile(async ({ profile, ready, until, patches }) => {
      const before = (await ready()).values;
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Bridge builder' });
      profile.run({ type: 'profile.edit', field: 'location', value: 'Oslo' });
      expect(profile.view().edits).toEqual({ job_title: 'Bridge builder', location: 'Oslo' });
      profile.run({ type: 'profile.save' });
      const after = await until(saved);
      expect(after.values).toMatchObject({ job_title: 'Bridge builder', location: 'Oslo' });
      expect(await patches()).toEqual([{ job_title: 'Bridge builder', location: 'Oslo' }]);
      expect(after.undo?.fields).toEqual(['job_title', 'location']);
      profile.run({ type: 'profile.undo' });
      const undone = await until((view) => idle(view) && view.undo === undefined);
      expect(undone.values).toEqual(before);
      expect((await patches())[1]).toEqual({ job_title: before.job_title, location: before.location });
    }));

  it('keeps what is typed over a crash, and Undo over a restart', () =>
    withProfile(async ({ profile, ready, until, again }) => {
      const before = await ready();
      profile.run({ type: 'profile.edit', field: 'company', value: 'Fjord & Sons' });
      const second = again();
      expect(second.view().edits).toEqual({ company: 'Fjord & Sons' });
      await ready(second);
      second.run({ type: 'profile.save' });
      await until(saved, second);
      const third = again();
      await ready(third);
      third.run({ type: 'profile.undo' });
      const undone = await until((view) => idle(view) && view.undo === undefined, third);
      expect(undone.values.company).toBe(before.values.company);
    }));

  it('sends nothing over what was changed at Zoom meanwhile', () =>
    withProfile(async ({ profile, ready, until, call, patches }) => {
      await ready();
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Mine' });
      await call('userUpdate', { body: { job_title: 'Theirs' } });
      profile.run({ type: 'profile.save' });
      const view = await until((now) => idle(now) && now.conflicts.length > 0);
      expect(view).toMatchObject({ conflicts: ['job_title'], edits: { job_title: 'Mine' } });
      expect(view.values.job_title).toBe('Theirs');
      expect(await patches()).toEqual([{ job_title: 'Theirs' }]);
      // Seen and typed again: it is meant.
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Mine' });
      profile.run({ type: 'profile.save' });
      expect((await until(saved)).values.job_title).toBe('Mine');
    }));

  it('shows with Zoom’s words what only an administrator may change, and saves the rest', () =>
    withProfile(async ({ profile, ready, until, patch }) => {
      await ready();
      await patch({ roleId: '2', adminOnly: ['name'] });
      profile.run({ type: 'profile.edit', field: 'first_name', value: 'Other' });
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Sailor' });
      profile.run({ type: 'profile.save' });
      const view = await until((now) => idle(now) && now.locked.first_name !== undefined);
      expect(view.locked.first_name).toBe("Only an account administrator can change a user's name.");
      expect(view.values.job_title).toBe('Sailor');
      expect(view.edits).toEqual({ first_name: 'Other' });
      expect(view.undo?.fields).toEqual(['job_title']);
    }));

  it('loses nothing when the answer is lost: what Zoom has counts', () =>
    withProfile(async ({ profile, ready, until, fault }) => {
      await ready();
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Pilot' });
      await fault({ kind: 'drop', after: true }, { operationId: 'userUpdate' }, 3);
      profile.run({ type: 'profile.save' });
      const view = await until(saved);
      expect(view.values.job_title).toBe('Pilot');
      expect(view.problem).toBeUndefined();
    }));

  it('says that Zoom could not be reached where the change surely did not arrive', async () => {
    const closed = await startServer((response) => response.end());
    await closed.close();
    const { client } = clientAt(closed.url);
    const reads: string[] = [];
    await withProfile(
      async ({ profile, ready, until, patches }) => {
        await ready();
        profile.run({ type: 'profile.edit', field: 'job_title', value: 'Pilot' });
        profile.run({ type: 'profile.save' });
        const view = await until((now) => idle(now) && now.problem !== undefined);
        expect(view.problem).toEqual(tallyError('network', 'Zoom couldn’t be reached.'));
        expect(view.edits).toEqual({ job_title: 'Pilot' });
        expect(view.undo).toBeUndefined();
        expect(await patches()).toEqual([]);
        expect(reads.at(-1)).toBe('userUpdate');
      },
      (zoom) => ({
        call: (id, input, options) => {
          reads.push(id);
          return (id === 'userUpdate' ? client : zoom).call(id, input, options);
        },
      }),
    );
  });

  it('says that it does not know, asks again, and finds out', () => {
    let isDown = false;
    return withProfile(
      async ({ profile, ready, until, fault, clock }) => {
        const { job_title: before } = (await ready()).values;
        profile.run({ type: 'profile.edit', field: 'job_title', value: 'Pilot' });
        await fault({ kind: 'drop', after: true }, { operationId: 'userUpdate' });
        profile.run({ type: 'profile.save' });
        const view = await until((now) => idle(now) && now.problem !== undefined);
        expect(view.problem?.what).toBe('It isn’t known whether Zoom took the changes.');
        expect(view.edits).toEqual({ job_title: 'Pilot' });
        expect(view.undo).toBeUndefined();
        isDown = false;
        await clock.advance(30_000);
        const known = await until(saved);
        expect(known.values.job_title).toBe('Pilot');
        expect(known.undo?.fields).toEqual(['job_title']);
        profile.run({ type: 'profile.undo' });
        const undone = await until((now) => idle(now) && now.undo === undefined);
        expect(undone.values.job_title).toBe(before);
      },
      (zoom) => ({
        async call(id, input, options) {
          if (isDown) return down;
          const result = await zoom.call(id, input, options);
          isDown = id === 'userUpdate' && !result.ok;
          return result;
        },
      }),
    );
  });

  it('loses nothing when it is killed between the change and its answer', () =>
    withProfile(async ({ profile, ready, fault, state, again }) => {
      const before = (await ready()).values;
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Pilot' });
      await fault({ kind: 'hold', when: 'after' }, { operationId: 'userUpdate' });
      const patched = async () =>
        (await state()).requests.filter(({ operationId }) => operationId === 'userUpdate').length;
      profile.run({ type: 'profile.save' });
      while ((await patched()) < 1);
      const second = again();
      profile.stop();
      expect(second.view().edits).toEqual({ job_title: 'Pilot' });
      const { edits, undo } = await ready(second);
      expect({ edits, fields: undo?.fields }).toEqual({ edits: {}, fields: ['job_title'] });
      // The same while it is taken back: there is nothing to undo any more.
      await fault({ kind: 'hold', when: 'after' }, { operationId: 'userUpdate' });
      second.run({ type: 'profile.undo' });
      while ((await patched()) < 2);
      const third = again();
      second.stop();
      const { values, undo: none } = await ready(third);
      expect({ title: values.job_title, none }).toEqual({ title: before.job_title, none: undefined });
    }));

  it('lays former values before the person where something was changed since, once', () =>
    withProfile(async ({ profile, ready, until, call, patches }) => {
      const before = (await ready()).values;
      for (const field of ['job_title', 'location'] as const) {
        profile.run({ type: 'profile.edit', field, value: 'Mine' });
      }
      profile.run({ type: 'profile.save' });
      await until(saved);
      await call('userUpdate', { body: { job_title: 'Theirs' } });
      profile.run({ type: 'profile.undo' });
      const view = await until((now) => idle(now) && now.problem !== undefined);
      expect(view.problem?.what).toBe('It was changed since, so nothing was sent.');
      expect(view.edits).toEqual({ job_title: before.job_title, location: before.location });
      expect(view.undo).toBeUndefined();
      expect(await patches()).toHaveLength(2);
    }));

  it('reads what former versions kept', () =>
    withProfile(async ({ profile, ready, until, again, saved: onDisk }) => {
      const { values } = await ready();
      const former = {
        edits: { company: { value: 'Fjord & Sons', base: values.company } },
        undo: { at: 5, changes: { job_title: { before: 'Sailor', after: values.job_title } } },
      };
      const second = again(former);
      expect(second.view()).toMatchObject({
        edits: { company: 'Fjord & Sons' },
        undo: { at: 5, fields: ['job_title'] },
      });
      await ready(second);
      second.run({ type: 'profile.undo' });
      const undone = await until((view) => idle(view) && view.undo === undefined, second);
      expect(undone.values.job_title).toBe('Sailor');
      expect(undone.edits).toEqual({ company: 'Fjord & Sons' });
      expect(onDisk()).toEqual({ edits: former.edits, history: [] });
      profile.stop();
    }));

  it('takes back a first phone number, and the removal of the last one', () =>
    withProfile(async ({ profile, ready, until, call, patches, state }) => {
      await call('userUpdate', { body: { phone_numbers: [] } });
      expect((await ready()).values.phone_numbers).toEqual([]);
      const one = { country: 'US', code: '+1', number: '5550100', label: 'Mobile' } as const;
      const change = async (phone_numbers: (typeof one)[]) => {
        profile.run({ type: 'profile.edit', field: 'phone_numbers', value: phone_numbers });
        profile.run({ type: 'profile.save' });
        const view = await until(saved);
        expect(view).toMatchObject({ kept: {}, undo: { fields: ['phone_numbers'] } });
        profile.run({ type: 'profile.undo' });
        return until((now) => idle(now) && now.undo === undefined);
      };
      const first = await change([one]);
      expect(first.problem).toBeUndefined();
      expect(first.values.phone_numbers).toEqual([]);
      expect(await patches()).toEqual([
        { phone_numbers: [] },
        { phone_numbers: [one] },
        { phone_numbers: [] },
      ]);
      await call('userUpdate', { body: { phone_numbers: [one] } });
      await ready();
      await until(({ values }) => Array.isArray(values.phone_numbers) && values.phone_numbers.length > 0);
      const last = await change([]);
      expect(last.problem).toBeUndefined();
      expect(last.values.phone_numbers).toEqual([one]);
      expect((await state()).me.phoneNumbers).toMatchObject([one]);
    }));

  it('takes back a first text, and offers no undo of a field that cannot be unset', () =>
    withProfile(async ({ profile, ready, until, call, patch, patches, state }) => {
      await call('userUpdate', { body: { company: '', pronouns: '' } });
      await patch({ pronounsOption: 0 });
      const { values } = await ready();
      expect(values).toMatchObject({ company: '', pronouns: '' });
      expect(values).not.toHaveProperty('pronouns_option');
      profile.run({ type: 'profile.edit', field: 'pronouns_option', value: 2 });
      profile.run({ type: 'profile.save' });
      const alone = await until(saved);
      expect(alone.values.pronouns_option).toBe(2);
      expect(alone).not.toHaveProperty('undo');
      await patch({ pronounsOption: 0 });
      await ready();
      await until((view) => view.values.pronouns_option === undefined);
      profile.run({ type: 'profile.edit', field: 'pronouns_option', value: 3 });
      profile.run({ type: 'profile.edit', field: 'company', value: 'Fjord & Sons' });
      profile.run({ type: 'profile.save' });
      expect((await until(saved)).undo?.fields).toEqual(['company']);
      profile.run({ type: 'profile.undo' });
      const undone = await until((view) => idle(view) && view.undo === undefined);
      expect(undone.problem).toBeUndefined();
      expect((await patches()).at(-1)).toEqual({ company: '' });
      expect((await state()).me).toMatchObject({ company: '', pronounsOption: 3 });
    }));

  it('reads what former versions kept of what Zoom had left out', () =>
    withProfile(async ({ profile, ready, again, until, patches }) => {
      const { values } = await ready();
      const second = again({
        edits: {},
        undo: {
          at: 5,
          changes: {
            phone_numbers: { before: '', after: values.phone_numbers },
            pronouns_option: { before: '', after: values.pronouns_option },
          },
        },
      });
      profile.stop();
      await ready(second);
      expect(second.view().undo?.fields).toEqual(['phone_numbers']);
      second.run({ type: 'profile.undo' });
      const undone = await until((view) => idle(view) && view.undo === undefined, second);
      expect(undone.problem).toBeUndefined();
      expect(await patches()).toEqual([{ phone_numbers: [] }]);
    }));

  it('says what Zoom refuses, and keeps the edit', () =>
    withProfile(async ({ profile, ready, until, fault }) => {
      await ready();
      profile.run({ type: 'profile.edit', field: 'job_title', value: 'Pilot' });
      await fault({ kind: 'rate-limit', variant: 'daily' }, { operationId: 'userUpdate' });
      profile.run({ type: 'profile.save' });
      const view = await until((now) => idle(now) && now.problem !== undefined);
      expect(view.problem).toMatchObject({ kind: 'daily-limit', retryAt: expect.any(Number) });
      expect(view.edits).toEqual({ job_title: 'Pilot' });
    }));

  it('knows limits before Zoom does, and a name of the room that somebody has', () =>
    withProfile(async ({ profile, ready, until, clock, patches }) => {
      await ready();
      profile.run({ type: 'profile.edit', field: 'first_name', value: 'x'.repeat(65) });
      profile.run({ type: 'profile.edit', field: 'pmi', value: 123 });
      expect(profile.view().invalid).toEqual({
        first_name: 'At most 64 characters.',
        pmi: 'Ten digits, the first of them not 0.',
      });
      profile.run({ type: 'profile.save' });
      await until((view) => idle(view) && view.problem !== undefined);
      expect(await patches()).toEqual([]);
      profile.run({ type: 'profile.revert', fields: ['first_name', 'pmi'] });
      profile.run({ type: 'profile.edit', field: 'vanity_name', value: 'nobody.has.this' });
      expect(profile.view().room).toEqual({ name: 'nobody.has.this', state: 'checking' });
      await clock.advance(600);
      await until(({ room }) => room?.state === 'free');
    }));

  it('reads what is on disk without believing it', () =>
    withProfile(async ({ ready }) => {
      await ready();
      for (const stored of [
        null,
        5,
        'x',
        [],
        { edits: 5 },
        { edits: { first_name: 7, __proto__: {} }, undo: {} },
        { edits: {}, undo: { at: 5, changes: { constructor: { before: '', after: '' } } } },
      ]) {
        const profile = createProfile({
          clock: createFakeClock(),
          zoom: { call: () => new Promise(() => {}) },
          key: 'me',
          files: { kept: () => stored, keep() {} },
          changed() {},
        });
        expect(profile.view().edits).toEqual({});
        expect(profile.view().undo).toBeUndefined();
        profile.stop();
      }
    }));
});

describe('delegates', () => {
  function withDelegates(
    use: (rig: ProfileRig & { delegates: Delegates; settled(): Promise<void> }) => Promise<void>,
  ): Promise<void> {
    return withProfile(async (rig) => {
      const watch = createWatch();
      const delegates = createDelegates({ zoom: rig.zoom, changed: watch.changed });
      const settled = async () => {
        await watch.until(
          delegates.view,
          ({ phase, busy }) => !busy && phase !== 'unknown' && phase !== 'loading',
        );
      };
      await use({ ...rig, delegates, settled });
      delegates.stop();
    });
  }

  it('are listed, added and removed', () =>
    withDelegates(async ({ delegates, settled, state }) => {
      delegates.run({ type: 'delegates.open' });
      await settled();
      const before = delegates.view().assistants;
      const { users, me } = await state();
      const other = users.find(
        ({ type, id, status }) =>
          type === 2 && status === 'active' && id !== me.id && !before.some((one) => one.id === id),
      );
      if (!other) throw new Error('The practice Zoom has nobody to add.');
      delegates.run({ type: 'delegates.add', who: [other.email] });
      await settled();
      expect(delegates.view().problem).toBeUndefined();
      expect(delegates.view().assistants.map(({ email }) => email)).toContain(other.email);
      delegates.run({ type: 'delegates.remove', kind: 'assistants', id: other.id });
      await settled();
      expect(delegates.view().assistants).toEqual(before);
      delegates.run({ type: 'delegates.remove-all', kind: 'assistants' });
      await settled();
      expect(delegates.view().assistants).toEqual([]);
    }));

  it('says in words whom Zoom does not take', () =>
    withDelegates(async ({ delegates, settled }) => {
      delegates.run({ type: 'delegates.open' });
      await settled();
      delegates.run({ type: 'delegates.add', who: ['nobody@practice.example'] });
      await settled();
      expect(delegates.view().problem?.zoom?.message).toBe("Can't find user nobody@practice.example.");
      delegates.run({ type: 'delegates.dismiss' });
      expect(delegates.view().problem).toBeUndefined();
    }));
});
