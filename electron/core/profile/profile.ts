import { type TallyError, tallyError } from '../../../shared/errors.ts';
import {
  type ProfileAction,
  type ProfileCard,
  type ProfileField,
  type ProfileValue,
  type ProfileValues,
  type ProfileView,
  profileFields,
} from '../../../shared/profile.ts';
import type { OperationTypes } from '../../../shared/zoom/types.gen.ts';
import { fieldProblem } from '../../../shared/zoom/user-fields.ts';
import { byType, type Feature, type FeatureDeps } from '../feature.ts';
import type { Files } from '../ports.ts';
import { lockedFields, refusedFields } from './check.ts';
import { createRoomCheck } from './room.ts';
import { type Edit, readStoredProfile, type Saved, storeProfile } from './stored.ts';
import { permissionWords, readCard, readProfile, same } from './values.ts';

type ProfileDeps = Pick<FeatureDeps, 'key' | 'clock' | 'zoom' | 'changed'> & {
  readonly files: Pick<Files, 'kept' | 'keep'>;
};
type Texts = { readonly [F in ProfileField]?: string };
type Edits = { readonly [F in ProfileField]?: Edit };

/** What a person may change about themselves, edited here and sent as a whole. */
export interface Profile extends Feature<ProfileView, ProfileAction> {
  view(): ProfileView;
}

