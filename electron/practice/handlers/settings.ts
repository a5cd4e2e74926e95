import { isObject } from '../../../shared/json.ts';
import { definition } from '../catalogue.ts';
import { invalidFields, refused } from '../errors.ts';
import { licence, type Person, type ViewName } from '../state/person.ts';
import { type JsonObject, leafPaths, leavesOf, merge, selectFields, valueAt } from '../state/settings.ts';
import { followTwins } from '../state/twins.ts';
import { catalogueName, picked, toldIn } from '../state/vintage.ts';
import type { World } from '../world.ts';
import { backgroundFacts } from './backgrounds.ts';
import { type HandlersFor, noContent, ok } from './call.ts';

interface Known {
  readonly all: ReadonlySet<string>;
  /** Dotted paths that PATCH takes. */
  readonly writable: ReadonlySet<string>;
  /** Those that GET does not show. */
  readonly onlyWrite: ReadonlySet<string>;
}

let known: Known | undefined;

function knownPaths(): Known {
  if (!known) {
    const read = new Set(leafPaths(definition('UserSettings')));
    const writable = new Set(leafPaths(definition('UserSettingsUpdate')));
    known = {
      all: new Set([...read, ...writable]),
      writable,
      onlyWrite: new Set([...writable].filter((path) => !read.has(path))),
    };
  }
  return known;
}

/** Whether a path is one of these settings, or a group that some of them are in. */
function isAmong(paths: ReadonlySet<string>, path: string): boolean {
  return paths.has(path) || [...paths].some((one) => one.startsWith(`${path}.`));
}

const filesPath = 'in_meeting.virtual_background_settings.files';

/** A person's settings as Zoom lists them: the background files in their place, nothing that is only written. */
function readable({ account }: World, person: Person): JsonObject {
  const settings = structuredClone(person.settings);
  merge(settings, {
    in_meeting: { virtual_background_settings: { files: person.backgrounds.map(backgroundFacts) } },
  });
  for (const path of knownPaths().onlyWrite) {
    const [section = '', leaf = ''] = path.split('.');
    const inSection = settings[section];
    if (isObject(inSection)) delete inSection[leaf];
  }
  return toldIn(account.vintage, settings);
}

/** Whether a PATCH has a place for a setting, by the name that it has there. */
function takes({ account }: World, person: Person, path: string): boolean {
  const { all, writable } = knownPaths();
  const name = catalogueName(account.vintage, path);
  if (name === undefined) return false;
  if (isAmong(writable, name)) return true;
  const isOwn = !isAmong(all, name) && valueAt(person.settings, name) !== undefined;
  return isOwn && account.unknownSettings === 'taken';
}

/** The body without what Zoom has no place for, which it refuses or passes over. */
function withoutStrange(
  { account }: World,
  body: JsonObject,
  isStrange: (path: string) => boolean,
): JsonObject {
  const paths = leavesOf(body);
  const strange = paths.filter(isStrange);
  if (strange.length === 0) return body;
  if (account.unknownSettings !== 'ignored') throw invalidFields(strange);
  return picked(
    body,
    paths.filter((path) => !strange.includes(path)),
  );
}

