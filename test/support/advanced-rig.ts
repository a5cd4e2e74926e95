import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Advanced, createAdvanced } from '../../electron/core/advanced/advanced.ts';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { openCalls } from '../../electron/desktop/advanced/call-files.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import type { PracticeOptions } from '../../electron/practice/server.ts';
import { type CallAnswer, type CallInput, confirmationOf } from '../../shared/advanced.ts';
import type { Result } from '../../shared/errors.ts';
import {
  type Operation,
  type OperationGroup,
  type OperationId,
  operations,
} from '../../shared/zoom/operations.gen.ts';
import { type ClientRig, withClient } from './client-rig.ts';
import { createFakeClipboard } from './fake-clipboard.ts';
import type { Input, TestFile } from './practice-client.ts';
import { validCalls } from './valid-calls.ts';

/** The advanced panel's half in main, over real files, as the practice user and as an administrator. */
export interface AdvancedRig extends ClientRig {
  /** With the practice user's token unless told. */
  advanced(token?: string): Advanced;
  /** The input that a form would make, with the file on disk and offered. */
  input(id: OperationId, input: Input, advanced?: Advanced): Promise<CallInput>;
  /** The valid input of an operation, and the advanced whose token is enough for it. */
  validInput(id: OperationId): Promise<{ readonly advanced: Advanced; readonly input: CallInput }>;
  /** Sends with every doubt waved through and the target typed. */
  send(advanced: Advanced, input: CallInput): Promise<Result<CallAnswer>>;
  readonly folder: string;
  readonly board: { text: string };
  readonly savedFiles: { readonly name: string; readonly text: string }[];
  readonly preferences: { keepHistory: boolean };
  /** Groups of operations that something was changed of. */
  readonly changed: readonly OperationGroup[];
  put(file: TestFile): string;
}

/** Runs `use` against a fresh practice Zoom; everything is closed and removed whatever happens. */
export function withAdvanced<T>(options: PracticeOptions, use: (rig: AdvancedRig) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-test-'));
  const made = new Map<string, Advanced>();
  return withClient(options, (client) => use(rigOf(client, folder, made))).finally(async () => {
    for (const one of made.values()) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

function rigOf(client: ClientRig, folder: string, made: Map<string, Advanced>): AdvancedRig {
  const { practice, clock } = client;
  const { board, clipboard } = createFakeClipboard();
  const savedFiles: { name: string; text: string }[] = [];
  const preferences = { keepHistory: true };
  const changed: OperationGroup[] = [];

  function advancedOf(token = practice.accessToken): Advanced {
    const known = made.get(token);
    if (known) return known;
    const isOwn = token === practice.accessToken;
    const fresh = createAdvanced({
      key: isOwn ? 'own' : 'admin',
      own: isOwn
        ? { id: practice.userId, email: practice.email }
        : { id: 'admin', email: 'admin@practice.example' },
      clock,
      zoom: client.clientWith(fixedSession(token)),
      apiUrl: () => practice.apiUrl,
      clipboard,
      documents: {
        async save(name, text) {
          savedFiles.push({ name, text });
          return { ok: true, value: true };
        },
      },
      calls: openCalls(folder),
      files: { preferences: () => preferences },
      disk,
      changedAtZoom: (group) => changed.push(group),
    });
    made.set(token, fresh);
    return fresh;
  }

  function put({ name, bytes }: TestFile): string {
    const path = join(mkdtempSync(join(folder, 'file-')), name);
    writeFileSync(path, bytes);
    return path;
  }

  async function inputOf(id: OperationId, input: Input, advanced = advancedOf()): Promise<CallInput> {
    const { pathParams }: Operation = operations[id];
    const file = input.file && (await advanced.offer(put(input.file)));
    return {
      operation: id,
      path: {
        ...(pathParams.includes('userId') && { userId: 'me' }),
        ...(input.path as Record<string, string>),
      },
      query: { ...(input.query as Record<string, string>) },
      ...(input.body !== undefined && { body: JSON.parse(JSON.stringify(input.body)) }),
      ...(file && { file: file.id }),
    };
  }

  return {
    ...client,
    advanced: advancedOf,
    input: inputOf,
    async validInput(id) {
      const { path, ...rest }: Input = validCalls[id];
      const isForOthers = operations[id].adminOnly || (path?.userId ?? 'me') !== 'me';
      const advanced = advancedOf(isForOthers ? practice.adminAccessToken : practice.accessToken);
      const query =
        id === 'delUserVB' ? { file_ids: (await client.state()).me.backgrounds[0]?.id ?? '' } : rest.query;
      return {
        advanced,
        input: await inputOf(id, { ...rest, ...(path && { path }), ...(query && { query }) }, advanced),
      };
    },
    send(advanced, input) {
      const own = { id: practice.userId, email: practice.email };
      const { text } = confirmationOf(input, own);
      return advanced.send({ call: randomUUID(), input, anyway: true, confirmed: text });
    },
    folder,
    board,
    savedFiles,
    preferences,
    changed,
    put,
  };
}
