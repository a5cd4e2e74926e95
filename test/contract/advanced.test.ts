import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyKey } from '../../electron/core/advanced/history-key.ts';
import { openCalls } from '../../electron/desktop/advanced/call-files.ts';
import type { JsonObject } from '../../electron/practice/state/settings.ts';
import type { CallAnswer, CallInput } from '../../shared/advanced.ts';
import { hiddenText } from '../../shared/advanced.ts';
import { readJson, writeJson } from '../../shared/json.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { type AdvancedRig, withAdvanced } from '../support/advanced-rig.ts';
import { pngOfSize } from '../support/files.ts';
import { at } from '../support/valid-calls.ts';

const ids = Object.keys(operations) as OperationId[];

const me = (operation: OperationId, more: Partial<CallInput> = {}): CallInput => ({
  operation,
  path: { userId: 'me' },
  query: {},
  ...more,
});

async function answered(rig: AdvancedRig, input: CallInput): Promise<CallAnswer> {
  const sent = await rig.send(rig.advanced(), input);
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return sent.value;
}

/** What Zoom was asked so far, by operation. */
const requests = async (rig: AdvancedRig) =>
  (await rig.state()).requests.map(({ operationId }) => operationId);

describe('every operation', () => {
  const shown = new Set<OperationId>();

  it.each(ids)('%s is sent, shown as Zoom answers it, and kept', async (id) => {
    const operation: Operation = operations[id];
    await withAdvanced({}, async (rig) => {
      const { advanced, input } = await rig.validInput(id);
      expect(advanced.check(input)).toEqual([]);
      const sent = await rig.send(advanced, input);
      if (!sent.ok) throw new Error(JSON.stringify(sent.error));
      const { http, limits, trackingId, call, ...rest } = sent.value;
      const wire = rig.wire.at(-1);
      expect(operation.success).toContain(http?.status);
      expect(http?.phrase).toBe({ 200: 'OK', 201: 'Created', 204: 'No Content' }[http?.status ?? 0]);
      expect(http?.headers).toEqual(Object.entries(wire?.headers ?? {}));
      expect(http?.size).toBe(Buffer.byteLength(wire?.text ?? ''));
      expect(http?.form).toBe(wire?.text === '' ? 'empty' : 'json');
      expect(limits).toMatchObject({ label: operation.label, type: 'per-second' });
      expect(trackingId).toBe(wire?.headers['x-zm-trackingid']);
      expect(rest).toMatchObject({ at: rig.clock.now(), meanings: [] });
      if (http?.hidden.length === 0) expect(http.body).toBe(wire?.text);
      else expect(http?.body).not.toContain('CANARY');

      const page = await advanced.history.list({});
      expect(page).toMatchObject({ total: 1, lines: [{ id: call, operation: id, worked: true }] });
      const entry = await advanced.history.get(call);
      expect(entry).toMatchObject({ ok: true, value: { answer: sent.value } });
      const kept = JSON.stringify(entry);
      expect(kept).not.toContain('CANARY');
      if (id === 'userPassword') expect(kept).not.toContain('New-9green!');
      expect(rig.changed).toEqual(operation.method === 'GET' ? [] : [operation.group]);
      shown.add(id);
    });
  });

  it('all of them: the 28 of the reference and the later ones', () => {
    expect([...shown].sort()).toEqual([...ids].sort());
  });
});

describe('what cannot be taken back', () => {
  it.each(ids.filter((id) => (operations[id] as Operation).danger === 'destructive'))(
    '%s is sent only with its target typed',
    async (id) => {
      await withAdvanced({}, async (rig) => {
        const { advanced, input } = await rig.validInput(id);
        for (const confirmed of [undefined, '', 'me', 'Robin']) {
          const order = { call: 'c', input, anyway: true, ...(confirmed !== undefined && { confirmed }) };
          expect(await advanced.send(order)).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
        }
        expect(await requests(rig)).toEqual([]);
        expect(await rig.send(advanced, input)).toMatchObject({ ok: true });
      });
    },
  );

  it('activating is not among it, and whatever is not plainly that is', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced(rig.practice.adminAccessToken);
      const to = (body: CallInput['body']): CallInput => ({
        operation: 'userStatus',
        path: { userId: at('gideon.abramov') },
        query: {},
        ...(body !== undefined && { body }),
      });
      for (const body of [{ action: 'Activate' }, { action: 'deactivate' }, {}, undefined]) {
        const sent = await advanced.send({ call: 'c', input: to(body), anyway: true });
        expect(sent, JSON.stringify(body)).toMatchObject({ ok: false, error: { what: /typed/ } });
      }
      expect(await advanced.send({ call: 'c', input: to({ action: 'activate' }) })).toMatchObject({
        ok: true,
      });
    });
  });

  it('one’s own account is named by its address, however it was meant', async () => {
    await withAdvanced({}, async (rig) => {
      for (const userId of ['me', rig.practice.userId, rig.practice.email.toUpperCase()]) {
        const input = { ...me('userSSOTokenDelete'), path: { userId } };
        const sent = await rig.advanced().send({ call: 'c', input });
        expect(sent).toMatchObject({
          error: { what: `To send this, “${rig.practice.email}” has to be typed.` },
        });
      }
      const nobody = { ...me('userDelete'), path: {} };
      expect(await rig.send(rig.advanced(), nobody)).toMatchObject({
        error: { why: '“userId” is missing.' },
      });
    });
  });
});

