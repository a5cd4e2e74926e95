import { isObject } from '../../../shared/json.ts';
import { resolve, type Schema } from '../../../shared/zoom/catalogue.ts';
import { definition } from '../catalogue.ts';
import { numberCanary } from '../tokens.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const countries = [
  { code: 'US', name: 'United States' },
  { code: 'DE', name: 'Germany' },
  { code: 'JP', name: 'Japan' },
];

/** Values that read as a real account's where the schema's example does not. Paths are dotted. */
const values: Readonly<Record<string, Json>> = {
  'schedule_meeting.audio_type': 'both',
  'schedule_meeting.default_password_for_scheduled_meetings': '',
  'in_meeting.entry_exit_chime': 'none',
  'in_meeting.custom_service_instructions': '',
  'in_meeting.data_center_regions': ['US', 'DE', 'NL'],
  'in_meeting.unchecked_data_center_regions': ['CN', 'HK'],
  'in_meeting.language_interpretation.languages': ['English', 'Chinese', 'Japanese', 'German', 'French'],
  'in_meeting.language_interpretation.custom_languages': [],
  'in_meeting.language_interpretation.enable_language_interpretation_by_default': false,
  'in_meeting.sign_language_interpretation.enable_sign_language_interpretation_by_default': false,
  'in_meeting.sign_language_interpretation.languages': ['American', 'German'],
  'in_meeting.sign_language_interpretation.custom_languages': [],
  'in_meeting.meeting_summary_with_ai_companion.auto_enable': false,
  'in_meeting.webinar_group_hd': false,
  'in_meeting.webinar_live_streaming.live_streaming_service': ['youtube'],
  'in_meeting.attendee_on_hold': false,
  'in_meeting.e2e_encryption': false,
  'feature.cn_meeting': false,
  'feature.in_meeting': false,
  'feature.concurrent_meeting': 'None',
  'feature.large_meeting': false,
  'feature.meeting_capacity': 100,
  'feature.webinar': false,
  'feature.zoom_events': false,
  'feature.zoom_phone': false,
  'feature.zoom_events_unlimited': false,
  'feature.zoom_events_unlimited_capacities': [],
  'feature.zoom_events_pay_per_attendee': false,
  'feature.zoom_sessions_unlimited': false,
  'feature.zoom_sessions_unlimited_capacities': [],
  'feature.zoom_sessions_pay_per_attendee': false,
  'feature.license_info_list': [],
  'audio_conferencing.personal_audio_conference': false,
  'audio_conferencing.global_dial_in_countries.allowed_countries': countries,
  'audio_conferencing.global_dial_in_countries.selected_countries': countries.slice(0, 1),
  'audio_conferencing.participant_phone_masking.enable': false,
  'recording.auto_recording': 'local',
  'recording.smart_recording.create_next_steps': false,
  'profile.recording_storage_location.allowed_values': ['US', 'DE'],
  'profile.recording_storage_location.value': 'DE',
  'telephony.audio_conference_info': '',
  'telephony.telephony_regions.allowed_values': ['USTB', 'DETB'],
  'tsp.call_out_countries': [],
};

/** A person's settings at first: every leaf of the catalogue's UserSettings is there. */
export function initialSettings(): JsonObject {
  const settings = sample(definition('UserSettings'), '');
  if (!isObject(settings)) throw new Error('UserSettings is not an object in the catalogue');
  merge(settings, nested('schedule_meeting.pmi_password', numberCanary()));
  return settings;
}

function sample(unresolved: Schema, path: string): Json {
  const schema = resolve(unresolved);
  const own = values[path];
  if (own !== undefined) return structuredClone(own);
  if (schema.properties) {
    const entries = Object.entries(schema.properties).map(([key, child]): [string, Json] => [
      key,
      sample(child, path ? `${path}.${key}` : key),
    ]);
    return Object.fromEntries(entries);
  }
  if (schema.examples?.length) return structuredClone(schema.examples[0]) as Json;
  if (schema.default !== undefined) return schema.default as Json;
  if (schema.enum?.length) return schema.enum[0] as Json;
  if (schema.type === 'array') return schema.items ? [sample(schema.items, '')] : [];
  if (schema.type === 'boolean') return false;
  return schema.type === 'string' ? '' : 0;
}

/** The dotted paths of every leaf under a schema; an array counts as one leaf. */
export function leafPaths(unresolved: Schema, path = ''): string[] {
  const { properties } = resolve(unresolved);
  if (!properties) return [path];
  return Object.entries(properties).flatMap(([key, child]) =>
    leafPaths(child, path ? `${path}.${key}` : key),
  );
}

/** The dotted paths of every leaf in a value, as `leafPaths` does for a schema. */
export function leavesOf(value: Json, path = ''): string[] {
  if (!isObject(value) || Object.keys(value).length === 0) return path ? [path] : [];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, path ? `${path}.${key}` : key));
}

/** Lays `changes` over `target` in place, going into objects and replacing all else. */
export function merge(target: JsonObject, changes: JsonObject): void {
  for (const [key, value] of Object.entries(changes)) {
    const old = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(old) && isObject(value)) merge(old, value);
    else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

/** An object with nothing but a value at a dotted path. */
export function nested(path: string, value: Json): JsonObject {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : nested(rest.join('.'), value) };
}

/** The value at a dotted path, or undefined. */
export function valueAt(settings: Json, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      settings,
    );
}

/**
 * What `custom_query_fields` selects: every field of one of the names, with the sections it stands in, so that
 * `host_video` gives `{schedule_meeting: {host_video}}`.
 * @param groups of a group with one of the names: all that is in it, or its single values
 */
export function selectFields(
  settings: JsonObject,
  names: ReadonlySet<string>,
  groups: 'whole' | 'values',
): JsonObject {
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(settings)) {
    if (names.has(key)) {
      out[key] = groups === 'values' && isObject(value) ? singleValues(value) : value;
    } else if (isObject(value)) {
      const inner = selectFields(value, names, groups);
      if (Object.keys(inner).length > 0) out[key] = inner;
    }
  }
  return out;
}

function singleValues(group: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => typeof value !== 'object'));
}
