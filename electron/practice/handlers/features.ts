import { writeJson } from '../../../shared/json.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { refused } from '../errors.ts';
import { limitMessages } from '../limits.ts';
import { licence, type Person } from '../state/person.ts';
import { findPerson, type World } from '../world.ts';
import { type Call, type HandlersFor, ok } from './call.ts';
import { checkSubscriptions, hasSeat } from './rules.ts';

type Change = Call<'bulkUpdateFeature'>['body'];

/** Zoom takes one such call in ten seconds. */
const pause = { count: 1, windowMs: 10_000 } as const;

/** Features that people without a paid licence cannot have. */
const forPaying: readonly Change['feature_type'][] = [
  'concurrent_meeting',
  'large_meeting',
  'webinar',
  'zoom_events',
];

const off: readonly string[] = ['0', 'false', 'None'];

/** The present value of a feature, as text. */
function presentValue(person: Person, type: Change['feature_type']): string {
  if (type === 'user_type') return String(person.type);
  if (type === 'plan_united_type') return person.planUnitedType || '0';
  if (type === 'zoom_one_type') return writeJson(person.zoomOneType);
  return person.features[type] ?? '0';
}

function setValue(person: Person, type: Change['feature_type'], value: string): void {
  if (type === 'user_type') person.type = Number(value);
  else if (type === 'plan_united_type') person.planUnitedType = value === '0' ? '' : value;
  else if (type === 'zoom_one_type') person.zoomOneType = Number(value);
  else person.features = { ...person.features, [type]: value };
}

/** Why somebody cannot have it, in Zoom's words. */
function reason(world: World, person: Person | undefined, change: Change): string | undefined {
  const { feature_type: type, feature_value: value } = change;
  if (!person) return 'Users not found';
  if (person.kind === 'room') return "Can't update for Zoom Room users";
  if (
    presentValue(person, type) === value ||
    (off.includes(presentValue(person, type)) && off.includes(value))
  ) {
    return 'No need to update';
  }
  if (type === 'user_type') {
    if (value === String(licence.basic) && person.flags.has('events')) return 'Have upcoming events';
    if (!hasSeat(world, Number(value))) return 'Not enough seats';
  }
  if (type === 'zoom_one_type' && !off.includes(value) && world.account.seats.zoomOne === 0)
    return 'Not enough seats';
  return forPaying.includes(type) && person.type !== licence.licensed ? 'Unpaid user' : undefined;
}

export const features: HandlersFor<'userSummary' | 'bulkUpdateFeature'> = {
  userSummary: ({ world }) => {
    const count = (fits: (person: Person) => boolean) =>
      world.people.filter((person) => person.status === 'active' && fits(person)).length;
    const ofType = (...types: number[]) => count(({ kind, type }) => kind !== 'room' && types.includes(type));
    const counts = {
      licensed_users_count: ofType(licence.licensed),
      basic_users_count: ofType(licence.basic),
      on_prem_users_count: ofType(licence.onPrem),
      room_users_count: count(({ kind }) => kind === 'room'),
      join_only_users_count: ofType(licence.noMeetings, licence.none),
    };
    return ok({
      ...counts,
      pending_users_count: world.people.filter(({ status }) => status === 'pending').length,
      total_users_count: Object.values(counts).reduce((sum, one) => sum + one, 0),
    });
  },

  bulkUpdateFeature: ({ world, body }) => {
    const { feature_type: type, feature_value: value, users, subscription_id } = body;
    if (world.account.plan === 'free') throw refused(200, 'Current account must be a paid account.');
    if (world.account.withoutFeatures.includes(type))
      throw refused(200, 'Current account does not enable this feature.');
    if (type === 'user_type' && value === String(licence.onPrem))
      throw refused(300, "Your account can't set user type as On-prem.");
    if (subscription_id !== undefined) checkSubscriptions(world, [{ subscription_id }]);
    const { label } = operations.bulkUpdateFeature;
    world.limits.use({ key: 'features', ...pause, label, message: limitMessages.second });
    const done: string[] = [];
    const failed = new Map<string, string[]>();
    for (const { id, email } of users) {
      const named = id ?? email ?? '';
      const person = findPerson(world, named);
      const why = reason(world, person, body);
      if (why) failed.set(why, [...(failed.get(why) ?? []), person?.id ?? named]);
      else if (person) {
        setValue(person, type, value);
        done.push(person.id);
      }
    }
    const fail_details = [...failed].map(([why, user_ids]) => ({ user_ids, reason: why }));
    return { status: 201, body: { success_user_ids: done, fail_details } };
  },
};