describe('sending', () => {
  it('stops at a doubt until it is waved through, and at a mistake always', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const doubt = me('updatePresenceStatus', { body: { status: 'Gone' } });
      expect(await advanced.send({ call: 'a', input: doubt })).toMatchObject({
        error: { why: /^This must be one of/ },
      });
      const mistake = me('updatePresenceStatus', { body: { status: 7 } });
      expect(await advanced.send({ call: 'a', input: mistake, anyway: true })).toMatchObject({ ok: false });
      expect(await requests(rig)).toEqual([]);
      const sent = await advanced.send({ call: 'a', input: doubt, anyway: true });
      expect(sent).toMatchObject({ value: { http: { status: 400 }, error: { kind: 'invalid-input' } } });
      expect(await advanced.send({ call: 'a', input: doubt, anyway: true })).toMatchObject({ ok: false });
    });
  });

  it('is cancelled within moments, and is in the history without an answer', async () => {
    await withAdvanced({}, async (rig) => {
      await rig.fault({ kind: 'hold', when: 'before' }, { operationId: 'user' });
      const advanced = rig.advanced();
      const sending = advanced.send({ call: 'slow', input: me('user') });
      await rig.control('GET', '/wait?operationId=user&held=true&timeoutMs=30000');
      advanced.cancel('unknown');
      advanced.cancel('slow');
      expect(await sending).toMatchObject({ value: { call: 'slow', error: { kind: 'cancelled' } } });
      const [line] = (await advanced.history.list({})).lines;
      expect(line).toMatchObject({ id: 'slow', worked: false });
      expect(line).not.toHaveProperty('status');
    });
  });

  it('shows the last of several tries', async () => {
    await withAdvanced({}, async (rig) => {
      await rig.fault({ kind: 'proxy-html', status: 502 }, { operationId: 'user' });
      const worked = await answered(rig, me('user'));
      expect(worked).toMatchObject({ http: { status: 200, form: 'json' } });
      expect(worked).not.toHaveProperty('error');
      await rig.fault({ kind: 'proxy-html', status: 502 }, { operationId: 'user' }, 3);
      const failed = await answered(rig, me('user'));
      expect(failed).toMatchObject({ http: { status: 502, form: 'text' }, error: { kind: 'zoom-down' } });
      expect(failed.http?.body).toContain('<html');
    });
  });

  it('tells of a broken connection without an answer', async () => {
    await withAdvanced({}, async (rig) => {
      await rig.fault({ kind: 'drop' }, { operationId: 'user' }, 3);
      const answer = await answered(rig, me('user'));
      expect(answer).toMatchObject({ error: { kind: 'network' }, meanings: [] });
      expect(answer).not.toHaveProperty('http');
    });
  });

  it('takes any body as it is written', async () => {
    await withAdvanced({ limits: false }, async (rig) => {
      const text = fc.string({ unit: 'binary' });
      await fc.assert(
        fc.asyncProperty(
          fc.record({ dept: text, job_title: text, extra: fc.jsonValue() }),
          async (fields) => {
            const body = JSON.parse(JSON.stringify(fields));
            await answered(rig, me('userUpdate', { body }));
            const { requests: all } = await rig.state();
            // As it was written: a large integer is none of the numbers.
            expect(all.at(-1)?.body).toEqual(readJson(writeJson(body)));
          },
        ),
        { numRuns: 30 },
      );
    });
  });

  it('goes on to the next page until there is none', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced(rig.practice.adminAccessToken);
      let input: CallInput | undefined = {
        operation: 'users',
        path: {},
        query: { page_size: 15, page_number: '1' },
      };
      const seen: string[] = [];
      while (input) {
        const sent = await rig.send(advanced, input);
        if (!sent.ok) throw new Error(JSON.stringify(sent.error));
        const { users } = JSON.parse(sent.value.http?.body ?? '{}') as { users: { id: string }[] };
        seen.push(...users.map(({ id }) => id));
        input = sent.value.next;
        if (input) expect(Object.keys(input.query)).toEqual(['page_size', 'next_page_token']);
      }
      expect(new Set(seen).size).toBe(
        (await rig.state()).users.filter(({ status }) => status === 'active').length,
      );
    });
  });

  it('sends a file as it is, and only while it is as it was', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const file = pngOfSize(600_000, 'Büro „Süd" $(x).png');
      const input = await rig.input('uploadVBuser', { file });
      const sent = await answered(rig, input);
      expect(JSON.parse(sent.http?.body ?? '{}')).toMatchObject({ name: file.name, size: 600_000 });
      expect(await advanced.history.get(sent.call)).toMatchObject({
        value: { file: { name: file.name, size: 600_000 }, input: { operation: 'uploadVBuser' } },
      });
      const path = rig.put({ name: 'a.png', bytes: file.bytes });
      const offered = await advanced.offer(path);
      writeFileSync(path, file.bytes.subarray(1));
      const changed = await answered(rig, me('uploadVBuser', { file: offered?.id ?? '' }));
      expect(changed).toMatchObject({ error: { kind: 'file' } });
      expect(await advanced.offer(rig.folder)).toBeNull();
      expect(await advanced.offer(`${path}.gone`)).toBeNull();
    });
  });
});

