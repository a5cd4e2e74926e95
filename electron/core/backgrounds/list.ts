import type { Allowed, ListedFile } from '../../../shared/backgrounds.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { isObject } from '../../../shared/json.ts';
import type { ZoomClient } from '../zoom/client.ts';

/** What GET settings tells about backgrounds. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly allowed: Allowed;
}

/**
 * Reads `in_meeting.virtual_background_settings` of Zoom's settings. Unknown shapes are tolerated: files without an id
 * are left out, missing switches count as on. Undefined when the settings are not there at all, which tells nothing
 * about the files.
 * @param isWhole all settings were asked for, so that a list can be missing only because it is empty
 */
export function readListing(settings: unknown, isWhole = true): Listing | undefined {
  const inMeeting = field(settings, 'in_meeting');
  const found = field(inMeeting, 'virtual_background_settings');
  if (!isObject(found) || !(isWhole || Array.isArray(found.files))) return undefined;
  const listed = new Map<string, ListedFile>();
  const files = Array.isArray(found.files) ? found.files : [];
  for (const file of files.map(readFile)) if (file) listed.set(file.id, file);
  const enabled = found.enable !== false && field(inMeeting, 'virtual_background') !== false;
  return {
    files: [...listed.values()],
    allowed: { enabled, upload: found.allow_upload_custom !== false, videos: found.allow_videos !== false },
  };
}

/** One file as Zoom describes it, in its list or in the answer to an upload; undefined without an id. */
export function readFile(file: unknown): ListedFile | undefined {
  const id = field(file, 'id');
  if (!isObject(file) || typeof id !== 'string' || id === '') return undefined;
  // An integer everywhere but in the reference's schema, where it is a text.
  const bytes = Number(file.size);
  return {
    id,
    name: typeof file.name === 'string' ? file.name : '',
    bytes: Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0,
    type: file.type === 'video' ? 'video' : 'image',
    isDefault: file.is_default === true,
  };
}

function field(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

/** Asks Zoom for the list; never rejects. */
export function createListReader(
  zoom: Pick<ZoomClient, 'call'>,
  signal: AbortSignal,
): () => Promise<Listing | { readonly error: TallyError }> {
  /** Whether Zoom is asked for the backgrounds' settings alone. Not all servers keep to it, and lists may not come along. */
  let narrow = true;

  return async function ask() {
    const query = narrow ? { custom_query_fields: 'virtual_background,virtual_background_settings' } : {};
    const result = await zoom.call('userSettings', { query }, { signal });
    if (!result.ok) return { error: result.error };
    const listing = readListing(result.data, !narrow);
    if (listing) return listing;
    if (!narrow) return { error: tallyError('not-found', 'Zoom doesn’t tell which backgrounds there are.') };
    narrow = false;
    return ask();
  };
}
