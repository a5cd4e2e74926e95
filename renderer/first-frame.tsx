import { renderToStaticMarkup } from 'react-dom/server';
import type { TallyBridge } from '../shared/ipc/channels.ts';
import { components as t } from '../shared/words/en/components.ts';
import { App } from './app.tsx';
import type { SnapshotStore } from './lib/bridge.ts';

const nothingKnown: SnapshotStore = {
  subscribe: () => () => {},
  get: () => ({ phase: 'loading' }),
  load() {},
};

/**
 * What the window shows while it knows nothing yet, as HTML, and below it what is to be said where that stays. It is a picture alone,
 * hence `inert`: no button does anything, and a screen reader hears of nothing twice.
 */
export const firstFrame = (): string =>
  renderToStaticMarkup(
    <>
      <div inert className="contents">
        <App bridge={{} as TallyBridge} store={nothingKnown} />
      </div>
      <p
        role="alert"
        className="late fixed inset-x-4 bottom-20 sm:bottom-4 mx-auto w-fit rounded-xl border border-line bg-surface px-4 py-3 shadow-lg"
      >
        {t.staysEmpty}
      </p>
    </>,
  );