/** What Zoom refuses to change together with the licence or the account, with its code for each. */
function checkFeatures(world: World, person: Person, wanted: JsonObject): void {
  const { seats, concurrentMeetings } = world.account;
  const unlicensed = person.type !== licence.licensed && person.type !== licence.onPrem;
  const has = (feature: string) =>
    (wanted[feature] ?? valueAt(person.settings, `feature.${feature}`)) === true;
  const basic = wanted.concurrent_meeting === 'Basic';
  const plus = wanted.concurrent_meeting === 'Plus';
  const webinar = wanted.webinar === true;
  const events = wanted.zoom_events === true;
  const parted = wanted.zoom_events === false && person.flags.has('events');
  const sold = wanted.zoom_whiteboard === true || wanted.zoom_iq_for_sales === true;
  const rules: readonly (readonly [broken: boolean, code: number, message: string])[] = [
    [person.kind === 'room', 1233, 'The features of a Zoom Rooms user cannot be changed.'],
    [person.type === licence.onPrem && has('zoom_events'), 1234, 'An On-prem user cannot have Zoom Events.'],
    [unlicensed && wanted.large_meeting === true, 1108, 'Large meetings need a Licensed or On-prem user.'],
    [unlicensed && webinar, 1122, 'Webinars need a Licensed or On-prem user.'],
    [unlicensed && events, 1206, 'Zoom Events need a Licensed or On-prem user.'],
    [unlicensed && (basic || plus), 1207, 'Concurrent meetings need a Licensed or On-prem user.'],
    [webinar && has('zoom_events'), 1204, 'A webinar license cannot be combined with Zoom Events.'],
    [events && has('webinar'), 1205, 'Zoom Events cannot be combined with a webinar license.'],
    [parted, 300, 'Zoom Events cannot be removed while events are upcoming.'],
    [basic && !concurrentMeetings.basic, 1208, 'Concurrent Meeting Basic is not part of the plan.'],
    [basic && seats.concurrentBasic === 0, 1209, 'No Concurrent Meeting Basic license is left.'],
    [plus && !concurrentMeetings.plus, 1210, 'Concurrent Meeting Plus is not part of the plan.'],
    [plus && seats.concurrentPlus === 0, 1211, 'No Concurrent Meeting Plus license is left.'],
    [sold && seats.whiteboard === 0, 1228, 'No license is left.'],
    [webinar && world.account.plan === 'free', 200, 'No webinar license is left.'],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw refused(broken[1], broken[2]);
}

/** Settings that need another one, as a person would have them after the change. */
function checkTogether(after: JsonObject, changed: readonly string[]): void {
  const needs: readonly (readonly [path: string, needed: string])[] = [
    ['recording.auto_delete_cmr_days', 'recording.auto_delete_cmr'],
    ['in_meeting.data_center_regions', 'in_meeting.custom_data_center_regions'],
  ];
  const wrong = needs.filter(([path, needed]) => changed.includes(path) && valueAt(after, needed) !== true);
  const captions = 'in_meeting.manual_captioning';
  const saves =
    changed.includes(`${captions}.save_captions`) && valueAt(after, `${captions}.save_captions`) === true;
  if (saves && valueAt(after, `${captions}.full_transcript`) !== true)
    wrong.push([`${captions}.save_captions`, '']);
  if (wrong.length > 0) throw invalidFields(wrong.map(([path]) => path));
}

/** What may stand in `type` of a way of signing in, by view. */
const authenticationTypes: Readonly<Record<string, readonly string[]>> = {
  meeting_authentication: ['enforce_login', 'enforce_login_with_domains', 'enforce_login_with_same_account'],
  recording_authentication: ['internally', 'enforce_login', 'enforce_login_with_domains'],
};

const optionFields = ['action', 'id', 'name', 'type', 'domains', 'default_option'];

/** Whether a view has no place for a path of the body. */
function isStrangeTo(option: ViewName): (path: string) => boolean {
  const security = new Set(leafPaths(definition('MeetingSecurity'), 'meeting_security'));
  return (path) => {
    if (option === 'meeting_security') return !isAmong(security, path);
    const [name, field] = path.split('.');
    return name === 'authentication_option' ? !optionFields.includes(field ?? '') : path !== option;
  };
}

function updateView(world: World, person: Person, option: ViewName, body: JsonObject): void {
  const known = withoutStrange(world, body, isStrangeTo(option));
  const { authentication_option: change, ...others } = structuredClone(known);
  const target = person.views[option];
  if (isObject(change)) changeOption(target, option, change);
  merge(target, others);
}

function changeOption(target: JsonObject, option: string, { action, ...facts }: JsonObject): void {
  const options = Array.isArray(target.authentication_options)
    ? target.authentication_options.filter((one) => isObject(one))
    : [];
  const known = options.find((one) => one.id === facts.id);
  const wrong = [
    ...(known ? [] : ['id']),
    ...(action === undefined ? ['action'] : []),
    ...(facts.type === undefined || authenticationTypes[option]?.includes(String(facts.type))
      ? []
      : ['type']),
  ];
  if (!known || wrong.length > 0) throw invalidFields(wrong.map((field) => `authentication_option.${field}`));
  if (action === 'show' || action === 'hide') known.visible = action === 'show';
  else merge(known, facts);
  if (facts.default_option === true) for (const one of options) one.default_option = one === known;
}

/** What is carried out of changes: what the administrator has locked, a setting or a group of them, is refused or left out. */
function withoutLocked({ account }: World, changes: JsonObject): JsonObject {
  const isLocked = (path: string) => account.locked.some((one) => path === one || path.startsWith(`${one}.`));
  const paths = leavesOf(changes);
  const locked = paths.find(isLocked);
  if (locked === undefined) return changes;
  if (account.lockedAnswer === 'ignored')
    return picked(
      changes,
      paths.filter((path) => !isLocked(path)),
    );
  const name = account.lockedAnswer === 'named' ? `: ${locked}` : '';
  throw refused(200, `This setting is locked by the account administrator${name}.`);
}

export const settings: HandlersFor<'userSettings' | 'userSettingsUpdate'> = {
  userSettings: ({ world, person, query }) => {
    if (query.option !== undefined) return ok(person.views[query.option]);
    const all = readable(world, person);
    if (query.custom_query_fields === undefined) return ok(all);
    const names = new Set(query.custom_query_fields.split(',').map((name) => name.trim()));
    return ok(selectFields(all, names, world.account.queriedGroups));
  },

  userSettingsUpdate: ({ world, person, query, body }) => {
    // Valid by the catalogue and from JSON, so a plain object all through.
    const given = body as JsonObject;
    if (query.option !== undefined) {
      const changes = withoutLocked(world, given);
      updateView(world, person, query.option, changes);
      followTwins(person, query.option, leavesOf(changes));
      return noContent;
    }
    const known = withoutLocked(
      world,
      withoutStrange(world, given, (path) => !takes(world, person, path)),
    );
    const { vintage } = world.account;
    const changes = picked(known, leavesOf(known), (path) => catalogueName(vintage, path) ?? path);
    const changed = leavesOf(changes);
    if (isObject(changes.feature)) checkFeatures(world, person, changes.feature);
    const after = structuredClone(person.settings);
    merge(after, structuredClone(changes));
    checkTogether(after, changed);
    // The files are changed by their own operations; what Zoom does with them here is not documented.
    if (changed.some((path) => path === filesPath))
      merge(after, { in_meeting: { virtual_background_settings: { files: [] } } });
    person.settings = after;
    followTwins(person, 'settings', changed);
    return noContent;
  },
};
