import type { Documents } from '../../electron/core/ports.ts';
import { createSettings, type Settings } from '../../electron/core/settings/settings.ts';
import type { ZoomClient, ZoomResult } from '../../electron/core/zoom/client.ts';
import type { PracticeOptions } from '../../electron/practice/server.ts';
import type {
  SettingKey,
  SettingsAction,
  SettingsView,
  SettingValue,
  SettingView,
} from '../../shared/settings.ts';
import { type FeatureRig, withFeature } from './feature-rig.ts';
import { createWatch } from './waiting.ts';

/** A PATCH of Tally's as it reached the practice Zoom. */
interface Patch {
  readonly option: string | undefined;
  readonly body: unknown;
  readonly status: number;
}

type CallListener = (
  operation: string,
  option: string | undefined,
) => Promise<ZoomResult<never> | undefined> | ZoomResult<never> | undefined;

/** The settings of the practice person, by Tally's own client, on a clock that stands still but for the client's waits. */
export interface SettingsRig extends FeatureRig {
  readonly service: Settings;
  view(): SettingsView;
  run(action: SettingsAction): void;
  /** Reads all settings, and resolves when that has ended, well or not. */
  open(): Promise<SettingsView>;
  edit(key: SettingKey, value: SettingValue): void;
  /** Saves, and resolves when that has ended. */
  save(): Promise<SettingsView>;
  undo(id?: string): Promise<SettingsView>;
  /** Resolves with the first view, from now on or the present one, for which `test` holds. */
  until(test: (view: SettingsView) => boolean): Promise<SettingsView>;
  /** What was last saved to the disk, as it would be read. */
  stored(): unknown;
  /** Ends Tally as a kill does (or as `stored` says) and starts it again with what was on the disk. */
  restart(stored?: unknown): void;
  /** Another program changes settings. */
  elsewhere(body: Record<string, unknown>, option?: SettingView): Promise<void>;
  /** What Zoom has. */
  atZoom(option?: SettingView): Promise<Record<string, unknown>>;
  patches(): Promise<readonly Patch[]>;
  /** All calls so far, by operation. */
  calls(): readonly string[];
  /** Called before each call of Tally's to Zoom; may answer in Zoom's place. */
  onCall(listener: CallListener): void;
  readonly files: { saved?: { name: string; text: string }; opens?: { name: string; text: string } | null };
}

/** Runs `use` against a fresh practice Zoom. */
export function withSettings<T>(
  options: PracticeOptions,
  use: (rig: SettingsRig) => Promise<T>,
  deps: Partial<Parameters<typeof createSettings>[0]> = {},
): Promise<T> {
  return withFeature({ skip: 15_000, limits: false, ...options }, async (feature) => {
    const rig = rigFor(feature, deps);
    try {
      return await use(rig);
    } finally {
      rig.service.stop();
    }
  });
}

function rigFor(feature: FeatureRig, deps: Partial<Parameters<typeof createSettings>[0]>): SettingsRig {
  const { clock, zoom, practice } = feature;
  const watch = createWatch();
  const calls: string[] = [];
  const files: SettingsRig['files'] = {};
  let listener: CallListener = () => undefined;
  let inFlight = 0;
  let disk = '{}';
  const documents: Documents = {
    async save(name, text) {
      files.saved = { name, text };
      watch.changed();
      return { ok: true, value: true };
    },
    open: async () => ({ ok: true, value: files.opens ?? null }),
  };
  const call: ZoomClient['call'] = async (id, input, callOptions) => {
    calls.push(id);
    inFlight += 1;
    try {
      const instead = await listener(id, (input?.query as { option?: string } | undefined)?.option);
      return instead ?? (await zoom.call(id, input, callOptions));
    } finally {
      inFlight -= 1;
      // The service looks at the answer first.
      setImmediate(watch.changed);
    }
  };
  const make = (stored: unknown) =>
    createSettings({
      clock,
      zoom: { call },
      key: 'me',
      own: { id: practice.userId, email: practice.email },
      documents,
      files: {
        kept: () => stored,
        keep(_name, _key, json) {
          disk = JSON.stringify(json ?? {});
        },
      },
      changed: watch.changed,
      ...deps,
    });
  let service = make(undefined);

  const until: SettingsRig['until'] = (test) => watch.until(() => service.view(), test);
  const ended = async () => {
    await until((view) => !view.saving);
    return service.view();
  };
  const rig: SettingsRig = {
    ...feature,
    get service() {
      return service;
    },
    view: () => service.view(),
    run: (action) => service.run(action),
    async open() {
      service.run({ type: 'settings.open' });
      await new Promise(setImmediate);
      await until(() => inFlight === 0);
      // What follows the last answer is done as well.
      await new Promise(setImmediate);
      return service.view();
    },
    edit: (key, value) => service.run({ type: 'settings.edit', key, value } as never),
    async save() {
      service.run({ type: 'settings.save' });
      return ended();
    },
    async undo(id = service.view().history[0]?.id ?? '') {
      service.run({ type: 'settings.undo', id });
      return ended();
    },
    until,
    stored: () => JSON.parse(disk),
    restart(stored = JSON.parse(disk)) {
      service.stop();
      service = make(stored);
    },
    async elsewhere(body, option) {
      const query = option && option !== 'settings' ? { option } : {};
      const path = { userId: practice.userId };
      const input = { path, query, body: body as never };
      const { status } = await feature.call('userSettingsUpdate', input, practice.adminAccessToken);
      if (status !== 204) throw new Error(`the change elsewhere answered ${status}`);
    },
    async atZoom(option) {
      const query = option && option !== 'settings' ? { option } : {};
      return (await feature.call('userSettings', { query })).json as Record<string, unknown>;
    },
    async patches() {
      const { requests } = await feature.state();
      return requests
        .filter((one) => one.operationId === 'userSettingsUpdate' && one.tokenUser === practice.userId)
        .map((one) => ({
          option: one.query.option,
          body: one.body,
          status: one.status,
        }));
    },
    calls: () => calls,
    onCall(next) {
      listener = next;
    },
    files,
  };
  return rig;
}