describe('a token in an answer', () => {
  it('is copied for a minute, and comes from nowhere else', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const { call, http } = await answered(rig, { operation: 'userZak', path: {}, query: {} });
      expect(JSON.parse(http?.body ?? '')).toEqual({ token: hiddenText });
      expect(await advanced.copyHidden(call, '/token')).toEqual({ ok: true, value: null });
      const { token } = JSON.parse(rig.wire.at(-1)?.text ?? '');
      expect(rig.board.text).toBe(token);
      await rig.clock.advance(59_000);
      expect(rig.board.text).toBe(token);
      await rig.clock.advance(1_000);
      expect(rig.board.text).toBe('');
      for (const [name, pointer] of [
        ['other', '/token'],
        [call, '/nothing'],
      ] as const) {
        expect(await advanced.copyHidden(name, pointer)).toMatchObject({ error: { kind: 'not-found' } });
      }
    });
  });

  it('is taken back when the account goes', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const { call } = await answered(rig, me('userToken', { query: { type: 'zak' } }));
      await advanced.copyHidden(call, '/token');
      expect(rig.board.text).not.toBe('');
      await advanced.stop();
      expect(rig.board.text).toBe('');
    });
  });

  it('is not in the file that an answer is saved to', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const { call } = await answered(rig, me('userToken', { query: { type: 'zak' } }));
      expect(await advanced.save(call)).toEqual({ ok: true, value: true });
      expect(rig.savedFiles).toEqual([{ name: 'userToken.json', text: `{"token":"${hiddenText}"}` }]);
      expect(await advanced.save('unknown')).toMatchObject({ error: { kind: 'not-found' } });
    });
  });
});

