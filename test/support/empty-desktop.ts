import type { FeatureDeps } from '../../electron/core/feature.ts';

/** A desktop with nobody at it: copies are taken, no file is chosen, nothing is opened. */
export const emptyDesktop: Pick<FeatureDeps, 'clipboard' | 'documents' | 'pages' | 'shell'> = {
  clipboard: { copy: async () => true, clear: async () => 'left' },
  documents: {
    save: async () => ({ ok: true, value: false }),
    open: async () => ({ ok: true, value: null }),
  },
  pages: { startMeeting: async () => false },
  shell: { chooseFiles: async () => [], openWindow() {}, crop() {} },
};
