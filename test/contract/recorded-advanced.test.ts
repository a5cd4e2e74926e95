import { describe, expect, it } from 'vitest';
import { createAdvanced } from '../../electron/core/advanced/advanced.ts';
import { openCalls } from '../../electron/desktop/advanced/call-files.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { treeOf } from '../../renderer/screens/advanced/answer/tree.ts';
import { type CallInput, hiddenText, type Json } from '../../shared/advanced.ts';
import { isObject, readJson } from '../../shared/json.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { createFakeClipboard } from '../support/fake-clipboard.ts';
import { type Recorded, recorded } from '../support/recorded.ts';
import { onTheWire } from '../support/recorded-account.ts';
import { clientAt, reply, startServer } from '../support/scripted-server.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();
const answers = [...recorded.values()].filter(({ operation }) => Object.hasOwn(operations, operation));

/** What is hidden in which answer; in all others nothing is. */
const hidden: Readonly<Record<string, readonly string[]>> = {
  'user-basic': ['/personal_meeting_url'],
  'user-google': ['/personal_meeting_url'],
  'user-host-key': ['/personal_meeting_url', '/host_key'],
  'user-two-logins': ['/personal_meeting_url'],
  'user-whole': ['/personal_meeting_url'],
  'settings-business': ['/schedule_meeting/pmi_password'],
  'settings-basic': ['/schedule_meeting/pmi_password'],
};

/** Sends the call that such an answer came to, and gives what the Advanced screen and the history have of it. */
async function sent(one: Recorded) {
  const { status, headers, body } = onTheWire(one);
  const { client, clock } = clientAt((await startServer(reply(status, body, headers))).url);
  const { board, clipboard } = createFakeClipboard();
  const advanced = createAdvanced({
    key: 'one',
    own: { id: 'me', email: 'me@example.org' },
    clock,
    zoom: client,
    apiUrl: () => 'http://127.0.0.1:1/v2',
    clipboard,
    documents: { save: async () => ({ ok: true, value: true }) },
    calls: openCalls(folderOf()),
    files: { preferences: () => ({ keepHistory: true }) },
    disk,
    changedAtZoom() {},
  });
  const operation: Operation = operations[one.operation as OperationId];
  const input: CallInput = {
    operation: operation.id as OperationId,
    path: operation.pathParams.includes('userId') ? { userId: 'me' } : {},
    query: one.query ?? {},
    ...(operation.body === 'json' && { body: {} }),
  };
  const result = await advanced.send({ call: 'the-call', input, anyway: true });
  if (!result.ok || !result.value.http) throw new Error(JSON.stringify(result));
  const kept = await advanced.history.get('the-call');
  const found = await advanced.history.list({ search: operation.title });
  return { advanced, answer: result.value, http: result.value.http, kept, found, board };
}

/** A value with `hiddenText` at these pointers. */
function hiding(value: Json, pointers: readonly string[], at = ''): Json {
  if (pointers.includes(at)) return hiddenText;
  if (Array.isArray(value))
    return value.map((entry: Json, index) => hiding(entry, pointers, `${at}/${index}`));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([name, entry]) => [name, hiding(entry, pointers, `${at}/${name}`)]));
}

/** How many values there are, those in others too. */
function countOf(value: Json): number {
  const inside: readonly Json[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inside.reduce<number>((sum, entry) => sum + countOf(entry), 1);
}

describe('an answer in Advanced', () => {
  it.each(answers)('$name is shown as Zoom sent it, whole, but for what is secret', async (one) => {
    const { advanced, http, answer, board } = await sent(one);
    const secret = hidden[one.name] ?? [];
    expect(http).toMatchObject({ status: one.status, form: 'json', size: Buffer.byteLength(one.text) });
    expect([...http.hidden].sort()).toEqual([...secret].sort());
    // To the character, with the spaces and every digit.
    if (secret.length === 0) expect(http.body).toBe(one.text);
    const told = readJson(one.text) ?? null;
    const shown = readJson(http.body) ?? null;
    expect(shown).toEqual(hiding(told, secret));
    const lines = treeOf(shown);
    expect(lines).toHaveLength(countOf(told));
    const large = one.text.match(/\b\d{17,}\b/g) ?? [];
    expect(http.body.match(/\b\d{17,}\b/g) ?? []).toEqual(large);
    expect(lines.flatMap(({ text }) => (/^\d{17,}$/.test(text) ? [text] : []))).toEqual(large);
    expect(answer.error === undefined).toBe(one.status < 400);
    for (const pointer of secret) {
      expect(await advanced.copyHidden('the-call', pointer)).toMatchObject({ ok: true });
      expect(one.text).toContain(JSON.stringify(board.text));
    }
    await advanced.stop();
  });

  it.each(answers)('$name is kept in the history, without what is secret, and found there', async (one) => {
    const { advanced, answer, kept, found } = await sent(one);
    expect(kept).toMatchObject({ ok: true, value: { answer, worked: one.status < 400, status: one.status } });
    expect(found).toMatchObject({ total: 1, lines: [{ id: 'the-call', operation: one.operation }] });
    const text = JSON.stringify(kept);
    expect(text).not.toMatch(/pwd=(?!\()|730195|Inv3nted07|invented-(access|refresh)/);
    await advanced.stop();
  });

  it('is recorded with numbers that are beyond those of JavaScript', () => {
    const whole = answers.filter(({ text }) => /\d{17,}/.test(text)).map(({ name }) => name);
    expect(whole).toEqual(['settings-business', 'user-whole']);
  });
});