describe('the account’s present values', () => {
  it('are those that the operation takes', async () => {
    await withAdvanced({}, async (rig) => {
      const current = async (id: OperationId) => {
        const found = await rig.advanced().current(id);
        if (!found.ok) throw new Error(JSON.stringify(found.error));
        return found.value;
      };
      const { me: own } = await rig.state();
      const profile = await current('userUpdate');
      expect(profile).toMatchObject({
        path: {},
        query: {},
        body: { first_name: 'Robin', last_name: 'Ashdown' },
      });
      expect(profile.body).not.toHaveProperty('id');
      expect(
        rig.advanced().check(me('userUpdate', profile.body === undefined ? {} : { body: profile.body })),
      ).toEqual([]);

      const settings = await current('userSettingsUpdate');
      const { host_video } = own.settings.schedule_meeting as JsonObject;
      expect(settings.body).toMatchObject({ schedule_meeting: { host_video } });
      expect(JSON.stringify(settings.body)).not.toContain('pmi_password"');
      expect(
        rig
          .advanced()
          .check(me('userSettingsUpdate', settings.body === undefined ? {} : { body: settings.body })),
      ).toEqual([]);

      expect(await current('updatePresenceStatus')).toEqual({
        path: {},
        query: {},
        body: { status: 'Available' },
      });
      expect(await current('userEmailUpdate')).toEqual({
        path: {},
        query: {},
        body: { email: rig.practice.email },
      });
      const linked = '{"company":"Acme","dept":"https://zoom.us/j/5550100?pwd=SecretOfRobin"}';
      await rig.fault({ kind: 'status', status: 200, body: linked }, { operationId: 'user' });
      expect((await current('userUpdate')).body).toEqual({ company: 'Acme' });
      expect(await current('userEmail')).toEqual({ path: {}, query: { email: rig.practice.email } });
      const { query } = await current('delUserVB');
      expect(query).toEqual({ file_ids: own.backgrounds.map(({ id }) => id).join(',') });
      const { body } = await current('userAssistantCreate');
      const { assistants } = body as { assistants: { id: string; email: string }[] };
      expect(assistants.map(({ id }) => id).sort()).toEqual([...own.assistants].sort());
      expect(await current('userAssistantDelete')).toEqual({
        path: { assistantId: assistants[0]?.id },
        query: {},
      });
      expect((await current('userSchedulerDelete')).path).toEqual({ schedulerId: expect.any(String) });
    });
  });

  it('are none where nothing tells them, without asking, and an error where Zoom doesn’t tell', async () => {
    await withAdvanced({}, async (rig) => {
      for (const id of ['user', 'userPassword', 'userPicture', 'users', 'userCreate'] as const) {
        expect(await rig.advanced().current(id)).toEqual({ ok: true, value: { path: {}, query: {} } });
      }
      expect(await requests(rig)).toEqual([]);
      await rig.patch({ scopes: ['meeting:read:meeting'] });
      expect(await rig.advanced().current('userUpdate')).toMatchObject({
        ok: false,
        error: { kind: 'missing-scope' },
      });
    });
  });
});

describe('the history', () => {
  it('has the last call on disk when the app has quit, and none that was under way', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const { call } = await answered(rig, me('user'));
      await rig.fault({ kind: 'hold', when: 'before' }, { operationId: 'userSettings' });
      const sending = rig.send(advanced, me('userSettings'));
      await rig.control('GET', '/wait?operationId=userSettings&held=true&timeoutMs=30000');
      await advanced.stop();
      await sending;
      const files = openCalls(rig.folder);
      const kept = await files.list(historyKey('own', rig.practice.userId));
      expect(kept.map(({ id }) => id)).toEqual([call]);
    });
  });

  it('is rid of links with passcodes that a former Tally kept, also where nobody opens it', async () => {
    await withAdvanced({}, async (rig) => {
      const calls = openCalls(rig.folder);
      const key = historyKey('own', rig.practice.userId);
      const input = { operation: 'user', path: { userId: 'zoom.us/j/1?pwd=SecretOfRobin' }, query: {} };
      const kept = { input, answer: { call: 'a', at: 1, ms: 1, meanings: [] } };
      await calls.write(key, 'a', kept, calls.era(key));
      rig.advanced();
      await rig.clock.advance(3 * 60_000);
      await rig.advanced().history.settled();
      expect(await calls.read(key, 'a')).toMatchObject({
        ...kept,
        input: { ...input, path: { userId: '(hidden)' } },
      });
    });
  });

  it('takes nothing while it is off, and nothing of a request’s secrets ever', async () => {
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      rig.preferences.keepHistory = false;
      await answered(rig, me('user'));
      expect(await advanced.history.list({})).toEqual({ lines: [], total: 0 });
      rig.preferences.keepHistory = true;
      const body = { schedule_meeting: { pmi_password: '40281x' } };
      const { call } = await answered(rig, me('userSettingsUpdate', { body }));
      const entry = await advanced.history.get(call);
      expect(JSON.stringify(entry)).not.toContain('40281x');
      expect(entry).toMatchObject({
        value: { input: { body: { schedule_meeting: { pmi_password: hiddenText } } } },
      });
      // Sent again as it is, it would set that very text as the passcode.
      if (entry.ok) expect(await rig.send(advanced, entry.value.input)).toMatchObject({ ok: false });
      expect(await advanced.history.list({ search: '40281x' })).toMatchObject({ total: 0 });
    });
  });
});
