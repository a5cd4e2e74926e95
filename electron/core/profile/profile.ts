import { type TallyError, tallyError } from '../../../shared/errors.ts';
import {
  type ProfileAction,
  type ProfileCard,
  type ProfileField,
  type ProfileValue,
  type ProfileView,
  profileFields,
} from '../../../shared/profile.ts';
import { fieldProblem } from '../../../shared/zoom/user-fields.ts';
import { createEdits } from '../edits/edits.ts';
import { complaints } from '../edits/send.ts';
import { type ByKey, mapRecord, resolve, revert, shownOf, withEdit } from '../edits/state.ts';
import type { EditWords, Subject } from '../edits/subject.ts';
import { byType, type FeatureDeps } from '../feature.ts';
import type { Files } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { createRoomCheck } from './room.ts';
import { readStoredProfile, storeProfile } from './stored.ts';
import { permissionWords, readCard, readProfile, same } from './values.ts';

type ProfileDeps = Pick<FeatureDeps, 'key' | 'clock' | 'zoom' | 'changed'> & {
  readonly files: Pick<Files, 'kept' | 'keep'>;
};

export type Profile = ReturnType<typeof createProfile>;

/** What a person may change about themselves, edited here and sent as a whole. */
export function createProfile(deps: ProfileDeps) {
  const { key, clock, zoom, files, changed } = deps;
  const stopped = new AbortController();
  const { signal } = stopped;
  let card: ProfileCard = {};
  const subject = subjectOf(zoom, signal, (user) => {
    card = { ...card, ...readCard(user) };
  });
  const edits = createEdits(subject, {
    clock,
    signal,
    stored: readStoredProfile(files.kept('profile', key)),
    save: (kept) => files.keep('profile', key, storeProfile(kept)),
    changed,
  });
  const room = createRoomCheck(deps, signal);

  function show(facts: ProfileCard): void {
    card = { ...card, ...facts };
    if (!signal.aborted) changed();
  }

  async function open(): Promise<void> {
    // What is asked for while a save is under way would cross it.
    if (edits.state.saving || (await edits.refresh()) || card.permissions) return;
    const result = await zoom.call('userPermission', {}, { signal });
    // Only a courtesy: without it the card has one line less.
    if (result.ok) show({ permissions: permissionWords(result.data) });
  }

  function edit(field: ProfileField, value: ProfileValue): void {
    const { state } = edits;
    // Whoever types on after a conflict has seen what Zoom has now.
    const seen = state.contested.includes(field) ? resolve(state, field, 'mine') : state;
    const next = withEdit(same, seen, field, value);
    if (field === 'vanity_name') room.look(next.edits[field] ? String(value) : '');
    edits.set(next);
  }

  async function checkEmail(email: string): Promise<void> {
    show({ emailCheck: { email, state: 'checking' } });
    const result = await zoom.call('userEmail', { query: { email } }, { signal });
    if (card.emailCheck?.email !== email) return;
    if (!result.ok) return show({ emailCheck: { email, state: 'failed', error: result.error } });
    show({ emailCheck: { email, state: result.data.existed_email === true ? 'used' : 'free' } });
  }

  return {
    view(): ProfileView {
      const { state } = edits;
      const found = room.view();
      const [last] = state.history;
      // What Zoom had not told cannot be unset: there is no value to go back to.
      const back = last?.changes.filter(({ before }) => before !== undefined) ?? [];
      return {
        ...shownOf(state, subject.problems(state)),
        conflicts: profileFields.filter((field) => state.contested.includes(field)),
        kept: state.kept,
        ...(found && { room: found }),
        ...(last &&
          back.length > 0 && { undo: { at: last.at, fields: back.map(({ key }) => key as ProfileField) } }),
        card,
      };
    },
    run: byType<ProfileAction>({
      'profile.open': open,
      'profile.edit': ({ field, value }) => edit(field, value),
      'profile.revert'({ fields }) {
        if (fields.includes('vanity_name')) room.look('');
        edits.set(revert(edits.state, fields));
      },
      'profile.save': edits.save,
      'profile.undo': () => edits.undo(edits.state.history[0]?.id),
      'profile.check-email': ({ email }) => checkEmail(email),
      'profile.dismiss': edits.dismiss,
    }),
    refresh: () => void open(),
    wake() {
      room.wake();
      edits.wake();
    },
    async stop() {
      room.stop();
      stopped.abort();
    },
  };
}

/** @param told hears of each answer of GET user */
function subjectOf(
  zoom: Pick<ZoomClient, 'call'>,
  signal: AbortSignal,
  told: (user: unknown) => void,
): Subject<ProfileValue> {
  return {
    same,
    parts: ['user'],
    partOf: () => 'user',
    mostSaves: 1,
    redo: false,
    async read() {
      const result = await zoom.call('user', {}, { signal });
      if (!result.ok) return result;
      told(result.data);
      return { ok: true, value: readProfile(result.data) };
    },
    problems: ({ edits, locked }) =>
      mapRecord(edits, ({ value }, key) =>
        locked[key] ? undefined : fieldProblem(key as ProfileField, value),
      ),
    batches: (changes) => [
      {
        keys: changes.map(({ key }) => key),
        async *send(keys) {
          const sent = changes.filter(({ key }) => keys.includes(key));
          const body = Object.fromEntries(sent.map(({ key, after }) => [key, after]));
          yield zoom.call('userUpdate', { body }, { signal });
        },
      },
    ],
    lockedBy: lockedFields,
    wrongBy: refusedFields,
    words,
  };
}

const changedSince = 'It was changed since, so nothing was sent.';

/** What is in conflict or locked stands at its field. */
const words: EditWords<ProfileValue> = {
  invalid: () => tallyError('invalid-input', 'Some of it has to be fixed first.'),
  already: tallyError('conflict', changedSince, { action: 'none' }),
  gone: tallyError('conflict', changedSince, { action: 'none' }),
  changedSince: tallyError('conflict', changedSince, {
    why: 'The former values are set as changes; save them if you want them.',
    action: 'check-input',
  }),
};

/**
 * What some accounts keep for administrators, by what Zoom's refusal with code 200 says (facts: userUpdate). A refusal that names
 * nothing known is about whatever was sent alone.
 */
const kept: readonly (readonly [words: RegExp, fields: readonly ProfileField[]])[] = [
  [/personal (link|vanity)|vanity/i, ['vanity_name']],
  [/personal meeting id|\bPMI\b/i, ['pmi', 'use_pmi']],
  [/\bname\b/i, ['first_name', 'last_name', 'display_name']],
];

/** The fields among those sent that Zoom keeps for administrators; empty where the error is another one. */
function lockedFields({ zoom }: TallyError, sent: readonly ProfileField[]): ProfileField[] {
  if (zoom?.code !== 200 || !/administrator/i.test(zoom.message)) return [];
  const found = kept.find(([words]) => words.test(zoom.message));
  const named = found ? sent.filter((field) => found[1].includes(field)) : [];
  return named.length === 0 && sent.length === 1 ? [...sent] : named;
}

/** What Zoom found wrong with single fields, in words. */
function refusedFields(error: TallyError, sent: readonly ProfileField[]): ByKey<string> {
  if (error.zoom?.code === 4100 && sent.includes('vanity_name'))
    return { vanity_name: 'Somebody has this name already.' };
  return complaints(error, sent, (field, name) => name === field || name.startsWith(`${field}.`));
}