export function createProfile(deps: ProfileDeps): Profile {
  const { key, clock, zoom, files } = deps;
  const aborter = new AbortController();
  const options = { signal: aborter.signal };
  const kept = readStoredProfile(files.kept('profile', key));
  let stopped = false;
  let phase: ProfileView['phase'] = 'unknown';
  let error: TallyError | undefined;
  let problem: TallyError | undefined;
  let values: ProfileValues = {};
  let card: ProfileCard = {};
  let edits: Edits = kept.edits;
  let undo: Saved | undefined = kept.undo;
  let conflicts: readonly ProfileField[] = [];
  let refused: Texts = {};
  let locked: Texts = {};
  let notKept: ProfileValues = {};
  let saving = false;
  const room = createRoomCheck({ clock, zoom, signal: aborter.signal, changed: tell });

  function tell(): void {
    if (!stopped) deps.changed();
  }

  function keep(): void {
    files.keep('profile', key, storeProfile({ edits, ...(undo && { undo }) }));
  }

  const edited = () => profileFields.filter((field) => edits[field] !== undefined);

  function invalid(): Texts {
    const wrong: { [F in ProfileField]?: string } = { ...refused };
    for (const field of edited()) {
      const words = fieldProblem(field, (edits[field] as Edit).value);
      if (words !== undefined) wrong[field] = words;
    }
    return wrong;
  }

  /** Reads Zoom's side; says whether it could. */
  async function read(): Promise<TallyError | undefined> {
    const result = await zoom.call('user', {}, options);
    if (stopped) return cancelled;
    if (!result.ok) return result.error;
    values = readProfile(result.data);
    card = { ...card, ...readCard(result.data) };
    return undefined;
  }

  async function open(): Promise<void> {
    if (phase === 'unknown' || phase === 'failed') {
      phase = 'loading';
      tell();
    }
    error = await read();
    if (stopped) return;
    phase = error ? 'failed' : 'ready';
    if (!error) dropSettled();
    tell();
    if (error || card.permissions) return;
    const result = await zoom.call('userPermission', {}, options);
    // Only a courtesy: without it the card has one line less.
    if (!result.ok) return;
    card = { ...card, permissions: permissionWords(result.data) };
    tell();
  }

  /** An edit that Zoom has by now is none any more. */
  function dropSettled(): void {
    const settled = edited().filter((field) => same(values[field], edits[field]?.value));
    if (settled.length === 0) return;
    edits = without(edits, settled);
    keep();
  }

  function edit(field: ProfileField, value: ProfileValue): void {
    // Whoever types on after a conflict has seen what Zoom has now.
    const seen = conflicts.includes(field) ? undefined : edits[field]?.base;
    const base = seen ?? values[field];
    refused = without(refused, [field]);
    notKept = without(notKept, [field]);
    conflicts = conflicts.filter((one) => one !== field);
    edits = same(values[field], value)
      ? without(edits, [field])
      : { ...edits, [field]: { value, ...(base !== undefined && { base }) } };
    if (field === 'vanity_name') room.look(edits.vanity_name ? String(value) : '');
    keep();
    tell();
  }

  function revert(fields: readonly ProfileField[]): void {
    edits = without(edits, fields);
    refused = without(refused, fields);
    notKept = without(notKept, fields);
    conflicts = conflicts.filter((field) => !fields.includes(field));
    if (fields.includes('vanity_name')) room.look('');
    keep();
    tell();
  }

  /** Sends values, without those that turn out to be kept for administrators. Says what was sent in the end, and what went wrong. */
  async function send(
    wanted: ProfileValues,
  ): Promise<{ sent: readonly ProfileField[]; failure?: TallyError }> {
    let fields = profileFields.filter((field) => wanted[field] !== undefined);
    while (fields.length > 0) {
      const body = Object.fromEntries(fields.map((field) => [field, wanted[field]]));
      const result = await zoom.call(
        'userUpdate',
        { body: body as OperationTypes['userUpdate']['body'] },
        options,
      );
      if (result.ok) return { sent: fields };
      const shut = lockedFields(result.error, fields);
      if (shut.length === 0) {
        refused = { ...refused, ...refusedFields(result.error, fields) };
        return { sent: result.reached === 'perhaps' ? fields : [], failure: result.error };
      }
      const words = result.error.zoom?.message ?? result.error.what;
      locked = { ...locked, ...Object.fromEntries(shut.map((field) => [field, words])) };
      fields = fields.filter((field) => !shut.includes(field));
    }
    return { sent: [] };
  }

  async function save(): Promise<void> {
    const fields = edited().filter((field) => locked[field] === undefined);
    if (saving || fields.length === 0) return;
    begin();
    const unread = await read();
    if (stopped) return;
    if (unread) return end(unread);
    conflicts = fields.filter((field) => {
      const { base, value } = edits[field] as Edit;
      return !same(values[field], base) && !same(values[field], value);
    });
    const wrong = invalid();
    if (conflicts.length > 0) return end();
    if (fields.some((field) => wrong[field] !== undefined)) return end(toMend);
    const wanted = Object.fromEntries(fields.map((field) => [field, edits[field]?.value])) as ProfileValues;
    await sendAndReadBack(wanted, (took) => {
      edits = without(edits, took);
    });
  }

  async function undoLast(): Promise<void> {
    if (saving || !undo) return;
    begin();
    const unread = await read();
    if (stopped) return;
    if (unread) return end(unread);
    const { changes } = undo;
    const fields = profileFields.filter((field) => changes[field] !== undefined);
    const former = Object.fromEntries(
      fields.map((field) => [field, changes[field]?.before]),
    ) as ProfileValues;
    if (fields.some((field) => !same(values[field], changes[field]?.after))) {
      // What somebody else has set since is not overwritten unseen: the former values are laid before the person.
      for (const field of fields) edit(field, former[field] ?? '');
      undo = undefined;
      keep();
      return end(changedSince);
    }
    await sendAndReadBack(former, () => {
      undo = undefined;
    });
  }

  /** One PATCH and what came of it, which alone is believed. `took` hears of the fields that Zoom has now. */
  async function sendAndReadBack(
    wanted: ProfileValues,
    took: (fields: readonly ProfileField[]) => void,
  ): Promise<void> {
    const before = values;
    const { sent, failure } = await send(wanted);
    if (stopped) return;
    const unread = sent.length > 0 ? await read() : undefined;
    if (stopped) return;
    if (unread) return end(failure ?? unread);
    const taken = sent.filter((field) => same(values[field], wanted[field]));
    const others = failure ? [] : sent.filter((field) => !taken.includes(field));
    notKept = { ...notKept, ...Object.fromEntries(others.map((field) => [field, wanted[field]])) };
    edits = without(edits, others);
    const changes = Object.fromEntries(
      taken.map((field) => [field, { before: before[field] ?? '', after: wanted[field] }]),
    ) as Saved['changes'];
    if (taken.length > 0) undo = { at: clock.now(), changes };
    took(taken);
    keep();
    // The answer was lost, and Zoom has it all the same.
    end(failure && taken.length < sent.length ? failure : sent.length === 0 ? failure : undefined);
  }

  function begin(): void {
    saving = true;
    problem = undefined;
    notKept = {};
    tell();
  }

  function end(trouble?: TallyError): void {
    saving = false;
    problem = trouble;
    tell();
  }

  async function checkEmail(email: string): Promise<void> {
    const show = (emailCheck: NonNullable<ProfileCard['emailCheck']>) => {
      card = { ...card, emailCheck };
      tell();
    };
    show({ email, state: 'checking' });
    const result = await zoom.call('userEmail', { query: { email } }, options);
    if (card.emailCheck?.email !== email) return;
    if (!result.ok) return show({ email, state: 'failed', error: result.error });
    show({ email, state: result.data.existed_email === true ? 'used' : 'free' });
  }

  function view(): ProfileView {
    const found = room.view();
    return {
      phase,
      ...(error && { error }),
      values,
      edits: Object.fromEntries(edited().map((field) => [field, edits[field]?.value])) as ProfileValues,
      conflicts,
      invalid: invalid(),
      locked,
      kept: notKept,
      ...(found && { room: found }),
      saving,
      ...(problem && { problem }),
      ...(undo && { undo: { at: undo.at, fields: Object.keys(undo.changes) as ProfileField[] } }),
      card,
    };
  }

  return {
    view,
    run: byType({
      'profile.open': open,
      'profile.edit': ({ field, value }) => edit(field, value),
      'profile.revert': ({ fields }) => revert(fields),
      'profile.save': save,
      'profile.undo': undoLast,
      'profile.check-email': ({ email }) => checkEmail(email),
      'profile.dismiss'() {
        problem = undefined;
        tell();
      },
    }),
    refresh: () => void open(),
    wake: room.wake,
    async stop() {
      stopped = true;
      room.stop();
      aborter.abort();
    },
  };
}

const cancelled = tallyError('cancelled', 'Stopped.');
const toMend = tallyError('invalid-input', 'Some of it has to be mended first.');
const changedSince = tallyError('conflict', 'It was changed since, so nothing was sent.', {
  why: 'The former values are set as changes; save them if you want them.',
  action: 'check-input',
});

function without<T extends object>(from: T, fields: readonly ProfileField[]): T {
  return Object.fromEntries(
    Object.entries(from).filter(([field]) => !fields.includes(field as ProfileField)),
  ) as T;
}
