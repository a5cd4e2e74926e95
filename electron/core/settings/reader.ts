import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import type { SettingView } from '../../../shared/settings.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { flatten, type Values } from './values.ts';

/** Asks Zoom for one view of the settings. Never rejects. */
export async function readView(
  zoom: Pick<ZoomClient, 'call'>,
  view: SettingView,
  signal: AbortSignal,
): Promise<Result<Values>> {
  const query = view === 'settings' ? {} : { option: view };
  const result = await zoom.call('userSettings', { query }, { signal });
  if (!result.ok) return result;
  const values = flatten(view, result.data);
  return Object.keys(values).length > 0 ? { ok: true, value: values } : { ok: false, error: empty };
}

const empty: TallyError = tallyError('bad-answer', 'Zoom’s answer holds no settings.');
