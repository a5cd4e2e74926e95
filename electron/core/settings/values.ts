import { isObject, type JsonObject } from '../../../shared/json.ts';
import {
  type SettingKey,
  type SettingValue,
  type SettingView,
  settingViews,
} from '../../../shared/settings.ts';
import { mapRecord } from '../edits/state.ts';

/** Settings by their names, as Zoom has them or as the person wants them. */
export type Values = Readonly<Record<SettingKey, SettingValue>>;

/** What Zoom (or a file) may make Tally hold: more than any account has, and little enough for one message to the window. */
const most = { depth: 8, leaves: 3_000, entries: 2_000, text: 50_000, key: 300 } as const;

/** The view that a setting belongs to. */
export function viewOf(key: SettingKey): SettingView {
  return key.slice(0, key.indexOf(':')) as SettingView;
}

/** Its dotted path there. */
export function pathOf(key: SettingKey): string {
  return key.slice(key.indexOf(':') + 1);
}

/** A name as the window, a file or the disk gives it. */
export function isSettingKey(text: string): text is SettingKey {
  return settingViews.some((view) => text.startsWith(`${view}:`) && isPath(text.slice(view.length + 1)));
}

function isPath(path: string): boolean {
  return path.length <= most.key && path.split('.').every(isName);
}

// A dot in a name would make two settings one; the other is no name but the way to an object's prototype.
function isName(name: string): boolean {
  return name !== '' && name !== '__proto__' && !name.includes('.');
}

/**
 * The settings of one view as Zoom answered, one entry for each leaf; an array is one leaf. Nothing about the answer is
 * believed: what is too deep, too long, too many or cannot be named is left out. Never throws.
 */
export function flatten(view: SettingView, answer: unknown): Values {
  const values: Record<SettingKey, SettingValue> = {};
  let count = 0;
  const walk = (value: unknown, names: readonly string[]): void => {
    const path = names.join('.');
    if (count >= most.leaves || names.length > most.depth || path.length > most.key) return;
    if (isObject(value)) {
      for (const [name, child] of Object.entries(value)) if (isName(name)) walk(child, [...names, name]);
      return;
    }
    const leaf = path === '' ? undefined : tidy(value);
    if (leaf === undefined) return;
    count += 1;
    values[`${view}:${path}`] = leaf;
  };
  walk(plain(view, answer), []);
  return values;
}

function isOf(view: SettingView, name: string): boolean {
  if (view === 'settings') return true;
  return view === 'meeting_security' ? name === view : name.includes('authentication');
}

/**
 * What of an answer is of the view. A server that does not know an option answers with all settings instead. One of Zoom's
 * two shapes of the authentication views puts all of it a level deeper, under `authentication_options`.
 */
function plain(view: SettingView, answer: unknown): unknown {
  if (!isObject(answer)) return answer;
  const own = Object.fromEntries(Object.entries(answer).filter(([name]) => isOf(view, name)));
  const inner = isObject(own.authentication_options) ? own.authentication_options[view] : undefined;
  if (!isObject(inner)) return own;
  const { authentication_options: _outer, ...rest } = own;
  return { ...rest, ...inner };
}

/** A copy of a value with nothing in it but JSON; undefined where it is too large or is none. */
export function tidy(value: unknown, depth: number = most.depth): SettingValue | undefined {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'string') return value.length <= most.text ? value : undefined;
  if (depth <= 0) return undefined;
  if (Array.isArray(value)) {
    if (value.length > most.entries) return undefined;
    const entries = value.map((entry) => tidy(entry, depth - 1));
    return entries.every((entry) => entry !== undefined) ? entries : undefined;
  }
  if (!isObject(value) || Object.keys(value).length > most.entries) return undefined;
  return mapRecord(value, (child, name) => (name === '__proto__' ? undefined : tidy(child, depth - 1)));
}

/** The body that changes these settings of one view and nothing else: each in its place. */
export function nest(changes: Iterable<readonly [SettingKey, SettingValue]>): JsonObject {
  const body: Record<string, SettingValue> = {};
  for (const [key, value] of changes) {
    const names = pathOf(key).split('.');
    const last = names.pop() as string;
    let at: Record<string, SettingValue> = body;
    for (const name of names) {
      const inner = Object.hasOwn(at, name) ? at[name] : undefined;
      const next: Record<string, SettingValue> = isObject(inner) ? inner : {};
      at[name] = next;
      at = next;
    }
    at[last] = value;
  }
  return body;
}
