import type { Delegate, DelegateKind, DelegatesAction, DelegatesView } from '../../../shared/delegates.ts';
import { tallyError } from '../../../shared/errors.ts';
import { isObject } from '../../../shared/json.ts';
import { byType, type FeatureDeps } from '../feature.ts';
import { createLatest } from '../lib/latest.ts';
import type { ZoomResult } from '../zoom/client.ts';

export type Delegates = ReturnType<typeof createDelegates>;

const me = { userId: 'me' } as const;

/** Who may schedule for the person, and for whom the person may. */
export function createDelegates({ zoom, changed }: Pick<FeatureDeps, 'zoom' | 'changed'>) {
  let view: DelegatesView = { phase: 'unknown', assistants: [], schedulers: [] };
  const begin = createLatest();
  const stopped = new AbortController();
  const options = { signal: stopped.signal };

  function become(next: DelegatesView): void {
    if (stopped.signal.aborted) return;
    view = next;
    changed();
  }

  async function read(): Promise<void> {
    const isLatest = begin();
    if (view.phase !== 'ready') become({ ...view, phase: 'loading' });
    const [assistants, schedulers] = await Promise.all([
      zoom.call('userAssistants', {}, options),
      zoom.call('userSchedulers', {}, options),
    ]);
    // An older answer must not undo what a newer one told.
    if (!isLatest()) return;
    const { error: _former, ...kept } = view;
    // A list that Tally may not see is empty; the window says which permission is missing.
    const failed = [assistants, schedulers].find((one) => !one.ok && one.error.kind !== 'missing-scope');
    become({
      ...kept,
      phase: failed ? 'failed' : 'ready',
      ...(failed && !failed.ok && { error: failed.error }),
      assistants: assistants.ok ? readList(assistants.data, 'assistants') : view.assistants,
      schedulers: schedulers.ok ? readList(schedulers.data, 'schedulers') : view.schedulers,
    });
  }

  async function change(
    busy: NonNullable<DelegatesView['busy']>,
    ask: () => Promise<ZoomResult<unknown>>,
  ): Promise<void> {
    if (view.busy) return become({ ...view, problem: oneAtATime });
    const { problem: _former, ...kept } = view;
    become({ ...kept, busy });
    const result = await ask();
    // Also after a failure: Zoom may have done it all the same.
    await read();
    const { busy: _over, ...now } = view;
    become({ ...now, ...(!result.ok && { problem: result.error }) });
  }

  function remove(kind: DelegateKind, id: string): Promise<ZoomResult<unknown>> {
    return kind === 'assistants'
      ? zoom.call('userAssistantDelete', { path: { ...me, assistantId: id } }, options)
      : zoom.call('userSchedulerDelete', { path: { ...me, schedulerId: id } }, options);
  }

  function removeAll(kind: DelegateKind): Promise<ZoomResult<unknown>> {
    return kind === 'assistants'
      ? zoom.call('userAssistantsDelete', { path: me }, options)
      : zoom.call('userSchedulersDelete', { path: me }, options);
  }

  return {
    view: () => view,
    run: byType<DelegatesAction>({
      'delegates.open': read,
      'delegates.add'({ who }) {
        const assistants = who.map((one) => (one.includes('@') ? { email: one } : { id: one }));
        return change('adding', () => zoom.call('userAssistantCreate', { body: { assistants } }, options));
      },
      'delegates.remove': ({ kind, id }) => change('removing', () => remove(kind, id)),
      'delegates.remove-all': ({ kind }) => change('removing', () => removeAll(kind)),
      'delegates.dismiss'() {
        const { problem: _seen, ...kept } = view;
        become(kept);
      },
    }),
    refresh: () => void read(),
    wake() {},
    stop: async () => stopped.abort(),
  };
}

const oneAtATime = tallyError('conflict', 'The change before is still on its way.', {
  action: 'wait',
});

/** Entries without an id cannot be named in a call and are left out; unknown shapes are tolerated. */
function readList(answer: unknown, name: DelegateKind): Delegate[] {
  const list = isObject(answer) ? answer[name] : undefined;
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap(({ id, email, pmi }): Delegate[] => {
    if (typeof id !== 'string' || id === '') return [];
    const meetingId = typeof pmi === 'number' || typeof pmi === 'string' ? String(pmi) : '';
    return [{ id, email: typeof email === 'string' ? email : '', ...(meetingId && { meetingId }) }];
  });
}
